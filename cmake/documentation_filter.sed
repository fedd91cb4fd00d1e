# What Doxygen does not get to see: special members, about which there is nothing to say but that they are there.
/^ *(explicit )?[A-Za-z_]+\((const )?[A-Za-z_]+ ?&&?\)( noexcept)?( = (default|delete))?;/s/.*//
/^ *[A-Za-z_]+\(\)( noexcept)? = default;/s/.*//
/^ *[A-Za-z_]+& operator=\((const )?[A-Za-z_]+ ?&&?\)( noexcept)?( = (default|delete))?;/s/.*//
/^ *(virtual )?~[A-Za-z_]+\(\)( noexcept)?( override)?( = default)?;/s/.*//
# Comparisons and conversions among the values of a set say by their form what they do.
/^ *friend bool operator(==|!=|<)\(/s/.*//
# Inherited constructors are documented where they come from.
/^ *using [A-Za-z]+::[A-Za-z]+;/s/.*//
# What an iterator has to have by the standard, and constructors that only the library calls.
/^ {8,}using [a-z_]+ = /s/.*//
/^ *using iterator = Iterator;/s/.*//
/^ *explicit [A-Za-z]+\(std::unique_ptr<internal::.*(;|\{\})$/s/.*//
# Doxygen does not find the scope of a specialisation in namespace std.
/^ *struct (std::)?hash<.*\{\};$/s/.*//
