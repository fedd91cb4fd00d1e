// The output of a failed node of the embedded server: messages as integrations meet them, in the shapes that HTTP
// clients and services give them. Used by the generated nodes.
#ifndef REFOLD_TESTING_NODE_FAILURE_HPP
#define REFOLD_TESTING_NODE_FAILURE_HPP

#include <cstddef>
#include <cstdint>
#include <string>

namespace refold::internal::fake {

/// Returns the node's `latest_output` as JSON text. Each node has a few kinds of failures; numbers and ids in them
/// follow from `random`.
std::string failureOutput(std::size_t node, bool timedOut, std::uint64_t random);

}  // namespace refold::internal::fake

#endif
