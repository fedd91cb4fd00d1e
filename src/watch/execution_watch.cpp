// The public range, a thin face of the engine.
#include <refold/execution_watch.hpp>

#include "listing/watch_engine.hpp"

namespace refold {
inline namespace v0 {

ExecutionWatch::Iterator::reference ExecutionWatch::Iterator::operator*() const {
    return engine_->current();
}

ExecutionWatch::Iterator::pointer ExecutionWatch::Iterator::operator->() const {
    return &engine_->current();
}

ExecutionWatch::Iterator& ExecutionWatch::Iterator::operator++() {
    engine_->advance();
    return *this;
}

void ExecutionWatch::Iterator::operator++(int) {
    engine_->advance();
}

ExecutionWatch::ExecutionWatch(std::unique_ptr<internal::WatchEngine> engine) noexcept : engine_(std::move(engine)) {
}

ExecutionWatch::ExecutionWatch(ExecutionWatch&&) noexcept = default;
ExecutionWatch& ExecutionWatch::operator=(ExecutionWatch&&) noexcept = default;
ExecutionWatch::~ExecutionWatch() = default;

ExecutionWatch::Iterator ExecutionWatch::begin() {
    engine_->start();
    return Iterator(engine_.get());
}

std::string ExecutionWatch::checkpoint() const {
    return engine_->checkpoint();
}

WatchReport ExecutionWatch::report() const {
    return engine_->report();
}

}  // namespace v0
}  // namespace refold
