// Tests that decoding takes a small multiple of the body's size, whatever the body holds. A separate program, because
// it counts the memory that it allocates.
#include "codec/action_codec.hpp"
#include "codec/decode_error.hpp"
#include "codec/execution_detail_codec.hpp"
#include "codec/execution_page_codec.hpp"
#include "codec/node_batch_page_codec.hpp"
#include "codec/session_token_codec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <string_view>

namespace {

std::size_t inUse = 0;
std::size_t peak = 0;

// In front of each block, for its size.
constexpr std::size_t headerSize = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t size) {
    void* const block = std::malloc(size + headerSize);
    if (block == nullptr) throw std::bad_alloc();
    *static_cast<std::size_t*>(block) = size;
    inUse += size;
    peak = std::max(peak, inUse);
    return static_cast<char*>(block) + headerSize;
}

void operator delete(void* memory) noexcept {
    if (memory == nullptr) return;
    void* const block = static_cast<char*>(memory) - headerSize;
    inUse -= *static_cast<std::size_t*>(block);
    std::free(block);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
    operator delete(memory);
}

namespace refold::internal {
namespace {

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

/// Returns the memory that `work` takes at its peak.
std::size_t memoryOf(const std::function<void()>& work) {
    const std::size_t before = inUse;
    peak = inUse;
    work();
    return peak - before;
}

/// Returns an object of about `size` bytes whose member is a list of equal elements.
std::string listOf(std::string_view member, std::string_view element, std::size_t size) {
    std::string body = "{\"" + std::string(member) + "\":[" + std::string(element);
    while (body.size() < size) body.append(",").append(element);
    return body + "],\"hasNextPage\":false}";
}

TEST(CodecMemory, TinyElementsAreRefused) {
    // Twice what the structs may take, because a growing list is moved.
    constexpr std::size_t maxBytes = 70 * mebibyte;
    for (const std::string_view element : {"{}", "{\"a\":1}", "{\"_id\":\"1\"}"}) {
        const std::string page = listOf("docs", element, 4 * mebibyte);
        const std::string run = listOf("nodes", element, 4 * mebibyte);
        EXPECT_LT(memoryOf([&] { EXPECT_THROW(decodeExecutionPage(page, {}, {}), DecodeError); }), maxBytes) << element;
        // With pointers of 32 bits a batch is smaller than what the longest element allows for it.
        const auto decodeBatches = [&] { decodeNodeBatchPage(page, {}, {}); };
        const bool fits = sizeof(void*) < 8 && element.size() > 8;
        const auto checkBatches = [&] {
            if (fits) {
                decodeBatches();
            } else {
                EXPECT_THROW(decodeBatches(), DecodeError);
            }
        };
        EXPECT_LT(memoryOf(checkBatches), maxBytes) << element;
        EXPECT_LT(memoryOf([&] { EXPECT_THROW(decodeExecutionDetail(run, "1"), DecodeError); }), maxBytes) << element;
    }
}

TEST(CodecMemory, ManySmallRunsAreAccepted) {
    const std::string small = listOf("docs", R"({"_id":"1","status":"COMPLETED"})", mebibyte);
    EXPECT_GT(decodeExecutionPage(small, {}, {}).size(), 30'000U);
    const std::string run = R"({"_id":"1","status":"COMPLETED","padding":")" + std::string(300, 'x') + "\"}";
    const std::string large = listOf("docs", run, 32 * mebibyte);
    EXPECT_GT(decodeExecutionPage(large, {}, {}).size(), 90'000U);
}

TEST(CodecMemory, AnswersToActionsAndTokensBuildNoTree) {
    const std::string body = listOf("a", "[]", 4 * mebibyte);
    // The parser keeps the brackets since the last scalar, in a buffer that grows by doubling.
    const std::size_t maxBytes = 4 * body.size();
    EXPECT_LT(memoryOf([&] { checkStopAnswer(body); }), maxBytes);
    EXPECT_LT(memoryOf([&] { EXPECT_THROW(decodeRerunAnswer(body), DecodeError); }), maxBytes);
    EXPECT_LT(memoryOf([&] { EXPECT_THROW(decodeSessionToken(body), DecodeError); }), maxBytes + body.size());
}

}  // namespace
}  // namespace refold::internal
