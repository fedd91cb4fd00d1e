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

/// Text from elsewhere as a page shows it: controls and marks that turn the reading direction replaced by something
/// visible, and no more of it than a reader can take in.
std::string pageText(std::string_view text);

/// For an element's text and for an attribute in quotes.
std::string escapeHtml(std::string_view text);

/// What stands in a template's places.
class PageValues {
  public:
    /// For `{{name}}`, which escapes it; `pageText` is for the caller to apply to what came from elsewhere.
    PageValues& set(const std::string& name, std::string text);
    /// For `{{&name}}`, which puts it in as it is: data that is already fit for its place.
    PageValues& setRaw(const std::string& name, std::string text);
    /// One more round of `{{#name}}…{{/name}}`, with values of its own beside those outside. The reference
    /// holds until the next round is added.
    PageValues& repeat(const std::string& name);
    /// No round of it: the section is left out.
    PageValues& leaveOut(const std::string& name);
    /// A round if `shown`, else none. Returns where the round's values go, or these where there is none.
    PageValues& showIf(bool shown, const std::string& name);

  private:
    friend class PageFiller;
    std::map<std::string, std::string> texts_;
    std::map<std::string, std::string> raw_;
    std::map<std::string, std::vector<PageValues>> sections_;
};

/// Throws `std::logic_error` for a place without a value and for a section without an end: both are mistakes in the
/// program.
std::string fillPage(std::string_view pageTemplate, const PageValues& values);

}  // namespace cli

#endif
