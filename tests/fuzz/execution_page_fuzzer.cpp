// Any body is decoded to the same page as by nlohmann's DOM, or refused with the position of the error.
#include "codec/decode_error.hpp"
#include "codec/execution_page_codec.hpp"
#include "codec/json_text.hpp"
#include "fuzz/require.hpp"

#include <refold/json.hpp>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace {

using refold::Execution;
using refold::Page;
using refold::fuzz::require;
using refold::internal::DecodeError;
using refold::internal::decodeExecutionPage;
using refold::internal::repairJson;

constexpr bool allowExceptions = false;

/// Returns the members alone, without the JSON text.
nlohmann::json membersOf(Execution execution) {
    execution.rawJson.clear();
    return execution;
}

void checkAgainstDom(std::string_view body, const Page<Execution>& page) {
    auto dom = nlohmann::json::parse(body, nullptr, allowExceptions);
    if (dom.is_discarded()) dom = nlohmann::json::parse(repairJson(body), nullptr, allowExceptions);
    require(dom.is_object(), "what is taken for a page is a JSON object");
    const auto expected = dom.get<Page<Execution>>();
    require(page.size() == expected.size(), "the number of documents equals that of the DOM");
    require(page.totalDocs == expected.totalDocs && page.limit == expected.limit && page.page == expected.page &&
                page.totalPages == expected.totalPages && page.hasNextPage == expected.hasNextPage,
            "the envelope equals that of the DOM");
    for (std::size_t i = 0; i < page.size(); ++i) {
        require(membersOf(page.docs[i]) == membersOf(expected.docs[i]), "the members equal those of the DOM");
    }
}

void checkSlices(std::string_view body, const Page<Execution>& page) {
    std::size_t from = 0;
    for (const Execution& execution : page) {
        const std::size_t at = body.find(execution.rawJson, from);
        require(at != std::string_view::npos, "the body contains rawJson, in order");
        from = at + execution.rawJson.size();
        require(execution.rawJson.front() == '{' && execution.rawJson.back() == '}', "rawJson is an object");
        require(nlohmann::json::accept(repairJson(execution.rawJson)), "rawJson is JSON");
        const Page<Execution> again = decodeExecutionPage("{\"docs\":[" + execution.rawJson + "]}", {}, {});
        require(again.size() == 1 && again.docs[0].rawJson == execution.rawJson, "rawJson decodes to itself");
        require(membersOf(again.docs[0]) == membersOf(execution), "rawJson decodes to the same members");
    }
}

void checkTruncated(std::string_view body) {
    try {
        decodeExecutionPage(body, std::nullopt, std::nullopt);
        require(false, "a truncated page is refused");
    } catch (const DecodeError& error) {
        require(error.endedEarly(), "a truncated page ended early");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body = refold::fuzz::textOf(data, size);
    Page<Execution> page;
    try {
        page = decodeExecutionPage(body, std::nullopt, std::nullopt);
    } catch (const DecodeError& error) {
        require(refold::fuzz::isOneLine(error.what()) && refold::fuzz::isOneLine(error.pointer()),
                "an error's texts are one line each");
        require(*error.what() != '\0', "an error has a reason");
        require(!error.offset() || *error.offset() <= size, "an error's offset is within the body");
        require(error.pointer().empty() || error.pointer().front() == '/', "a JSON pointer");
        return 0;
    }
    checkSlices(body, page);
    checkAgainstDom(body, page);
    const std::size_t end = body.rfind('}');
    checkTruncated(body.substr(0, end));
    checkTruncated(body.substr(0, end / 2));
    return 0;
}
