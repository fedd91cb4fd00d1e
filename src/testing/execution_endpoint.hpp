// Answers the embedded server's requests: checks credentials and parameters, and writes the page. Uses no sockets. Used
// by FakeServer.
#ifndef REFOLD_TESTING_EXECUTION_ENDPOINT_HPP
#define REFOLD_TESTING_EXECUTION_ENDPOINT_HPP

#include "testing/accounts.hpp"
#include "testing/history.hpp"

#include <refold/execution_query.hpp>
#include <refold/testing/fake_server.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

/// Returns a refusal in the API's form.
refold::testing::FakeAnswer errorAnswer(int status, std::string_view message, std::uint64_t requestNumber,
                                        std::string_view code = "SERVER_ERROR");

/// Narrows the filter to `start_date` and `end_date` as a server of that granularity reads them.
void narrow(RunFilter& filter, std::optional<Timestamp> start, std::optional<Timestamp> end,
            const refold::testing::FakeServerOptions& options);

/// Returns the filter of a query, without page, limit and order.
RunFilter toFilter(const ExecutionQuery& query, const refold::testing::FakeServerOptions& options);

/// Not synchronised: FakeServer locks around it.
class ExecutionEndpoint {
  public:
    /// Both must outlive it.
    ExecutionEndpoint(const refold::testing::FakeServerOptions& options, const Accounts& accounts);

    /// Calls `betweenCountAndItems` once per page, between the two reads of the history.
    refold::testing::FakeAnswer answer(const refold::testing::FakeRequest& request, const History& history,
                                       std::uint64_t requestNumber,
                                       const std::function<void()>& betweenCountAndItems) const;

  private:
    struct PageWanted {
        std::int64_t page = 1;
        std::int64_t limit = 0;
        bool ascending = false;
    };

    refold::testing::FakeAnswer page(const RunFilter& filter, const PageWanted& wanted, const History& history,
                                     const std::function<void()>& betweenCountAndItems) const;

    const refold::testing::FakeServerOptions& options_;
    const Accounts& accounts_;
};

}  // namespace refold::internal::fake

#endif
