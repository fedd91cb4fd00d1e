// Tests the numbers of a page's envelope: those sent by the server and those derived.
#include "codec/execution_page_codec.hpp"

#include <gtest/gtest.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace refold::internal {
namespace {

using namespace std::string_literals;

struct EnvelopeCase {
    const char* fields;
    std::optional<std::int64_t> askedPage;
    std::optional<std::int64_t> askedLimit;
    std::int64_t totalDocs;
    std::int64_t limit;
    std::int64_t page;
    std::int64_t totalPages;
    bool hasNextPage;
};

constexpr std::nullopt_t none = std::nullopt;

TEST(ExecutionPageEnvelope, IsCompleted) {
    const std::vector<EnvelopeCase> cases{
        // Complete envelopes; the server's numbers overrule the requested ones.
        {R"("totalDocs":9,"limit":2,"page":3,"totalPages":5,"hasNextPage":true)", 1, 100, 9, 2, 3, 5, true},
        // The server's hasNextPage overrules the numbers.
        {R"("totalDocs":9,"limit":2,"page":3,"totalPages":5,"hasNextPage":false)", none, none, 9, 2, 3, 5, false},
        // hasNextPage missing, null or of another type: derived from totalPages, then totalDocs, then nextPage.
        {R"("totalDocs":9,"limit":2,"page":4,"totalPages":5)", none, none, 9, 2, 4, 5, true},
        {R"("totalDocs":9,"limit":2,"page":5,"totalPages":5)", none, none, 9, 2, 5, 5, false},
        {R"("totalDocs":9,"limit":2,"page":4,"hasNextPage":null)", none, none, 9, 2, 4, 5, true},
        {R"("totalDocs":9,"limit":2,"page":5,"hasNextPage":"true")", none, none, 9, 2, 5, 5, false},
        {R"("totalDocs":8,"limit":2,"page":4,"hasNextPage":1)", none, none, 8, 2, 4, 4, false},
        {R"("nextPage":3)", none, none, 0, 0, 2, 0, true},
        // Nothing says whether more follow: a page with documents is not the last one.
        {R"("nextPage":null)", 2, 2, 0, 2, 2, 0, true},
        // limit and page missing: those of the request, or the first page.
        {"", none, none, 0, 0, 1, 0, true},
        {"", 3, 2, 0, 2, 3, 0, true},
        {R"("totalDocs":9)", 3, 2, 9, 2, 3, 5, true},
        {R"("totalDocs":9,"hasNextPage":true)", none, none, 9, 0, 1, 0, true},
        {R"("prevPage":1,"nextPage":null,"hasNextPage":false,"limit":2)", none, none, 4, 2, 2, 2, false},
        // The last of duplicate keys wins, even if its value is unusable.
        {R"("hasNextPage":true,"hasNextPage":null,"limit":2,"limit":3,"totalDocs":9,"totalDocs":"x")", none, none, 0, 3,
         1, 0, true},
        // Impossible numbers count as missing.
        {R"("totalDocs":-1,"limit":-2,"page":-3,"totalPages":-4,"hasNextPage":true)", 3, 2, 0, 2, 3, 0, true},
        {R"("limit":0,"page":0,"hasNextPage":true)", 3, 2, 0, 2, 3, 0, true},
        {R"("totalDocs":1e999,"limit":-1e999,"page":1e400,"totalPages":2e308,"hasNextPage":true)", 3, 2, 0, 2, 3, 0,
         true},
        {R"("totalDocs":99999999999999999999,"limit":9223372036854775808,"page":18446744073709551616,)"
         R"("hasNextPage":true)",
         3, 2, 0, 2, 3, 0, true},
        {R"("totalDocs":9.5,"limit":"2","page":[3],"totalPages":{"n":5},"hasNextPage":true)", 3, 2, 0, 2, 3, 0, true},
        {R"("totalDocs":9.0,"limit":2e0,"page":30e-1,"hasNextPage":true)", none, none, 9, 2, 3, 5, true},
        // The largest numbers do not overflow.
        {R"("totalDocs":9223372036854775807,"limit":1,"page":9223372036854775806)", none, none, INT64_MAX, 1,
         INT64_MAX - 1, INT64_MAX, true},
        {R"("totalDocs":9223372036854775807,"limit":9223372036854775807,"page":1)", none, none, INT64_MAX, INT64_MAX, 1,
         1, false},
        {R"("limit":9223372036854775807,"page":9223372036854775807,"hasNextPage":false)", none, none, 0, INT64_MAX,
         INT64_MAX, 0, false},
        {R"("limit":3,"page":5,"hasNextPage":false)", none, none, 14, 3, 5, 5, false}};
    for (const EnvelopeCase& c : cases) {
        SCOPED_TRACE(c.fields);
        // Each of these pages has two documents.
        const std::string body = R"({"docs":[{},{}])" + (*c.fields == '\0' ? ""s : ","s + c.fields) + '}';
        const Page<Execution> page = decodeExecutionPage(body, c.askedPage, c.askedLimit);
        EXPECT_EQ(page.totalDocs, c.totalDocs);
        EXPECT_EQ(page.limit, c.limit);
        EXPECT_EQ(page.page, c.page);
        EXPECT_EQ(page.totalPages, c.totalPages);
        EXPECT_EQ(page.hasNextPage, c.hasNextPage);
    }
}

TEST(ExecutionPageEnvelope, EmptyPageHasNoTotal) {
    const Page<Execution> page =
        decodeExecutionPage(R"({"docs":[],"page":9,"limit":10,"hasNextPage":false})", none, none);
    EXPECT_TRUE(page.empty());
    EXPECT_EQ(page.totalDocs, 0);
    EXPECT_EQ(page.totalPages, 0);
    const Page<Execution> nothing =
        decodeExecutionPage(R"({"docs":[],"totalDocs":0,"limit":10,"page":1,"totalPages":0})", none, none);
    EXPECT_FALSE(nothing.hasNextPage);
}

}  // namespace
}  // namespace refold::internal
