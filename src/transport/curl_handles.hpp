// Owning pointers to libcurl's handles, and libcurl's initialisation. Used by the transport's other classes.
#ifndef REFOLD_TRANSPORT_CURL_HANDLES_HPP
#define REFOLD_TRANSPORT_CURL_HANDLES_HPP

#include <curl/curl.h>

#include <memory>

namespace refold::internal {

struct CurlEasyDeleter {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct CurlMultiDeleter {
    void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};
struct CurlListDeleter {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

using EasyHandle = std::unique_ptr<CURL, CurlEasyDeleter>;
using MultiHandle = std::unique_ptr<CURLM, CurlMultiDeleter>;
using HeaderList = std::unique_ptr<curl_slist, CurlListDeleter>;

/// Initialises libcurl once per process. May be called from any thread. Never undone: other users of libcurl in the
/// process may still need it.
void initialiseCurl();

}  // namespace refold::internal

#endif
