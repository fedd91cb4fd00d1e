// Answers as text: heads, whole responses, chunks, and valid pages. Used with `FaultServer`.
#ifndef REFOLD_TESTS_SUPPORT_HTTP_TEXT_HPP
#define REFOLD_TESTS_SUPPORT_HTTP_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace refold::test {

using HeaderLines = std::vector<std::string>;

/// The status line and header lines unchanged, followed by the empty line.
std::string head(std::string_view status, const HeaderLines& lines = {});

/// A whole response with the correct Content-Length, as JSON unless a header line names another Content-Type.
std::string response(std::string_view status, std::string_view body, HeaderLines lines = {});

/// A piece of a chunked body; an empty piece is the last chunk without the line that ends the body.
std::string chunk(std::string_view piece, std::string_view extension = {});

/// A page as the API sends it: `count` runs whose ids derive from the page's number.
std::string pageJson(int page = 1, int count = 1, bool hasNextPage = false);

/// A 200 with a page.
std::string okPage(int page = 1, int count = 1, bool hasNextPage = false);

/// The vendor's error body.
std::string errorJson(int status, std::string_view type, std::string_view message);

}  // namespace refold::test

#endif
