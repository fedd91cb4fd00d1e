// A plain libcurl client, so that the embedded server's tests do not depend on the library.
#ifndef REFOLD_TESTS_TESTING_RAW_HTTP_HPP
#define REFOLD_TESTS_TESTING_RAW_HTTP_HPP

#include <refold/testing/fake_server.hpp>

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace refold::test {

struct RawAnswer {
    CURLcode result = CURLE_OK;
    long status = 0;
    std::string head;
    std::string body;
    curl_off_t wireBytes = 0;

    nlohmann::json json() const { return nlohmann::json::parse(body); }
    std::vector<std::string> ids() const {
        const nlohmann::json envelope = json();
        std::vector<std::string> all;
        for (const auto& doc : envelope.at("docs")) all.push_back(doc.at("_id").get<std::string>());
        return all;
    }
};

/// One kept-alive connection.
class RawClient {
  public:
    explicit RawClient(const refold::testing::FakeServer& server)
        : base_(server.baseUrl()), headers_(keyHeaders(server)), curl_(curl_easy_init()) {}
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient() { curl_easy_cleanup(curl_); }

    static std::vector<std::string> keyHeaders(const refold::testing::FakeServer& server) {
        return {"x-api-key: " + server.options().apiKey, "linked_account_id: " + server.options().linkedAccountId};
    }

    void setHeaders(std::vector<std::string> headers) { headers_ = std::move(headers); }
    void setEncodings(const char* encodings) { encodings_ = encodings; }

    RawAnswer list(const std::string& query = {}) { return get("/api/v2/public/execution" + query); }

    RawAnswer get(const std::string& target, const char* method = nullptr, const std::string& body = {}) {
        RawAnswer answer;
        curl_easy_reset(curl_);
        curl_slist* list = nullptr;
        for (const std::string& header : headers_) list = curl_slist_append(list, header.c_str());
        const std::string url = base_ + target;
        curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl_, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(curl_, CURLOPT_TIMEOUT, 20L);
        curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, list);
        curl_easy_setopt(curl_, CURLOPT_ACCEPT_ENCODING, encodings_);
        curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &append);
        curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer.body);
        curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &append);
        curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &answer.head);
        if (method != nullptr) curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, method);
        if (!body.empty()) curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.c_str());
        answer.result = curl_easy_perform(curl_);
        curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &answer.status);
        curl_easy_getinfo(curl_, CURLINFO_SIZE_DOWNLOAD_T, &answer.wireBytes);
        curl_slist_free_all(list);
        return answer;
    }

  private:
    static std::size_t append(char* data, std::size_t size, std::size_t count, void* text) {
        static_cast<std::string*>(text)->append(data, size * count);
        return size * count;
    }

    std::string base_;
    std::vector<std::string> headers_;
    const char* encodings_ = nullptr;
    CURL* curl_;
};

}  // namespace refold::test

#endif
