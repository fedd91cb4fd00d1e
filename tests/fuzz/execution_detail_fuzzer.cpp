// Any body is decoded to the same run or batches as by nlohmann's DOM, with JSON texts that occur in the body; or it is
// refused with the position of the error.
#include "codec/action_codec.hpp"
#include "codec/decode_error.hpp"
#include "codec/execution_detail_codec.hpp"
#include "codec/json_text.hpp"
#include "codec/node_batch_page_codec.hpp"
#include "fuzz/require.hpp"

#include <refold/json.hpp>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace {

using refold::ExecutionDetail;
using refold::ExecutionNode;
using refold::NodeBatch;
using refold::Page;
using refold::fuzz::require;
using refold::internal::DecodeError;
using refold::internal::repairJson;

constexpr bool allowExceptions = false;

/// Returns the members alone, without the JSON texts.
nlohmann::json membersOf(ExecutionDetail detail) {
    detail.rawJson.clear();
    for (ExecutionNode& node : detail.nodes) node.rawJson.clear();
    return detail;
}
nlohmann::json membersOf(NodeBatch batch) {
    batch.rawJson.clear();
    return batch;
}

void checkText(std::string_view within, const std::string& text) {
    if (text.empty()) return;
    require(within.find(text) != std::string_view::npos, "a value's text stands in its object");
    require(nlohmann::json::accept(repairJson(text)), "a value's text is JSON of its own");
    require(text.find_first_of(" \t\r\n") != 0 && text.find_last_of(" \t\r\n") != text.size() - 1, "and nothing else");
}

void checkDetail(std::string_view body, const ExecutionDetail& detail) {
    require(body.find(detail.rawJson) != std::string_view::npos, "rawJson stands in the body");
    std::size_t from = 0;
    for (const ExecutionNode& node : detail.nodes) {
        const std::size_t at = detail.rawJson.find(node.rawJson, from);
        require(at != std::string::npos && node.rawJson.front() == '{', "the nodes stand in the run, in order");
        from = at + node.rawJson.size();
        checkText(node.rawJson, node.inputData);
        checkText(node.rawJson, node.latestOutput);
    }
    const auto dom = nlohmann::json::parse(body, nullptr, allowExceptions);
    if (dom.is_discarded()) return;  // accepted by the library's reader only
    require(membersOf(dom.get<ExecutionDetail>()) == membersOf(detail), "the same members as by the DOM");
}

void checkBatches(std::string_view body, const Page<NodeBatch>& page) {
    std::size_t from = 0;
    for (const NodeBatch& batch : page) {
        const std::size_t at = body.find(batch.rawJson, from);
        require(at != std::string_view::npos && batch.rawJson.front() == '{',
                "the batches stand in the body, in order");
        from = at + batch.rawJson.size();
        checkText(batch.rawJson, batch.output);
    }
    const auto dom = nlohmann::json::parse(body, nullptr, allowExceptions);
    if (dom.is_discarded()) return;
    const auto expected = dom.get<Page<NodeBatch>>();
    require(page.size() == expected.size() && page.totalDocs == expected.totalDocs, "the same page as by the DOM");
    for (std::size_t i = 0; i < page.size(); ++i) {
        require(membersOf(page.docs[i]) == membersOf(expected.docs[i]), "the same batches as by the DOM");
    }
}

template <class Decode>
void decodeOrTellWhere(std::size_t size, Decode decode) {
    try {
        decode();
    } catch (const DecodeError& error) {
        require(refold::fuzz::isOneLine(error.what()) && refold::fuzz::isOneLine(error.pointer()), "one line");
        require(*error.what() != '\0', "a reason");
        require(!error.offset() || *error.offset() <= size, "an offset inside of the body");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body = refold::fuzz::textOf(data, size);
    decodeOrTellWhere(size, [body] { checkDetail(body, refold::internal::decodeExecutionDetail(body, "")); });
    decodeOrTellWhere(
        size, [body] { checkBatches(body, refold::internal::decodeNodeBatchPage(body, std::nullopt, std::nullopt)); });
    decodeOrTellWhere(size, [body] {
        require(!refold::internal::decodeRerunAnswer(body).empty(), "a rerun that is understood has an id");
    });
    decodeOrTellWhere(size, [body] { refold::internal::checkStopAnswer(body); });
    return 0;
}
