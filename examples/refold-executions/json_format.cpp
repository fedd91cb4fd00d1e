// Writes one execution per line between the brackets. An interrupted export has no closing bracket, so that it is not
// taken for a complete one; a resumed export continues after the comma.
#include "json_format.hpp"

#include "raw_json.hpp"

namespace cli {

void JsonFormat::begin(bool resumed) {
    first_ = !resumed;
    if (!resumed) output_.append("[");
}

void JsonFormat::write(const ShownRun& shown) {
    output_.append(first_ ? "\n" : ",\n");
    first_ = false;
    output_.append(onOneLine(shown.run.rawJson, forTerminal_));
}

void JsonFormat::end() {
    output_.append(first_ ? "]\n" : "\n]\n");
}

void JsonFormat::writePage(const refold::Page<refold::Execution>& page) {
    output_.append("{\"docs\":");
    begin(false);
    for (const refold::Execution& execution : page) write(execution);
    output_.append(first_ ? "]" : "\n]");
    output_.append(",\"totalDocs\":" + std::to_string(page.totalDocs) + ",\"limit\":" + std::to_string(page.limit) +
                   ",\"page\":" + std::to_string(page.page) + ",\"totalPages\":" + std::to_string(page.totalPages) +
                   ",\"hasNextPage\":" + (page.hasNextPage ? "true" : "false") + "}\n");
}

}  // namespace cli
