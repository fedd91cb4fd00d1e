// Symbol visibility of the library. Everything is compiled with hidden visibility; what REFOLD_EXPORT marks is
// the documented interface and nothing else leaves a shared library. Included by every public header.
#ifndef REFOLD_EXPORT_HPP
#define REFOLD_EXPORT_HPP

#if defined(__GNUC__) || defined(__clang__)
#define REFOLD_EXPORT __attribute__((visibility("default")))
#else
#define REFOLD_EXPORT
#endif

#endif
