// The interface through which HttpServer and its connections obtain answers. Implemented by FakeServer.
#ifndef REFOLD_TESTING_REQUEST_HANDLER_HPP
#define REFOLD_TESTING_REQUEST_HANDLER_HPP

#include <refold/testing/fake_server.hpp>

namespace refold::internal::fake {

/// Called by several threads at a time; may block.
class RequestHandler {
  public:
    RequestHandler() = default;
    RequestHandler(const RequestHandler&) = delete;
    RequestHandler& operator=(const RequestHandler&) = delete;
    virtual ~RequestHandler() = default;

    virtual refold::testing::FakeAnswer answer(refold::testing::FakeRequest request) = 0;
};

}  // namespace refold::internal::fake

#endif
