// Measures decoding a page of 100 executions into structs: the library's way (SAX events straight into the structs,
// `rawJson` as a slice of the body) and the way a user would write it (nlohmann's DOM, then the same structs). The
// latter is measured with `rawJson` by dump(), and without it, which is less work than the library does. The last line
// compares with the faster of the two.
#include "codec/execution_page_codec.hpp"

#include <refold/detail/execution_fields.hpp>
#include <refold/execution.hpp>
#include <refold/page.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using Json = nlohmann::json;

/// A page as the API sends it: the documented fields, compact, ids of 24 digits, some non-ASCII names.
std::string makeBody() {
    constexpr int count = 100;
    constexpr std::array<const char*, 4> statuses{"COMPLETED", "COMPLETED", "FAILED", "RUNNING"};
    constexpr std::array<const char*, 5> workflows{"Daily Sync", "Lead enrichment", "Fakturen übertragen",
                                                   "Export \\\"Q3\\\" to sheet", "顧客データ同期"};
    std::string body = R"({"docs":[)";
    for (int i = 0; i < count; ++i) {
        const auto index = static_cast<std::size_t>(i);
        const std::string digits = std::to_string(100'000 + i * 37);
        if (i != 0) body += ',';
        body += R"({"_id":"6a314c54d4616e99e7)" + digits + R"(","name":"Execution for workflow 6a106ba44480b80424)" +
                digits + R"(","org_id":"6500a1b2c3d4e5f6a7b8c9d0","environment":"production","status":")" +
                statuses[index % statuses.size()] +
                R"(","associated_application":{"_id":"6992cc7dc124a392c80e9e9c","name":"Hubspot",)"
                R"("icon":"https://cobalt-app-logos.s3.ap-south-1.amazonaws.com/hubspot/logo.png"},)"
                R"("associated_workflow":{"_id":"6a106ba44480b80424)" +
                digits + R"(","name":")" + workflows[index % workflows.size()] +
                R"(","icon":""},"trigger_application_event":"Schedule","linked_account_id":"user_12345",)"
                R"("config_id":"user_12345","type_of_execution":"ASYNC","createdAt":"2026-06-16T13:15:)" +
                std::to_string(10 + i % 50) + R"(.887Z"})";
    }
    return body + R"(],"totalDocs":24742,"limit":100,"page":1,"totalPages":248,"hasNextPage":true})";
}

const std::string& body() {
    static const std::string text = makeBody();
    return text;
}

template <class Object>
void fillFromDom(Json& json, Object& object);

/// Moves strings out of the tree, as a careful user would.
template <class Member>
void fillMember(Json& json, Member& member) {
    if constexpr (std::is_same_v<Member, std::string>) {
        if (json.is_string()) member = std::move(json.get_ref<std::string&>());
    } else if constexpr (std::is_same_v<Member, std::optional<refold::Timestamp>>) {
        if (json.is_string()) member = refold::parseTimestamp(json.get_ref<std::string&>());
    } else if constexpr (std::is_same_v<Member, std::optional<double>>) {
        if (json.is_number()) member = json.get<double>();
    } else if constexpr (std::is_same_v<Member, std::optional<bool>>) {
        if (json.is_boolean()) member = json.get<bool>();
    } else if constexpr (std::is_constructible_v<Member, std::string>) {
        if (json.is_string()) member = Member(std::move(json.get_ref<std::string&>()));
    } else {
        if (json.is_object()) fillFromDom(json, member);
    }
}

template <class Text>
void fillMember(Json& json, refold::internal::JsonText<Text>& member) {
    *member.text = json.dump();
}

template <class Object>
void fillFromDom(Json& json, Object& object) {
    refold::internal::visitFields(object, [&json](std::string_view name, auto&& member) {
        const auto field = json.find(name);
        if (field != json.end()) fillMember(*field, member);
        return false;
    });
}

refold::Page<refold::Execution> decodeByDom(const std::string& text, bool withRawJson) {
    Json json = Json::parse(text);
    refold::Page<refold::Execution> page;
    auto& docs = json.at("docs");
    page.docs.reserve(docs.size());
    for (Json& doc : docs) {
        refold::Execution& execution = page.docs.emplace_back();
        if (withRawJson) execution.rawJson = doc.dump();
        fillFromDom(doc, execution);
    }
    page.totalDocs = json.at("totalDocs").get<std::int64_t>();
    page.limit = json.at("limit").get<std::int64_t>();
    page.page = json.at("page").get<std::int64_t>();
    page.totalPages = json.at("totalPages").get<std::int64_t>();
    page.hasNextPage = json.at("hasNextPage").get<bool>();
    return page;
}

void setThroughput(benchmark::State& state) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body().size()));
}

void sax(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(refold::internal::decodeExecutionPage(body(), 1, 100));
    setThroughput(state);
}

void domWithoutRawJson(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(decodeByDom(body(), false));
    setThroughput(state);
}

void domWithRawJson(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(decodeByDom(body(), true));
    setThroughput(state);
}

/// Prints as usual, and records each benchmark's best time.
class BestTimes : public benchmark::ConsoleReporter {
  public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            const bool isTime = run.run_type == Run::RT_Iteration || run.aggregate_name == "median";
            if (!isTime || run.error_occurred) continue;
            const double time = run.GetAdjustedCPUTime();
            const auto [known, isNew] = times_.emplace(run.run_name.function_name, time);
            if (!isNew) known->second = std::min(known->second, time);
        }
        ConsoleReporter::ReportRuns(runs);
    }

    double of(const std::string& name) const {
        const auto known = times_.find(name);
        return known == times_.end() ? 0 : known->second;
    }

  private:
    std::map<std::string, double> times_;
};

/// True if both ways give the same executions.
bool agree() {
    const auto ours = refold::internal::decodeExecutionPage(body(), 1, 100);
    const auto theirs = decodeByDom(body(), true);
    return ours.size() == theirs.size() && ours.totalDocs == theirs.totalDocs &&
           std::equal(ours.begin(), ours.end(), theirs.begin(), [](const auto& a, const auto& b) {
               return a.id == b.id && a.name == b.name && a.status == b.status && a.createdAt == b.createdAt &&
                      a.associatedWorkflow.name == b.associatedWorkflow.name &&
                      Json::parse(a.rawJson) == Json::parse(b.rawJson);
           });
}

}  // namespace

// Takes the best of several rounds in turn, because other load on the machine can only make a round slower.
BENCHMARK(sax)->Unit(benchmark::kMicrosecond)->MinTime(0.2)->Repetitions(5);
BENCHMARK(domWithoutRawJson)->Unit(benchmark::kMicrosecond)->MinTime(0.2)->Repetitions(5);
BENCHMARK(domWithRawJson)->Unit(benchmark::kMicrosecond)->MinTime(0.2)->Repetitions(5);

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    if (!agree()) {
        std::fputs("the two ways do not give the same executions\n", stderr);
        return 1;
    }
    BestTimes times;
    benchmark::RunSpecifiedBenchmarks(&times);
    const double saxTime = times.of("sax");
    if (saxTime <= 0 || times.of("domWithRawJson") <= 0 || times.of("domWithoutRawJson") <= 0) return 0;
    std::printf("parse: sax with rawJson is %.1f times as fast as dom with rawJson by dump()\n",
                times.of("domWithRawJson") / saxTime);
    std::printf("parse: sax is %.1f times as fast as dom\n", times.of("domWithoutRawJson") / saxTime);
    return 0;
}
