// Answers as text: heads, whole responses, chunks, and valid pages. Used with `FaultServer`.
#ifndef REFOLD_TESTS_SUPPORT_HTTP_TEXT_HPP
#define REFOLD_TESTS_SUPPORT_HTTP_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace refold::test {

using HeaderLines = std::vector<std::string>;

/// The status line and header lines as they are, closed by the empty line. Nothing is added.
std::string head(std::string_view status, const HeaderLines& lines = {});

/// A whole response with a true Content-Length, as JSON unless a line names another Content-Type.
std::string response(std::string_view status, std::string_view body, HeaderLines lines = {});

/// A piece of a chunked body; an empty piece is the last chunk without the line that ends the body.
std::string chunk(std::string_view piece, std::string_view extension = {});

/// A page that the API could have sent: `count` runs whose ids are made of the page's number.
std::string pageJson(int page = 1, int count = 1, bool hasNextPage = false);

/// A 200 with a page.
std::string okPage(int page = 1, int count = 1, bool hasNextPage = false);

/// The vendor's error body.
std::string errorJson(int status, std::string_view type, std::string_view message);

}  // namespace refold::test

#endif
