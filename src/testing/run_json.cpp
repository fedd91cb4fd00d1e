// Writes runs as JSON.
#include "testing/run_json.hpp"

#include <array>
#include <cstdio>

namespace refold::internal::fake {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

constexpr std::array<std::string_view, unusualNameCount> unusualNames = {
    "Rerun of \"Daily Sync\", by hand",
    "first line\nsecond line\r\nthird\tline",
    "C:\\exports\\2026, \\\"quoted\\\"",
    "Größenänderung – Übertrag €",
    "日次同期 — 実行",
    "🚀 launch 👩‍💻 done ✅",
    "مزامنة العملاء",
    "\x1b[31mred\x1b[0m \x07 bell",
    "=HYPERLINK(\"http://example.invalid\",\"click\")",
    "<b>bold</b> & <script>alert(1)</script>",
    "Cafe\u0301 \u200bzero\u00a0width \u202Eright\u202C",
    "",
};

/// Decodes a code point of valid UTF-8 and advances past it.
char32_t nextCodePoint(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80 ? 1U : first < 0xE0 ? 2U : first < 0xF0 ? 3U : 4U;
    char32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < text.size(); ++i) point = (point << 6U) | (byte(at + i) & 0x3FU);
    at += length;
    return point;
}

void appendEscape(std::string& out, char32_t unit) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += hexDigits[(unit >> static_cast<unsigned>(shift)) & 0xFU];
}

void appendTime(std::string& out, std::int64_t milliseconds) {
    out += '"';
    out += formatTimestamp(Timestamp(std::chrono::milliseconds(milliseconds)));
    out += '"';
}

std::string nameOf(const Run& run, const Workflow& workflow) {
    if (run.added && !run.added->name.empty()) return run.added->name;
    if (run.name != 0) return std::string(unusualName(run.name - 1U));
    return "Execution for workflow " + workflow.id;
}

/// Appends the members that only newer servers send. Their values derive from the id, so they never change.
void appendLaterMembers(std::string& out, const Run& run, const RunTables& tables) {
    const unsigned variety = run.id[10] * 256U + run.id[11];
    const std::int64_t duration = run.duration();
    const bool ended = hasEnded(tables.statuses[run.status]);

    out += ",\"id\":\"" + run.idText() + "\",\"updatedAt\":";
    appendTime(out, run.completedAt != 0 ? run.completedAt : run.createdAt);
    if (!ended) out += ",\"completion_time\":null";
    out += ",\"completion_percentage\":" + std::to_string(ended ? 100 : variety % 100);
    // More digits than a double holds, so that tests notice if they are lost.
    out += ",\"instance_execution_time\":" + std::to_string(duration / 1000) + "." +
           std::to_string(100 + duration % 900) + "0123456789012345";
    out += ",\"is_child_instance\":";
    out += variety % 9 == 0 ? "true" : "false";
    out += ",\"is_seed\":false,\"executed_by_thanos\":";
    out += variety % 2 == 0 ? "true" : "false";
    out += ",\"store_variables\":{\"kept\":true},\"associated_event_id\":\"evt_" + std::to_string(variety) + "\"";
    out +=
        ",\"associated_trigger_application\":{\"_id\":\"6992cc7dc124a392c80e9e9d\",\"name\":\"Refold\",\"icon\":null,"
        "\"app_type\":\"native\",\"origin_trigger\":{\"_id\":\"6992cc7dc124a392c80e9e9e\",\"name\":\"On a schedule\"}}";
    out +=
        ",\"custom_trigger_id\":null,\"custom_application_id\":null,\"linked_account_data\":{\"tier\":\"gold\","
        "\"seats\":[1,2,3]}";
    out +=
        ",\"custom_field_values\":{\"nested\":{\"empty\":{},\"list\":[]}},\"a_field_of_tomorrow\":{\"big\":"
        "12345678901234567890}";
}

}  // namespace

std::string toHex(const ObjectId& id) {
    std::string text;
    text.reserve(id.size() * 2);
    for (const std::uint8_t byte : id) {
        text += hexDigits[byte >> 4U];
        text += hexDigits[byte & 0xFU];
    }
    return text;
}

std::uint16_t TextTable::intern(std::string_view text) {
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        if (texts_[i] == text) return static_cast<std::uint16_t>(i);
    }
    texts_.emplace_back(text);
    return static_cast<std::uint16_t>(texts_.size() - 1);
}

std::string_view unusualName(std::size_t index) {
    return unusualNames[index % unusualNames.size()];
}

void appendJsonString(std::string& out, std::string_view text, bool asciiOnly) {
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x80 && asciiOnly) {
            const char32_t point = nextCodePoint(text, i);
            if (point < 0x10000) {
                appendEscape(out, point);
            } else {
                appendEscape(out, 0xD800 + ((point - 0x10000) >> 10U));
                appendEscape(out, 0xDC00 + ((point - 0x10000) & 0x3FFU));
            }
            continue;
        }
        ++i;
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    appendEscape(out, static_cast<unsigned char>(c));
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

void finishWorkflow(Workflow& workflow) {
    workflow.loweredName = workflow.name;
    for (char& c : workflow.loweredName) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    std::string& json = workflow.json;
    json = ",\"associated_application\":";
    if (workflow.slug.empty()) {
        json += "null";
    } else {
        json += "{\"_id\":\"" + workflow.applicationId + "\",\"name\":";
        appendJsonString(json, workflow.applicationName, workflow.asciiOnly);
        json += ",\"icon\":";
        appendJsonString(json, "https://cobalt-app-logos.s3.ap-south-1.amazonaws.com/" + workflow.slug + "/logo.png");
        json += '}';
    }
    json += ",\"associated_workflow\":{\"_id\":";
    appendJsonString(json, workflow.id);
    json += ",\"name\":";
    appendJsonString(json, workflow.name, workflow.asciiOnly);
    json += ",\"icon\":\"\"},\"trigger_application_event\":";
    appendJsonString(json, workflow.triggerEvent);
}

void appendRunJson(std::string& out, const Run& run, const RunTables& tables) {
    if (run.added && !run.added->json.empty()) {
        out += run.added->json;
        return;
    }
    const Workflow& workflow = tables.workflows[run.workflow];
    out += "{\"_id\":";
    appendJsonString(out, run.idText());
    out += ",\"name\":";
    appendJsonString(out, nameOf(run, workflow), workflow.asciiOnly);
    out += ",\"org_id\":\"6500a1b2c3d4e5f6a7b8c9d0\",\"environment\":\"";
    out += tables.environment;
    out += "\",\"status\":";
    appendJsonString(out, tables.statuses[run.status]);
    out += workflow.json;
    if (run.shape == Shape::sparse) {
        out += ",\"linked_account_id\":null";
    } else {
        out += ",\"linked_account_id\":";
        appendJsonString(out, tables.accounts[run.account]);
        out += ",\"config_id\":";
        appendJsonString(out, workflow.configId.empty() ? tables.accounts[run.account] : workflow.configId);
    }
    out += ",\"type_of_execution\":";
    appendJsonString(out, tables.types[run.type]);
    out += ",\"createdAt\":";
    appendTime(out, run.createdAt);
    if (run.completedAt != 0 && run.shape != Shape::sparse) {
        out += ",\"completion_time\":";
        appendTime(out, run.completedAt);
    }
    if (run.shape == Shape::later) appendLaterMembers(out, run, tables);
    out += '}';
}

}  // namespace refold::internal::fake
