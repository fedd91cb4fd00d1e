// The public range, a thin face of the engine.
#include <refold/execution_listing.hpp>

#include "listing/listing_engine.hpp"

namespace refold {
inline namespace v0 {

ExecutionListing::Iterator::reference ExecutionListing::Iterator::operator*() const {
    return engine_->current();
}

ExecutionListing::Iterator::pointer ExecutionListing::Iterator::operator->() const {
    return &engine_->current();
}

ExecutionListing::Iterator& ExecutionListing::Iterator::operator++() {
    engine_->advance();
    return *this;
}

void ExecutionListing::Iterator::operator++(int) {
    engine_->advance();
}

bool ExecutionListing::Iterator::atEnd() const noexcept {
    return engine_->atEnd();
}

ExecutionListing::ExecutionListing(std::unique_ptr<internal::ListingEngine> engine) noexcept
    : engine_(std::move(engine)) {
}

ExecutionListing::ExecutionListing(ExecutionListing&&) noexcept = default;
ExecutionListing& ExecutionListing::operator=(ExecutionListing&&) noexcept = default;
ExecutionListing::~ExecutionListing() = default;

ExecutionListing::Iterator ExecutionListing::begin() {
    engine_->start();
    return Iterator(engine_.get());
}

ListingReport ExecutionListing::report() const {
    return engine_->report();
}

std::string ExecutionListing::checkpoint() const {
    return engine_->checkpoint();
}

}  // namespace v0
}  // namespace refold
