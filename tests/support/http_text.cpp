// Builds valid answers; faulty ones are written out in the tables.
#include "support/http_text.hpp"

#include <cstdio>

namespace refold::test {

std::string head(std::string_view status, const HeaderLines& lines) {
    std::string text = "HTTP/1.1 " + std::string(status) + "\r\n";
    for (const std::string& line : lines) text += line + "\r\n";
    return text + "\r\n";
}

std::string response(std::string_view status, std::string_view body, HeaderLines lines) {
    bool typed = false;
    for (const std::string& line : lines) typed = typed || line.rfind("Content-Type:", 0) == 0;
    if (!typed) lines.insert(lines.begin(), "Content-Type: application/json; charset=utf-8");
    lines.push_back("Content-Length: " + std::to_string(body.size()));
    return head(status, lines) + std::string(body);
}

std::string chunk(std::string_view piece, std::string_view extension) {
    char size[32];
    std::snprintf(size, sizeof size, "%zx", piece.size());
    std::string text = size + std::string(extension) + "\r\n";
    if (!piece.empty()) text += std::string(piece) + "\r\n";
    return text;
}

std::string pageJson(int page, int count, bool hasNextPage) {
    std::string docs;
    for (int i = 0; i < count; ++i) {
        char id[25];
        std::snprintf(id, sizeof id, "%012x%012x", 0x6a31 + page, i);
        char created[40];
        std::snprintf(created, sizeof created, "2026-06-%02dT13:%02d:%02d.887Z", 28 - page % 28, 59 - i / 60 % 60,
                      59 - i % 60);
        if (!docs.empty()) docs += ",";
        docs += std::string(R"({"_id":")") + id +
                R"(","name":"Nightly import","org_id":"6500a1b2c3d4e5f6a7b8c9d0","environment":"test",)"
                R"("status":"COMPLETED",)"
                R"("associated_application":{"_id":"6992cc7dc124a392c80e9e9c","name":"Hubspot","icon":""},)"
                R"("associated_workflow":{"_id":"6a106ba44480b80424a65289","name":"Daily Sync","icon":""},)"
                R"("trigger_application_event":"Schedule","type_of_execution":"ASYNC","createdAt":")" +
                created + R"("})";
    }
    const int pages = hasNextPage ? page + 1 : page;
    return R"({"docs":[)" + docs + R"(],"totalDocs":)" + std::to_string(pages * count) + R"(,"limit":)" +
           std::to_string(count) + R"(,"page":)" + std::to_string(page) + R"(,"totalPages":)" + std::to_string(pages) +
           R"(,"hasNextPage":)" + (hasNextPage ? "true" : "false") + "}";
}

std::string okPage(int page, int count, bool hasNextPage) {
    return response("200 OK", pageJson(page, count, hasNextPage));
}

std::string errorJson(int status, std::string_view type, std::string_view message) {
    return R"({"status_code":)" + std::to_string(status) + R"(,"http_error_type":")" + std::string(type) +
           R"(","error_code":"SERVER_ERROR","message":")" + std::string(message) + R"(","request_id":"req_0001"})";
}

}  // namespace refold::test
