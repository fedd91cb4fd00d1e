// The paging machine: carries out what `PagingCore` decides, with pages of any kind of item. `ListingEngine` is the one for
// executions, `BatchListingEngine` that for batches.
#ifndef REFOLD_LISTING_PAGING_MACHINE_HPP
#define REFOLD_LISTING_PAGING_MACHINE_HPP

#include "listing/checkpoint.hpp"
#include "listing/page_source.hpp"
#include "listing/paging_core.hpp"
#include "listing/prefetcher.hpp"
#include "types/cancel_state.hpp"

#include <refold/cancel.hpp>
#include <refold/error.hpp>
#include <refold/listing.hpp>
#include <refold/page.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace refold::internal {

/// Throws `InvalidArgument` for a prefetch or a maxItems that cannot be.
void checkListingOptions(const ListingOptions& options);
/// Throws `InvalidArgument` for a page or a limit beyond what a listing can count.
void checkPagingQuery(const PagingQuery& query);

struct PagingSetup {
    PagingQuery query = {};
    /// Whether places are dates themselves, or their negative.
    bool ascending = false;
    /// Hash of what a checkpoint is bound to.
    std::uint64_t identity = 0;
};

/// `Traits::key(item)` is the item's identity as a hash, `Traits::date(item)` its date, if it has one. For one reader.
template <class Item, class Traits>
class PagingMachine : public ListingCursor<Item> {
  public:
    using Source = BasicPageSource<Item>;

    PagingMachine(std::shared_ptr<Source> source, const PagingSetup& setup, const ListingOptions& options,
                  CancelToken cancel)
        : source_(std::move(source)),
          setup_((checkPagingQuery(setup.query), setup)),
          options_((checkListingOptions(options), options)),
          cancel_(std::move(cancel)),
          link_(cancel_, ownCancel_),
          core_(makeCore(setup, options)),
          prefetcher_(static_cast<std::size_t>(options.prefetch), [this](const Aim& aim) { return fetch(aim); }) {}
    PagingMachine(const PagingMachine&) = delete;
    PagingMachine& operator=(const PagingMachine&) = delete;
    /// Cancels what is in flight and waits for its threads.
    ~PagingMachine() override { ownCancel_.cancel(); }

    void start() override {
        if (!started_) advance();
    }
    void advance() override {
        if (ended_) return;
        if (cancel_.isCancelled()) throw Cancelled();
        if (remaining() <= 0) {
            ended_ = started_ = true;
            return;
        }
        if (next_ == buffer_.size() && !refill()) {
            ended_ = started_ = complete_ = true;
            return;
        }
        current_ = std::move(buffer_[next_++]);
        ++delivered_;
        started_ = true;
    }
    bool atEnd() const noexcept override { return ended_; }
    Item& current() noexcept override { return current_; }

    ListingReport report() const override {
        ListingReport report;
        report.delivered = delivered_;
        report.complete = complete_;
        core_.fillReport(report);
        return report;
    }
    std::string checkpoint() const override {
        Position position = core_.position(static_cast<std::int64_t>(buffer_.size() - next_));
        position.query = setup_.identity;
        position.finished = position.finished && !setup_.ascending;
        return encodePosition(position);
    }

  private:
    struct Fetched {
        Slice slice = {};
        std::vector<Item> docs = {};
    };
    struct Pending {
        Aim aim = {};
        Fetched page = {};
        bool judged = false;
    };

    static PagingCore makeCore(const PagingSetup& setup, const ListingOptions& options) {
        if (options.resumeFrom.empty()) return PagingCore(setup.query);
        return PagingCore(setup.query, decodePosition(options.resumeFrom, setup.identity));
    }

    Fetched fetch(const Aim& aim) {
        PageRequest request;
        request.page = aim.page;
        request.limit = aim.limit;
        if (aim.anchor) {
            const Timestamp bound{std::chrono::milliseconds(setup_.ascending ? *aim.anchor : -*aim.anchor)};
            (setup_.ascending ? request.startDate : request.endDate) = bound;
        }
        Page<Item> page = source_->fetch(request, ownCancel_.token());
        Fetched fetched;
        fetched.slice.page = std::min(page.page, mostPage);
        fetched.slice.limit = std::min(page.limit, mostLimit);
        fetched.slice.totalDocs = std::min(page.totalDocs, mostDocs);
        fetched.slice.hasNextPage = page.hasNextPage;
        fetched.slice.marks.reserve(page.docs.size());
        for (const Item& item : page.docs) {
            ItemMark mark;
            mark.key = Traits::key(item);
            if (const std::optional<Timestamp> date = Traits::date(item)) {
                const std::int64_t time = date->time_since_epoch().count();
                mark.place = setup_.ascending ? time : -time;
            }
            fetched.slice.marks.push_back(mark);
        }
        fetched.docs = std::move(page.docs);
        return fetched;
    }

    std::int64_t remaining() const noexcept {
        return options_.maxItems ? *options_.maxItems - delivered_ : std::numeric_limits<std::int64_t>::max() / 8;
    }

    /// A new buffer with at least one item; false at the end.
    bool refill() {
        while (true) {
            if (core_.finished()) return false;
            if (!pending_ && !takeNext()) continue;
            Pending& pending = *pending_;
            const Judgement judgement =
                core_.judge(pending.aim, pending.page.slice, std::exchange(pending.judged, true));
            obeyForgetting();
            if (judgement.next == Judgement::Next::repair) {
                if (deliver(repair())) return true;
                continue;
            }
            const bool delivered = deliver(pick(pending.page, judgement));
            pending_.reset();
            topUp();
            if (delivered) return true;
        }
    }

    /// Fetches the page that the reader comes to next. False if the request has to be put in another way.
    bool takeNext() {
        if (kept_) {
            pending_ = std::exchange(kept_, std::nullopt);
            return true;
        }
        if (prefetcher_.size() == 0) {
            const std::optional<Aim> aim = core_.plan(remaining());
            if (!aim) return false;
            prefetcher_.submitHeld(*aim);
        }
        const Aim aim = prefetcher_.front();
        try {
            pending_ = Pending{aim, prefetcher_.take(), false};
        } catch (const ApiError& error) {
            if (!isRefusal(error) || !core_.reconsider(aim, isAboutLimit(error))) throw;
            obeyForgetting();
            return false;
        }
        return true;
    }

    std::vector<Item> repair() {
        const Aim aim = core_.repairAim();
        Fetched page;
        try {
            page = fetch(aim);
        } catch (const ApiError& error) {
            if (!isRefusal(error) || !core_.reconsider(aim, isAboutLimit(error))) throw;
            obeyForgetting();
            return {};
        }
        const Judgement judgement = core_.judgeRepair(aim, page.slice);
        obeyForgetting();
        if (judgement.next == Judgement::Next::keep) {
            kept_ = Pending{core_.keptAim(), std::move(page), false};
            return {};
        }
        return pick(page, judgement);
    }

    void topUp() {
        while (!kept_ && prefetcher_.size() < static_cast<std::size_t>(options_.prefetch)) {
            const std::int64_t wanted = remaining() - static_cast<std::int64_t>(buffer_.size() - next_);
            const std::optional<Aim> aim = wanted > 0 ? core_.plan(wanted) : std::nullopt;
            if (!aim) return;
            prefetcher_.submit(*aim);
        }
    }

    void obeyForgetting() {
        if (core_.takeForgetAhead()) prefetcher_.clear();
    }

    static bool isRefusal(const ApiError& error) noexcept { return error.status() == 400 || error.status() == 422; }
    static bool isAboutLimit(const ApiError& error) noexcept {
        return error.serverMessage().find("limit") != std::string::npos ||
               error.body().find("limit") != std::string::npos;
    }

    static std::vector<Item> pick(Fetched& page, const Judgement& judgement) {
        if (judgement.fresh.size() == page.docs.size()) return std::move(page.docs);
        std::vector<Item> fresh;
        fresh.reserve(judgement.fresh.size());
        for (const std::size_t index : judgement.fresh) fresh.push_back(std::move(page.docs[index]));
        return fresh;
    }

    bool deliver(std::vector<Item> fresh) {
        if (fresh.empty()) return false;
        buffer_ = std::move(fresh);
        next_ = 0;
        return true;
    }

    const std::shared_ptr<Source> source_;
    const PagingSetup setup_;
    const ListingOptions options_;
    const CancelToken cancel_;
    const CancelSource ownCancel_ = {};
    const CancelLink link_;
    PagingCore core_;
    std::vector<Item> buffer_ = {};
    std::size_t next_ = 0;
    std::optional<Pending> pending_ = {};
    std::optional<Pending> kept_ = {};
    Item current_ = {};
    std::int64_t delivered_ = 0;
    bool started_ = false;
    bool ended_ = false;
    bool complete_ = false;
    /// The last member: its threads use the others.
    Prefetcher<Aim, Fetched> prefetcher_;
};

}  // namespace refold::internal

#endif
