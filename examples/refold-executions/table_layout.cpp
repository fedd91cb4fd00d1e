#include "table_layout.hpp"

#include "report_line.hpp"

#include <algorithm>
#include <utility>

namespace cli {
namespace {

constexpr std::size_t widestText = 64;
constexpr std::size_t widestError = 200;

class Fitting {
  public:
    Fitting(const std::vector<RunColumn>& columns, const std::vector<std::size_t>& natural, std::size_t lineWidth)
        : columns_(columns), natural_(natural), lineWidth_(lineWidth) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::size_t narrowest = layoutOf(columns[i]).narrowest;
            layout_.widths.push_back(narrowest > 0 ? std::min(narrowest, natural[i]) : natural[i]);
        }
    }

    TableLayout fit(Overflow overflow) {
        if (overflow == Overflow::exceed) {
            moveErrorBelow();
        } else {
            while (excess() > 0 && leaveOutNext()) continue;
        }
        share();
        return std::move(layout_);
    }

  private:
    std::size_t taken() const noexcept {
        std::size_t sum = 0;
        for (const std::size_t width : layout_.widths) {
            if (width > 0) sum += width + (sum > 0 ? columnGap : 0);
        }
        return sum;
    }
    std::size_t excess() const noexcept { return taken() - std::min(taken(), lineWidth_); }

    void moveErrorBelow() {
        const auto error = std::find(columns_.begin(), columns_.end(), RunColumn::error);
        if (error == columns_.end() || excess() == 0) return;
        layout_.widths[static_cast<std::size_t>(error - columns_.begin())] = 0;
        layout_.errorBelow = true;
    }

    bool leaveOutNext() {
        std::size_t next = columns_.size();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const int rank = layoutOf(columns_[i]).leftOut;
            if (rank == 0 || layout_.widths[i] == 0) continue;
            if (next == columns_.size() || rank < layoutOf(columns_[next]).leftOut) next = i;
        }
        if (next == columns_.size()) return false;
        layout_.widths[next] = 0;
        layout_.leftOut.push_back(columns_[next]);
        return true;
    }

    /// Widens texts from their narrowest width, the most important ones by more, up to what they need.
    void share() {
        for (std::size_t room = lineWidth_ - std::min(taken(), lineWidth_); room > 0;) {
            std::size_t wanting = columns_.size();
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                const std::size_t width = layout_.widths[i];
                if (width == 0 || width >= natural_[i]) continue;
                if (wanting == columns_.size() ||
                    width * layoutOf(columns_[wanting]).share < layout_.widths[wanting] * layoutOf(columns_[i]).share) {
                    wanting = i;
                }
            }
            if (wanting == columns_.size()) return;
            ++layout_.widths[wanting];
            --room;
        }
    }

    const std::vector<RunColumn>& columns_;
    const std::vector<std::size_t>& natural_;
    std::size_t lineWidth_;
    TableLayout layout_ = {};
};

}  // namespace

std::size_t widestOf(RunColumn column) noexcept {
    return column == RunColumn::error ? widestError : widestText;
}

TableLayout fitColumns(const std::vector<RunColumn>& columns, const std::vector<std::size_t>& natural,
                       std::optional<std::size_t> lineWidth, Overflow overflow) {
    std::vector<std::size_t> wanted = natural;
    for (std::size_t i = 0; i < columns.size(); ++i) wanted[i] = std::min(wanted[i], widestOf(columns[i]));
    if (!lineWidth) return {std::move(wanted), {}, false};
    return Fitting(columns, wanted, *lineWidth).fit(overflow);
}

}  // namespace cli
