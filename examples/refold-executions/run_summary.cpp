#include "run_summary.hpp"

#include "display_text.hpp"
#include "report_line.hpp"
#include "run_columns.hpp"

#include <algorithm>

namespace cli {

std::vector<std::string> summaryLines(const std::vector<refold::Execution>& runs, refold::Timestamp now) {
    std::vector<std::string> lines(runs.size());
    for (const RunColumn column : {RunColumn::id, RunColumn::status, RunColumn::age, RunColumn::workflow}) {
        std::size_t width = 0;
        for (const std::string& line : lines) width = std::max(width, displayWidth(line));
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (width > 0) lines[i].append(width + columnGap - displayWidth(lines[i]), ' ');
            lines[i] += orDash(plainValue(column, runs[i], now));
        }
    }
    return lines;
}

}  // namespace cli
