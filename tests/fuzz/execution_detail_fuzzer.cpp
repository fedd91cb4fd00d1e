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
    require(within.find(text) != std::string_view::npos, "an object contains the text of its value");
    require(nlohmann::json::accept(repairJson(text)), "the text of a value is JSON");
    require(text.find_first_of(" \t\r\n") != 0 && text.find_last_of(" \t\r\n") != text.size() - 1,
            "the text of a value has no surrounding blanks");
}

void checkDetail(std::string_view body, const ExecutionDetail& detail) {
    require(body.find(detail.rawJson) != std::string_view::npos, "the body contains rawJson");
    std::size_t from = 0;
    for (const ExecutionNode& node : detail.nodes) {
        const std::size_t at = detail.rawJson.find(node.rawJson, from);
        require(at != std::string::npos && node.rawJson.front() == '{', "the run contains the nodes, in order");
        from = at + node.rawJson.size();
        checkText(node.rawJson, node.inputData);
        checkText(node.rawJson, node.latestOutput);
    }
    const auto dom = nlohmann::json::parse(body, nullptr, allowExceptions);
    if (dom.is_discarded()) return;  // accepted by the library's reader only
    require(membersOf(dom.get<ExecutionDetail>()) == membersOf(detail), "the members equal those of the DOM");
}

void checkBatches(std::string_view body, const Page<NodeBatch>& page) {
    std::size_t from = 0;
    for (const NodeBatch& batch : page) {
        const std::size_t at = body.find(batch.rawJson, from);
        require(at != std::string_view::npos && batch.rawJson.front() == '{',
                "the body contains the batches, in order");
        from = at + batch.rawJson.size();
        checkText(batch.rawJson, batch.output);
    }
    const auto dom = nlohmann::json::parse(body, nullptr, allowExceptions);
    if (dom.is_discarded()) return;
    const auto expected = dom.get<Page<NodeBatch>>();
    require(page.size() == expected.size() && page.totalDocs == expected.totalDocs, "the page equals that of the DOM");
    for (std::size_t i = 0; i < page.size(); ++i) {
        require(membersOf(page.docs[i]) == membersOf(expected.docs[i]), "the batches equal those of the DOM");
    }
}

template <class Decode>
void decodeOrLocateError(std::size_t size, Decode decode) {
    try {
        decode();
    } catch (const DecodeError& error) {
        require(refold::fuzz::isOneLine(error.what()) && refold::fuzz::isOneLine(error.pointer()),
                "an error's texts are one line each");
        require(*error.what() != '\0', "an error has a reason");
        require(!error.offset() || *error.offset() <= size, "an error's offset is within the body");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body = refold::fuzz::textOf(data, size);
    decodeOrLocateError(size, [body] { checkDetail(body, refold::internal::decodeExecutionDetail(body, "")); });
    decodeOrLocateError(
        size, [body] { checkBatches(body, refold::internal::decodeNodeBatchPage(body, std::nullopt, std::nullopt)); });
    decodeOrLocateError(
        size, [body] { require(!refold::internal::decodeRerunAnswer(body).empty(), "a decoded rerun has an id"); });
    decodeOrLocateError(size, [body] { refold::internal::checkStopAnswer(body); });
    return 0;
}
