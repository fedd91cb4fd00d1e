// Tests the range over a node's batches: the walk's traits, and checkpoints that are valid for one node only.
#include "listing/node_batch_cursor.hpp"

#include <refold/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace refold::test {
namespace {

/// Serves batches in the order of their indices; their number can grow between requests.
class Batches final : public internal::BasicPageSource<NodeBatch> {
  public:
    explicit Batches(std::int64_t count) : count_(count) {}

    Page<NodeBatch> fetch(const internal::PageRequest& request, const CancelToken&) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        Page<NodeBatch> page;
        const std::int64_t first = std::min(count_, (request.page - 1) * request.limit);
        const std::int64_t last = std::min(count_, first + request.limit);
        for (std::int64_t i = first; i < last; ++i) {
            NodeBatch batch;
            if (!withoutIndices) batch.batchIndex = i;
            batch.rawJson = "{\"n\":" + std::to_string(i) + "}";
            page.docs.push_back(batch);
        }
        page.totalDocs = count_;
        page.limit = request.limit;
        page.page = request.page;
        page.hasNextPage = last < count_;
        count_ += growth;
        return page;
    }

    bool withoutIndices = false;
    std::int64_t growth = 0;

  private:
    std::mutex mutex_;
    std::int64_t count_;
};

NodeBatchListing open(const std::shared_ptr<Batches>& batches, const ListingOptions& options = {},
                      const std::string& nodeId = "node_4", const BatchQuery& query = {}) {
    return NodeBatchListing(internal::makeNodeBatchCursor(batches, "run_1", nodeId, query, options, CancelToken()));
}

std::vector<std::string> textsOf(NodeBatchListing& listing) {
    std::vector<std::string> texts;
    for (const NodeBatch& batch : listing) texts.push_back(batch.rawJson);
    return texts;
}

std::vector<std::string> numbers(std::int64_t from, std::int64_t to) {
    std::vector<std::string> texts;
    for (std::int64_t i = from; i < to; ++i) texts.push_back("{\"n\":" + std::to_string(i) + "}");
    return texts;
}

TEST(BatchListing, DeliversEachBatchOnce) {
    for (const bool withoutIndices : {false, true}) {
        for (const int prefetch : {0, 1, 4}) {
            const auto batches = std::make_shared<Batches>(250);
            batches->withoutIndices = withoutIndices;
            ListingOptions options;
            options.prefetch = prefetch;
            BatchQuery query;
            query.limit = 20;
            NodeBatchListing listing = open(batches, options, "node_4", query);
            EXPECT_EQ(textsOf(listing), numbers(0, 250));
            EXPECT_TRUE(listing.report().complete && listing.report().verified);
        }
    }
}

TEST(BatchListing, FollowsANodeThatIsStillRunning) {
    const auto batches = std::make_shared<Batches>(95);
    batches->growth = 3;
    BatchQuery query;
    query.limit = 10;
    NodeBatchListing listing = open(batches, {}, "node_4", query);
    const std::vector<std::string> texts = textsOf(listing);
    EXPECT_GE(texts.size(), 95U);
    EXPECT_EQ(texts, numbers(0, static_cast<std::int64_t>(texts.size())));
}

TEST(BatchListing, ResumesFromACheckpointOfTheSameBatches) {
    const auto batches = std::make_shared<Batches>(130);
    NodeBatchListing first = open(batches);
    auto it = first.begin();
    for (int i = 0; i < 41; ++i) ++it;
    ListingOptions options;
    options.resumeFrom = first.checkpoint();
    NodeBatchListing second = open(batches, options);
    EXPECT_EQ(textsOf(second), numbers(42, 130));

    EXPECT_THROW(open(batches, options, "node_5"), InvalidArgument);
    BatchQuery failed;
    failed.status = NodeStatus::Errored;
    EXPECT_THROW(open(batches, options, "node_4", failed), InvalidArgument);
}

TEST(BatchListing, ACheckpointAtTheEndFindsLaterBatches) {
    NodeBatchListing first = open(std::make_shared<Batches>(40));
    EXPECT_EQ(textsOf(first).size(), 40U);
    ListingOptions options;
    options.resumeFrom = first.checkpoint();
    NodeBatchListing second = open(std::make_shared<Batches>(47), options);
    EXPECT_EQ(textsOf(second), numbers(40, 47));
}

TEST(BatchListing, KeysDoNotDependOnThePlatform) {
    NodeBatch batch;
    batch.batchIndex = 7;
    const std::uint64_t key = internal::nodeBatchKey(batch);
    batch.rawJson = "{}";
    EXPECT_EQ(internal::nodeBatchKey(batch), key) << "the key depends on the index alone";
    batch.batchIndex = 8;
    EXPECT_NE(internal::nodeBatchKey(batch), key);
}

}  // namespace
}  // namespace refold::test
