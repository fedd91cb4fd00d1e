# Makes the paragraph at the top of a header the documentation of its file, in as many lines: the include guard is left
# out.
1s|^// |/// \\file\n/// |
2,/^#/s|^//|///|
/^#define [A-Z_]+_HPP$/d
# Hides from Doxygen what needs no documentation: special members.
/^ *(explicit )?[A-Za-z_]+\((const )?[A-Za-z_]+ ?&&?\)( noexcept)?( = (default|delete))?;/s/.*//
/^ *[A-Za-z_]+\(\)( noexcept)? = default;/s/.*//
/^ *[A-Za-z_]+& operator=\((const )?[A-Za-z_]+ ?&&?\)( noexcept)?( = (default|delete))?;/s/.*//
/^ *(virtual )?~[A-Za-z_]+\(\)( noexcept)?( override)?( = default)?;/s/.*//
# Comparisons and constructors of open sets, which the class documents.
/^ *OpenSet\((const char\*|std::string|std::nullptr_t)/s/.*//
/^ *friend bool operator(==|!=|<|>|<=|>=)\(/s/.*//
# Inherited constructors, which the base class documents.
/^ *using [A-Za-z]+::[A-Za-z]+;/s/.*//
# The required members of an iterator, and constructors that only the library calls.
/^ {8,}using [a-z_]+ = /s/.*//
/^ *using iterator = Iterator;/s/.*//
/^ *explicit [A-Za-z]+\(std::unique_ptr<internal::.*(;|\{\})$/s/.*//
# Doxygen does not find the scope of a specialisation in namespace std.
/^ *struct (std::)?hash<.*\{\};$/s/.*//
# Macros of visibility.
/^#define REFOLD_(TESTING_)?EXPORT/s/.*//
