// Tests small parts of the program: cells, lines, columns, ages, and the checkpoint's text.
#include "age.hpp"
#include "checkpoint_file.hpp"
#include "csv_format.hpp"
#include "display_text.hpp"
#include "number_text.hpp"
#include "progress_bar.hpp"
#include "raw_json.hpp"
#include "table_layout.hpp"
#include "wrapped_text.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace cli {
namespace {

using std::chrono::milliseconds;

TEST(CsvCell, IsQuotedIfNecessary) {
    EXPECT_EQ(csvCell(""), "");
    EXPECT_EQ(csvCell("plain text"), "plain text");
    EXPECT_EQ(csvCell("a,b"), "\"a,b\"");
    EXPECT_EQ(csvCell("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csvCell("two\r\nlines"), "\"two\r\nlines\"");
    EXPECT_EQ(csvCell(" padded "), "\" padded \"");
}

TEST(CsvCell, CannotBeAFormula) {
    EXPECT_EQ(csvCell("=1+1"), "'=1+1");
    EXPECT_EQ(csvCell("+49"), "'+49");
    EXPECT_EQ(csvCell("-1"), "'-1");
    EXPECT_EQ(csvCell("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(csvCell("\t=1"), "\"'\t'=1\"");
    EXPECT_EQ(csvCell("\xEF\xBC\x9D"
                      "1"),
              "'\xEF\xBC\x9D"
              "1")
        << "full-width equals sign";
    EXPECT_EQ(csvCell("a=b"), "a=b");
    EXPECT_EQ(csvCell(" =1"), "\" '=1\"");
}

TEST(CsvCell, CannotBeAFormulaWithAnySeparator) {
    EXPECT_EQ(csvCell("a;=1"), "\"a;'=1\"");
    EXPECT_EQ(csvCell("a,-1"), "\"a,'-1\"");
    EXPECT_EQ(csvCell("a\t@x"), "\"a\t'@x\"");
    EXPECT_EQ(csvCell("a|+1"), "\"a|'+1\"");
    EXPECT_EQ(csvCell("a\n=1"), "\"a\n'=1\"");
    EXPECT_EQ(csvCell("a;\"=1"), "\"a;\"\"'=1\"");
    EXPECT_EQ(csvCell("2026-06-16, on time"), "\"2026-06-16, on time\"");
}

TEST(RawJson, LosesNothingButLayout) {
    EXPECT_EQ(onOneLine("{\n\t\"a\" : 1.50e+10,\r\n \"b\\n\": \"\\t \" }", false),
              "{\"a\" : 1.50e+10, \"b\\n\": \"\\t \" }");
    EXPECT_EQ(onOneLine("\"\xC2\x9B\xE2\x80\xAE\x7F\"", false), "\"\xC2\x9B\xE2\x80\xAE\x7F\"");
    EXPECT_EQ(onOneLine("\"\xC2\x9B\xE2\x80\xAE\x7F\xF3\xA0\x80\xA0\"", true),
              "\"\\u009b\\u202e\\u007f\\udb40\\udc20\"");
    EXPECT_EQ(onOneLine("\"\xE6\x97\xA5\"", true), "\"\xE6\x97\xA5\"");
}

TEST(FormatAge, IsShort) {
    const refold::Timestamp now = refold::parseTimestamp("2026-06-16T13:15:00Z").value();
    const auto ago = [now](std::chrono::seconds distance) { return formatAge(now - distance, now); };
    EXPECT_EQ(ago(std::chrono::seconds(0)), "now");
    EXPECT_EQ(ago(std::chrono::seconds(59)), "59s ago");
    EXPECT_EQ(ago(std::chrono::seconds(119)), "1m ago");
    EXPECT_EQ(ago(std::chrono::hours(23)), "23h ago");
    EXPECT_EQ(ago(std::chrono::hours(24 * 29)), "29d ago");
    EXPECT_EQ(ago(std::chrono::hours(24 * 150)), "5mo ago");
    EXPECT_EQ(ago(std::chrono::hours(24 * 800)), "2y ago");
    EXPECT_EQ(ago(std::chrono::minutes(-5)), "in 5m");
}

TEST(NumberText, IsGrouped) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(24742), "24,742");
    EXPECT_EQ(grouped(1234567), "1,234,567");
    EXPECT_EQ(grouped(-123456), "-123,456");
    EXPECT_EQ(counted(1, "run"), "1 run");
    EXPECT_EQ(counted(2000, "run"), "2,000 runs");
    EXPECT_EQ(durationText(milliseconds(350)), "0.35 s");
    EXPECT_EQ(durationText(milliseconds(12400)), "12.4 s");
    EXPECT_EQ(durationText(milliseconds(200000)), "3m20s");
    EXPECT_EQ(durationText(milliseconds(3900000)), "1h05m");
}

using TableWidths = std::vector<std::size_t>;

const std::vector<RunColumn> usualColumns = {RunColumn::status, RunColumn::age, RunColumn::workflow,
                                             RunColumn::application, RunColumn::id};

TableWidths fit(const TableWidths& natural, std::optional<std::size_t> lineWidth) {
    return fitColumns(usualColumns, natural, lineWidth).widths;
}

std::size_t lineOf(const TableWidths& widths) {
    std::size_t sum = 0;
    for (const std::size_t width : widths) sum += width > 0 ? width + (sum > 0 ? 2 : 0) : 0;
    return sum;
}

TEST(FitColumns, FitsTheLineAndKeepsTheId) {
    // A status and an id take 37 columns.
    for (std::size_t line = 4; line <= 250; ++line) {
        for (const TableWidths& natural : {TableWidths{11, 8, 12, 11, 24}, TableWidths{30, 24, 500, 500, 24},
                                           TableWidths{11, 8, 500, 3, 24}, TableWidths{11, 8, 3, 500, 24}}) {
            const TableWidths widths = fit(natural, line);
            EXPECT_LE(lineOf(widths), std::max<std::size_t>(line, 37));
            EXPECT_EQ(widths[4], 24U) << line;
        }
    }
}

TEST(FitColumns, CutsNames) {
    const TableWidths at80 = fit({11, 8, 500, 500, 24}, 80);
    EXPECT_EQ(at80[0], 11U);
    EXPECT_EQ(at80[4], 24U);
    EXPECT_EQ(lineOf(at80), 80U);
    EXPECT_GT(at80[2], at80[3]);
    const TableWidths shortApplication = fit({11, 8, 500, 11, 24}, 100);
    EXPECT_EQ(shortApplication[3], 11U) << "the other column gets the width that a short name does not need";
    EXPECT_EQ(lineOf(shortApplication), 100U);
    const TableLayout at50 = fitColumns(usualColumns, {11, 8, 500, 500, 24}, 50);
    EXPECT_EQ(at50.leftOut, (std::vector<RunColumn>{RunColumn::application, RunColumn::age}));
    EXPECT_EQ(at50.widths, (TableWidths{11, 0, 11, 0, 24}));
    EXPECT_EQ(fit({11, 8, 20, 20, 24}, std::nullopt), (TableWidths{11, 8, 20, 20, 24}));
}

TEST(FitColumns, ShowsEveryColumnThatWasAskedFor) {
    const std::vector<RunColumn> asked = {RunColumn::status,   RunColumn::workflow, RunColumn::error,
                                          RunColumn::duration, RunColumn::account,  RunColumn::id};
    const TableWidths natural = {11, 30, 90, 8, 20, 24};
    const TableLayout wide = fitColumns(asked, natural, 200, Overflow::exceed);
    EXPECT_EQ(wide.widths, natural);
    EXPECT_FALSE(wide.errorBelow);
    const TableLayout at80 = fitColumns(asked, natural, 80, Overflow::exceed);
    EXPECT_TRUE(at80.errorBelow) << "an error is never cut";
    EXPECT_EQ(lineOf(at80.widths), 80U);
    EXPECT_EQ(at80.widths[5], 24U);
    const TableLayout at40 = fitColumns(asked, natural, 40, Overflow::exceed);
    EXPECT_EQ(at40.widths, (TableWidths{11, 10, 0, 8, 8, 24}));
    EXPECT_TRUE(at40.leftOut.empty());
}

TEST(IndentedText, WrapsAndIsSafe) {
    Terminal terminal;
    EXPECT_EQ(indentedText("the CRM closed the connection", terminal, 2), "  the CRM closed the connection\n");
    terminal.width = 18;
    EXPECT_EQ(indentedText("the CRM closed the connection", terminal, 2), "  the CRM closed\n  the connection\n");
    EXPECT_EQ(indentedText("\x1b[31m", terminal, 2), "  ?[31m\n");
}

TEST(ProgressLine, ShowsHowFarItIs) {
    Progress progress;
    progress.done = 12300;
    progress.total = 24742;
    progress.requests = 124;
    progress.elapsed = std::chrono::seconds(30);
    EXPECT_EQ(progressLine(progress, 200, Charset::ascii),
              "[###################.....................] 12,300/24,742  49%  410/s  31s left  124 requests");
    EXPECT_EQ(displayWidth(progressLine(progress, 200, Charset::utf8)),
              displayWidth(progressLine(progress, 200, Charset::ascii)));
    for (std::size_t width = 1; width < 120; ++width) {
        EXPECT_LE(displayWidth(progressLine(progress, width, Charset::utf8)), width);
    }
    progress.total = 0;
    EXPECT_EQ(progressLine(progress, 200, Charset::ascii), "12,300 runs  410/s  124 requests");
}

TEST(WrapText, BreaksAtBlanksAndInsideOfLongWords) {
    using Lines = std::vector<std::string>;
    EXPECT_EQ(wrapText("one two three", 20), (Lines{"one two three"}));
    EXPECT_EQ(wrapText("one two three", 7), (Lines{"one two", "three"}));
    EXPECT_EQ(wrapText("one two three", 9), (Lines{"one two", "three"}));
    EXPECT_EQ(wrapText("abcdefgh ij", 4), (Lines{"abcd", "efgh", "ij"}));
    EXPECT_EQ(wrapText("\u65e5\u6b21\u540c\u671f", 5), (Lines{"\u65e5\u6b21", "\u540c\u671f"}));
    EXPECT_EQ(wrapText("", 5), (Lines{""}));
}

TEST(ProgressLine, NeverPassesItsTotal) {
    Progress progress;
    progress.phase = "the period before";
    progress.done = 120;
    progress.total = 80;
    progress.elapsed = std::chrono::seconds(10);
    const std::string line = progressLine(progress, 200, Charset::ascii);
    EXPECT_NE(line.find("] the period before: 120/120  100%"), std::string::npos) << line;
    EXPECT_EQ(line.find("left"), std::string::npos) << line;
}

TEST(ProgressLine, ComputesTheRateWithoutEarlierAttempts) {
    Progress progress;
    progress.done = 10100;
    progress.doneBefore = 10000;
    progress.total = 10200;
    progress.elapsed = std::chrono::seconds(10);
    const std::string line = progressLine(progress, 200, Charset::ascii);
    EXPECT_NE(line.find("  10/s  11s left"), std::string::npos) << line;
}

TEST(ExportState, RoundTrips) {
    ExportState state;
    state.running = false;
    state.format = Format::csv;
    state.source = 0xcbf29ce484222325U;
    state.written = 4200;
    state.startDate = ResolvedDate{"7d", refold::parseTimestamp("2026-06-09T13:15:00.887Z").value()};
    state.output = OutputFile{65024, 12345678, 987654321};
    state.position = "v1.abc+/= def";
    const auto read = readExportState(writeExportState(state));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->running, false);
    EXPECT_EQ(read->format, Format::csv);
    EXPECT_EQ(read->source, state.source);
    EXPECT_EQ(read->written, 4200);
    EXPECT_EQ(read->startDate->text, "7d");
    EXPECT_EQ(read->startDate->time, state.startDate->time);
    EXPECT_FALSE(read->endDate);
    EXPECT_EQ(read->output->inode, 12345678U);
    EXPECT_EQ(read->output->size, 987654321U);
    EXPECT_EQ(read->position, state.position);
}

TEST(ExportState, IsRefusedWhenTruncated) {
    ExportState state;
    state.written = 1;
    state.position = "here";
    const std::string whole = writeExportState(state);
    // A missing line end after the last line is accepted.
    for (std::size_t size = 0; size + 1 < whole.size(); ++size)
        EXPECT_FALSE(readExportState(whole.substr(0, size))) << size;
    EXPECT_FALSE(readExportState("x" + whole));
    EXPECT_FALSE(readExportState(whole.substr(0, whole.find("written")) + whole.substr(whole.find("position"))));
}

}  // namespace
}  // namespace cli
