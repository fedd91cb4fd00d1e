// Makes headers from strings. Used where one is built in place from a name and a copied or computed value.
#ifndef REFOLD_TRANSPORT_HTTP_HEADER_HPP
#define REFOLD_TRANSPORT_HTTP_HEADER_HPP

#include <refold/transport.hpp>

#include <string>
#include <utility>

namespace refold::internal {

/// `HttpHeader{name, value}` leaks the name if making the value throws and the compiler is g++ 10, which does not
/// destroy the members of an aggregate that is incomplete.
inline HttpHeader httpHeader(std::string name, std::string value) {
    return {std::move(name), std::move(value)};
}

}  // namespace refold::internal

#endif
