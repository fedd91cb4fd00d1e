// Fills an HTML template with escaped values. Used by the page of `history`; its template is embedded when the program
// is built (embed_page.cmake).
#ifndef REFOLD_EXECUTIONS_PAGE_TEMPLATE_HPP
#define REFOLD_EXECUTIONS_PAGE_TEMPLATE_HPP

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Makes text from outside safe for a page: replaces controls and marks of the reading direction by visible characters,
/// and truncates it.
std::string pageText(std::string_view text);

/// Escapes for an element's text and for an attribute in quotes.
std::string escapeHtml(std::string_view text);

/// The values of a template.
class PageValues {
  public:
    /// Sets `{{name}}`, which is escaped. Pass text from outside through `pageText` first.
    PageValues& set(const std::string& name, std::string text);
    /// Sets `{{&name}}`, which is inserted unchanged: data that is escaped already.
    PageValues& setRaw(const std::string& name, std::string text);
    /// Adds a round of `{{#name}}…{{/name}}` with its own values beside those outside. The reference is valid until the
    /// next round is added.
    PageValues& repeat(const std::string& name);
    /// Leaves the section out.
    PageValues& leaveOut(const std::string& name);
    /// Adds a round if `shown`, otherwise none. Returns the round's values, or these if there is none.
    PageValues& showIf(bool shown, const std::string& name);

  private:
    friend class PageFiller;
    std::map<std::string, std::string> texts_;
    std::map<std::string, std::string> raw_;
    std::map<std::string, std::vector<PageValues>> sections_;
};

/// Throws `std::logic_error` for a name without a value and for a section without an end: both are bugs.
std::string fillPage(std::string_view pageTemplate, const PageValues& values);

}  // namespace cli

#endif
