// Defines what the listing benchmark compares with. The loop reads page by page with a libcurl easy handle and a JSON
// tree, as a user would write it. The lower bound for any client transfers the bytes through libcurl's multi interface
// with several requests in flight, and parses nothing.
#ifndef REFOLD_TESTS_BENCHMARKS_HAND_WRITTEN_LOOP_HPP
#define REFOLD_TESTS_BENCHMARKS_HAND_WRITTEN_LOOP_HPP

#include <curl/curl.h>

#include <nlohmann/json.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace refold::benchmarks {

struct CurlCleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct MultiCleanup {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};

inline std::size_t appendTo(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

/// Requests pages on one reused handle.
class PageRequest {
  public:
    PageRequest(std::string base, const std::vector<std::string>& headers)
        : base_(std::move(base)), easy_(curl_easy_init()) {
        for (const std::string& header : headers) {
            headers_.reset(curl_slist_append(headers_.release(), header.c_str()));
        }
        curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
        curl_easy_setopt(easy_.get(), CURLOPT_ACCEPT_ENCODING, "gzip");
        curl_easy_setopt(easy_.get(), CURLOPT_PROXY, "");
        curl_easy_setopt(easy_.get(), CURLOPT_WRITEFUNCTION, &appendTo);
        curl_easy_setopt(easy_.get(), CURLOPT_WRITEDATA, &body_);
        curl_easy_setopt(easy_.get(), CURLOPT_PRIVATE, this);
    }

    void aimAt(int page) {
        body_.clear();
        curl_easy_setopt(easy_.get(), CURLOPT_URL, (base_ + std::to_string(page)).c_str());
    }
    CURL* handle() const { return easy_.get(); }
    const std::string& body() const { return body_; }

  private:
    std::string base_;
    std::unique_ptr<CURL, CurlCleanup> easy_;
    std::unique_ptr<curl_slist, CurlCleanup> headers_;
    std::string body_;
};

/// The fields that the loop keeps of a run.
struct LoopRun {
    std::string id, name, status, workflow, application, createdAt, raw;
};

inline std::string textOf(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Reads pages until `hasNextPage` is false; returns the number of runs.
inline std::size_t loopOverPages(PageRequest& request) {
    std::size_t runs = 0;
    for (int page = 1;; ++page) {
        request.aimAt(page);
        if (curl_easy_perform(request.handle()) != CURLE_OK) throw std::runtime_error("the loop's request failed");
        const nlohmann::json envelope = nlohmann::json::parse(request.body());
        std::vector<LoopRun> docs;
        for (const nlohmann::json& doc : envelope.at("docs")) {
            docs.push_back({textOf(doc, "_id"), textOf(doc, "name"), textOf(doc, "status"),
                            textOf(doc.value("associated_workflow", nlohmann::json::object()), "name"),
                            textOf(doc.value("associated_application", nlohmann::json::object()), "name"),
                            textOf(doc, "createdAt"), doc.dump()});
        }
        runs += docs.size();
        if (!envelope.at("hasNextPage").get<bool>()) return runs;
    }
}

/// Fetches all pages, `window` at a time, unparsed; returns the number of bytes.
inline std::size_t bytesOfPages(std::vector<std::unique_ptr<PageRequest>>& window, int pages) {
    const std::unique_ptr<CURLM, MultiCleanup> multi(curl_multi_init());
    std::size_t bytes = 0;
    int next = 1;
    const auto start = [&](PageRequest& request) {
        if (next > pages) return;
        request.aimAt(next++);
        curl_multi_add_handle(multi.get(), request.handle());
    };
    for (const auto& request : window) start(*request);
    for (int done = 0; done < pages;) {
        int running = 0;
        curl_multi_perform(multi.get(), &running);
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
            if (message->data.result != CURLE_OK) throw std::runtime_error("a bare request failed");
            void* owner = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner);
            auto& request = *static_cast<PageRequest*>(owner);
            curl_multi_remove_handle(multi.get(), request.handle());
            bytes += request.body().size();
            ++done;
            start(request);
        }
        if (done < pages) curl_multi_poll(multi.get(), nullptr, 0, 1000, nullptr);
    }
    return bytes;
}

}  // namespace refold::benchmarks

#endif
