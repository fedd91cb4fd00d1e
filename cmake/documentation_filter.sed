# Hides from Doxygen what needs no documentation: special members.
/^ *(explicit )?[A-Za-z_]+\((const )?[A-Za-z_]+ ?&&?\)( noexcept)?( = (default|delete))?;/s/.*//
/^ *[A-Za-z_]+\(\)( noexcept)? = default;/s/.*//
/^ *[A-Za-z_]+& operator=\((const )?[A-Za-z_]+ ?&&?\)( noexcept)?( = (default|delete))?;/s/.*//
/^ *(virtual )?~[A-Za-z_]+\(\)( noexcept)?( override)?( = default)?;/s/.*//
# Comparisons and conversions of open sets.
/^ *friend bool operator(==|!=|<)\(/s/.*//
# Inherited constructors, which the base class documents.
/^ *using [A-Za-z]+::[A-Za-z]+;/s/.*//
# The required members of an iterator, and constructors that only the library calls.
/^ {8,}using [a-z_]+ = /s/.*//
/^ *using iterator = Iterator;/s/.*//
/^ *explicit [A-Za-z]+\(std::unique_ptr<internal::.*(;|\{\})$/s/.*//
# Doxygen does not find the scope of a specialisation in namespace std.
/^ *struct (std::)?hash<.*\{\};$/s/.*//
