// Tests that no part of a credential that a server echoes reaches an error, wherever the text is cut.
#include "codec/action_codec.hpp"
#include "codec/execution_detail_codec.hpp"
#include "codec/execution_page_codec.hpp"
#include "pipeline/pipeline_fixture.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace refold::test {
namespace {

/// No four characters of it occur in a message of the library.
const std::string& key() {
    static const std::string text = "qzxj7wvkp4ybgh9fdlm2";
    return text;
}

class DecodingReader final : public internal::ResponseReader {
  public:
    using Decode = std::function<void(std::string_view)>;
    explicit DecodingReader(const Decode& decode) : decode_(decode) {}
    void read(const HttpResponse& response) override { decode_(response.body); }

  private:
    const Decode& decode_;
};

class QuotedSecrets : public PipelineTest {
  protected:
    QuotedSecrets() {
        auth = apiKey(key(), "user_12345");
        settings.retry.maxAttempts = 1;
    }

    static void expectNoPart(const std::string& text, std::size_t before) {
        for (std::size_t i = 0; i + 4 <= key().size(); ++i) {
            ASSERT_EQ(text.find(key().substr(i, 4)), std::string::npos)
                << before << " bytes before the key: " << text.substr(0, 300);
        }
    }

    /// Runs a call that fails, and checks every text of its error. Returns the message.
    std::string check(const HttpResponse& answer, const DecodingReader::Decode& decode, std::size_t before) {
        transport = std::make_shared<testing::FakeTransport>();
        transport->respond(answer);
        build();
        DecodingReader reader(decode);
        try {
            pipeline->run(request, *gate, {}, reader);
            ADD_FAILURE() << "no error";
        } catch (const ApiError& error) {
            for (const std::string& text : {std::string(error.what()), error.serverMessage(), error.code(),
                                            error.type(), error.requestId(), error.body()}) {
                expectNoPart(text, before);
            }
            return error.what();
        } catch (const Error& error) {
            expectNoPart(error.what(), before);
            return error.what();
        }
        return {};
    }

    std::string check(int status, const std::string& body, std::size_t before) {
        HttpResponse answer;
        answer.status = status;
        answer.body = body;
        return check(
            answer, [](std::string_view text) { internal::decodeExecutionPage(text, {}, {}); }, before);
    }
};

/// The key as it is, and as JSON may spell it.
std::vector<std::string> spellings() {
    return {key(), "\\u0071" + key().substr(1), key().substr(0, 9) + "\\u0034" + key().substr(10)};
}

TEST_F(QuotedSecrets, AtTheCutOfAnAnswerThatIsNotJson) {
    for (std::size_t before = 60; before < 130; ++before) {
        const std::string padding(before, '.');
        check(200, padding + key() + " and more words after it", before);
        check(200, "<p>" + padding + key() + " and more words after it", before);
        check(200, "<p title='" + std::string(65'536 - before, '.') + "'>" + key() + "</p>", before);
    }
}

TEST_F(QuotedSecrets, AtTheCutOfAnErrorInASuccess) {
    const std::vector<DecodingReader::Decode> decoders{
        [](std::string_view text) { internal::decodeExecutionPage(text, {}, {}); },
        [](std::string_view text) { internal::decodeExecutionDetail(text, ""); },
        [](std::string_view text) { internal::checkStopAnswer(text); },
        [](std::string_view text) { internal::decodeRerunAnswer(text); },
    };
    std::vector<std::string> known = spellings();
    // Cleaning removes the control character.
    known.push_back(key().substr(0, 10) + "\\u202e" + key().substr(10));
    for (const DecodingReader::Decode& decode : decoders) {
        for (const std::string& spelt : known) {
            for (std::size_t before = 165; before < 210; ++before) {
                HttpResponse answer;
                answer.status = 200;
                const std::string text = std::string(before, '.') + spelt + " and more";
                answer.body =
                    R"({"message":")" + text + R"(","error_code":")" + text + R"(","request_id":")" + text + "\"}";
                check(answer, decode, before);
            }
        }
    }
}

TEST_F(QuotedSecrets, AtTheCutOfARefusal) {
    for (const std::string& spelt : spellings()) {
        for (std::size_t before = 1960; before < 2010; ++before) {
            const std::string text = std::string(before, '.') + spelt + " and more";
            check(400, R"({"error":")" + text + R"(","request_id":")" + text + R"(","errors":[")" + text + "\"]}",
                  before);
            check(400, R"({"message":")" + text + R"(","error":[")" + text + "\"]}", before);
        }
        for (std::size_t before = 165; before < 210; ++before) {
            const std::string padding(before, '.');
            check(502, "<p>" + padding + spelt + " and more", before);
            check(502, padding + spelt + " and more", before);
        }
    }
}

TEST_F(QuotedSecrets, AtTheEndOfTheBodyThatIsKept) {
    for (const std::string& spelt : spellings()) {
        for (std::size_t before = 65'500; before < 65'540; ++before) {
            check(500, R"({"x":")" + std::string(before, '.') + spelt + "\"}", before);
        }
    }
}

TEST_F(QuotedSecrets, AtTheCutOfARequestId) {
    for (std::size_t before = 90; before < 130; ++before) {
        HttpResponse answer;
        answer.status = 500;
        answer.headers = {{"x-request-id", std::string(before, '.') + key() + " and more"}};
        check(
            answer, [](std::string_view) {}, before);
    }
}

TEST_F(QuotedSecrets, AtTheCutOfATransportsMessage) {
    for (std::size_t before = 560; before < 610; ++before) {
        transport = std::make_shared<testing::FakeTransport>();
        const std::string parted = key().substr(0, 10) + "\xE2\x80\xAE" + key().substr(10);
        transport->fail(TransportError::Kind::connect, std::string(before, '.') + parted + " and more");
        build();
        expectNoPart(failure<TransportError>().what(), before);
    }
}

TEST_F(QuotedSecrets, InTheHostOfARedirect) {
    auth = apiKey("tk-Made-Up-Key-0123", "user_12345");
    for (const char* place :
         {"https://tk-Made-Up-Key-0123.evil.example/", "https://tk%2dMade-Up-Key-0123.evil.example/",
          "//TK-MADE-UP-KEY-0123.evil.example", "https://evil.example/?tk-Made-Up-Key-0123", "https://user_12345/"}) {
        transport = std::make_shared<testing::FakeTransport>();
        build();
        transport->respond(302, "", {{"Location", place}});
        const auto error = failure<TransportError>();
        EXPECT_EQ(error.kind(), TransportError::Kind::redirect) << place;
        for (const char* part : {"ade-up", "ade-Up", "0123", "user_"}) {
            EXPECT_EQ(std::string(error.what()).find(part), std::string::npos) << error.what();
        }
    }
}

TEST_F(QuotedSecrets, DoNotHideTheRest) {
    EXPECT_NE(check(200, R"({"message":"unknown account user_12345","error":"GONE","request_id":"r-1"})", 0)
                  .find(R"(the answer is an error instead of a page: "unknown account ***: GONE" [request id r-1])"),
              std::string::npos);
    EXPECT_NE(check(200, "see user_12345 here", 0).find(R"(it begins with "see *** here")"), std::string::npos);
    EXPECT_NE(
        check(500, R"({"padding":")" + std::string(100'000, '.') + R"(","message":"behind it"})", 0).find("behind it"),
        std::string::npos);
}

TEST_F(QuotedSecrets, AHugeEchoTakesNoTime) {
    std::string body;
    while (body.size() < 4'000'000) body += "user_12345 ";
    const std::string message = check(500, body, 0);
    EXPECT_NE(message.find(": *** *** "), std::string::npos) << message;
    EXPECT_NE(check(500, R"({"message":")" + body + "\"}", 0).find(": *** *** "), std::string::npos);
}

}  // namespace
}  // namespace refold::test
