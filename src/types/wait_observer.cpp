// Anchors the vtable of WaitObserver in one object file.
#include <refold/wait_options.hpp>

namespace refold {
inline namespace v0 {

WaitObserver::~WaitObserver() = default;

}  // namespace v0
}  // namespace refold
