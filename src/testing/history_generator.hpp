// Generates a history: workflows of several applications, months of runs with every status. The same options give the
// same history.
#ifndef REFOLD_TESTING_HISTORY_GENERATOR_HPP
#define REFOLD_TESTING_HISTORY_GENERATOR_HPP

#include "testing/history.hpp"

#include <refold/testing/fake_server.hpp>

namespace refold::internal::fake {

History generateHistory(const refold::testing::FakeServerOptions& options);

}  // namespace refold::internal::fake

#endif
