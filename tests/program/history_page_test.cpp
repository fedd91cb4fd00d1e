// Tests the page of `history`: placeholders of the template, escaping, and the file to which it is written.
// tests/browser opens the page in a browser.
#include "history_page.hpp"

#include "atomic_file.hpp"
#include "exit_code.hpp"
#include "page_sources.hpp"
#include "page_template.hpp"
#include "support/temporary_directory.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <sys/stat.h>
#include <unistd.h>
#include <memory>
#include <stdexcept>
#include <vector>

namespace cli {
namespace {

TEST(PageTemplate, EscapesInsertedValues) {
    PageValues values;
    values.set("text", "<b a=\"1\" c='2'>&amp;</b>").setRaw("data", "<raw>");
    EXPECT_EQ(fillPage("<p title=\"{{text}}\">{{&data}}</p>", values),
              "<p title=\"&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;\"><raw></p>");
}

TEST(PageTemplate, RepeatsSections) {
    PageValues values;
    values.set("outer", "o").leaveOut("none");
    values.repeat("rows").set("cell", "1").repeat("inner").set("deep", "x");
    values.repeat("rows").set("cell", "{{outer}}").leaveOut("inner");
    EXPECT_EQ(fillPage("{{#rows}}[{{cell}}{{outer}}{{#inner}}{{deep}}{{/inner}}]{{/rows}}{{#none}}!{{/none}}", values),
              "[1ox][{{outer}}o]")
        << "placeholders in a value are not expanded";
}

TEST(PageTemplate, RefusesMistakes) {
    const PageValues values;
    for (const char* const wrong : {"{{missing}}", "{{#missing}}{{/missing}}", "{{&missing}}", "{{open", "{{}}"}) {
        EXPECT_THROW(fillPage(wrong, values), std::logic_error) << wrong;
    }
}

TEST(PageText, MakesTextSafe) {
    EXPECT_EQ(pageText("a\x1b[31m\xE2\x80\xAE"
                       "b\xFF"),
              "a\u241B[31m\uFFFD"
              "b\uFFFD");
    EXPECT_LE(pageText(std::string(10000, 'x')).size(), 203U);
}

class PageTest : public ::testing::Test {
  protected:
    void add(const std::string& name, const char* status, const char* time) {
        refold::Execution run;
        run.id = "id of " + name;
        run.status = status;
        run.createdAt = refold::parseTimestamp(time);
        run.associatedWorkflow = {name, name, ""};
        run.associatedApplication = {name, name, ""};
        page_.add(run, history_.summary.add(run));
    }

    std::string render() { return page_.render(history_); }

    static nlohmann::json dataOf(const std::string& page) {
        const std::string start = "<script type=\"application/json\" id=\"data\">";
        const std::size_t from = page.find(start) + start.size();
        return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
    }

    History history_;
    HistoryPage page_;
};

std::size_t occurrences(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST_F(PageTest, KeepsHostileNamesAsText) {
    add("</script><script>alert(1)</script>", "FAILED", "2026-06-16T13:15:00Z");
    add("<img src=x onerror=alert(1)>", "<b>", "2026-06-16T13:15:01Z");
    add("\" onmouseover=\"alert(1)", "COMPLETED", "2026-06-16T13:15:02Z");
    add("{{rows}}{{&data}}@SCRIPT@", "RUNNING", "2026-06-16T13:15:03Z");
    history_.filters = {{"workflow name", "<i>\x1b\xE2\x80\xAE"}};
    const std::string page = render();
    EXPECT_EQ(occurrences(page, "<script"), 2U);
    EXPECT_EQ(occurrences(page, "</script>"), 2U);
    EXPECT_EQ(page.find("<img"), std::string::npos);
    EXPECT_EQ(page.find("<b>"), std::string::npos);
    EXPECT_EQ(page.find("<i>"), std::string::npos);
    EXPECT_EQ(page.find("\" onmouseover"), page.find("\\\" onmouseover") + 1) << "only inside the quotes of the data";
    EXPECT_EQ(page.find('\x1b'), std::string::npos);
    EXPECT_EQ(page.find("\xE2\x80\xAE"), std::string::npos);
    EXPECT_EQ(dataOf(page)["workflows"][0][0], "</script><script>alert(1)</script>");
    EXPECT_EQ(dataOf(page)["workflows"][3][0], "{{rows}}{{&data}}@SCRIPT@");
}

TEST_F(PageTest, HasAllRunsAsDataAndTheLatestAsRows) {
    for (int i = 0; i < 500; ++i) {
        refold::Execution run;
        run.id = "run" + std::to_string(i);
        run.status = "COMPLETED";
        run.createdAt = refold::parseTimestamp("2026-06-16").value() + std::chrono::minutes(i);
        page_.add(run, history_.summary.add(run));
    }
    const std::string page = render();
    const nlohmann::json data = dataOf(page);
    ASSERT_EQ(data["runs"].size(), 500U);
    EXPECT_EQ(data["runs"][0][0], "run499") << "the latest run is first, though it was added last";
    EXPECT_EQ(occurrences(page, "class=\"c-status\""), HistoryPage::maxRows);
    EXPECT_NE(page.find(">run300<"), std::string::npos);
    EXPECT_EQ(page.find(">run299<"), std::string::npos);
    EXPECT_NE(page.find("The latest 200 of 500 runs"), std::string::npos);
}

/// Returns the headline and the explanation of a page of runs with these statuses.
struct Wording {
    std::vector<const char*> statuses;
    const char* headline;
    const char* explanation;
};

TEST_F(PageTest, DescribesEachState) {
    const Wording wordings[] = {
        {{"FAILED"}, ", failed<", "It is the only run of this period."},
        {{"RUNNING", "RUNNING"}, ", none has ended<", "There is no failure rate before a run has ended."},
        {{"FAILED", "ERRORED"}, ", all failed<", "None of them succeeded."},
        {{"FAILED", "RUNNING"}, ", all finished runs failed<", "None of the 1 finished run succeeded."},
        {{"COMPLETED", "RUNNING"}, ", none failed<", "1 run has ended."},
        {{"COMPLETED", "FAILED"}, ", 50.0% failed<", "The rate covers the 2 finished runs."},
    };
    for (const Wording& wording : wordings) {
        history_ = History();
        page_ = HistoryPage();
        for (const char* const status : wording.statuses) add("Daily Sync", status, "2026-06-16T13:15:00Z");
        const std::string page = render();
        EXPECT_NE(page.find(wording.headline), std::string::npos) << wording.headline;
        EXPECT_NE(page.find(wording.explanation), std::string::npos) << wording.explanation;
    }
}

TEST_F(PageTest, NamesTheCommandThatMadeIt) {
    add("Daily Sync", "FAILED", "2026-06-16T13:15:00Z");
    history_.from = refold::parseTimestamp("2026-06-09T13:20:00Z");
    history_.to = refold::parseTimestamp("2026-06-16T13:20:00Z").value();
    history_.filters = {{"workflow name", "It's $(daily)"}};
    EXPECT_NE(
        render().find(
            "<code>refold-executions history --start-date 2026-06-09T13:20:00.000Z --end-date "
            "2026-06-16T13:20:00.000Z --workflow-name &#39;It&#39;\\&#39;&#39;s $(daily)&#39; --html FILE</code>"),
        std::string::npos);
}

TEST_F(PageTest, ShowsAccountsOnlyIfThereAreSeveral) {
    refold::Execution run;
    run.id = "1";
    run.status = "FAILED";
    run.linkedAccountId = "first</script>";
    page_.add(run, history_.summary.add(run));
    EXPECT_EQ(render().find("id=\"account\""), std::string::npos);
    EXPECT_NE(render().find("for the account first&lt;/script&gt;"), std::string::npos);
    run.linkedAccountId.clear();
    page_.add(run, history_.summary.add(run));
    EXPECT_EQ(render().find("id=\"account\""), std::string::npos)
        << "a run without an account does not count as another account";
    run.linkedAccountId = "second";
    page_.add(run, history_.summary.add(run));
    const std::string page = render();
    EXPECT_NE(page.find("id=\"account\""), std::string::npos);
    EXPECT_NE(page.find("id=\"account-rates\""), std::string::npos);
    EXPECT_NE(page.find("<bdi class=\"account\">second</bdi>"), std::string::npos) << "for whom the latest run failed";
    EXPECT_EQ(dataOf(page)["accounts"][0][0], "first</script>");
    EXPECT_EQ(dataOf(page)["runs"][2][5], 2);
}

TEST_F(PageTest, ComparesWithThePreviousPeriod) {
    History before;
    for (const char* const status : {"FAILED", "COMPLETED", "COMPLETED", "COMPLETED"}) {
        refold::Execution run;
        run.status = status;
        run.associatedWorkflow = {"w", "Renamed since", ""};
        before.summary.add(run);
    }
    history_.previous = std::make_shared<const History>(before);
    for (const char* const status : {"FAILED", "FAILED", "COMPLETED", "COMPLETED"}) {
        refold::Execution run;
        run.status = status;
        run.associatedWorkflow = {"w", "Daily Sync", ""};
        page_.add(run, history_.summary.add(run));
    }
    const std::string page = render();
    EXPECT_NE(page.find("No clear change: 25.0% failed in the period before, +25.0 points may be chance."),
              std::string::npos);
    EXPECT_EQ(page.find("compare-accounts"), std::string::npos) << "one account needs no table of accounts";
    EXPECT_NE(
        page.find("<bdi>Daily Sync</bdi></th><td class=\"number\"><span>1 \u2192 2</span> <span "
                  "class=\"of-rate\">25.0% \u2192 50.0%</span></td><td class=\"number change\">+25.0 points, may be "
                  "chance</td>"),
        std::string::npos)
        << "a renamed workflow stays one row";
    EXPECT_EQ(page.find("Renamed since"), std::string::npos);
}

TEST_F(PageTest, ShowsWhyRunsFailedWhereItWasRead) {
    add("Daily Sync", "FAILED", "2026-06-16T13:15:00Z");
    EXPECT_EQ(render().find("id=\"why-failed\""), std::string::npos);
    ErrorGroups errors;
    refold::Execution run;
    run.id = "6a31";
    run.status = "FAILED";
    run.associatedWorkflow = {"w", "Daily <b>Sync</b>", ""};
    run.linkedAccountId = "acme";
    errors.add(run, {"Upsert", "record 4711 <i>not</i> found"});
    history_.errors = std::make_shared<const ErrorGroups>(errors);
    const std::string page = render();
    EXPECT_NE(page.find("<bdi>Upsert: record # &lt;i&gt;not&lt;/i&gt; found</bdi>"), std::string::npos);
    EXPECT_NE(page.find("<bdi>Daily &lt;b&gt;Sync&lt;/b&gt;</bdi>; for <bdi>acme</bdi>"), std::string::npos);
    EXPECT_NE(page.find(" --why --html FILE</code>"), std::string::npos) << "the command on the page asks for them too";
}

TEST_F(PageTest, ComparesAccountsIfThereAreSeveral) {
    History before;
    const auto run = [](const char* account, const char* status) {
        refold::Execution made;
        made.linkedAccountId = account;
        made.status = status;
        return made;
    };
    for (const char* const account : {"acme", "globex"}) before.summary.add(run(account, "COMPLETED"));
    history_.previous = std::make_shared<const History>(before);
    for (const refold::Execution& made : {run("acme", "FAILED"), run("globex", "COMPLETED")}) {
        page_.add(made, history_.summary.add(made));
    }
    const std::string page = render();
    const std::size_t table = page.find("id=\"compare-accounts\"");
    ASSERT_NE(table, std::string::npos);
    EXPECT_NE(page.find("<bdi>acme</bdi></th><td class=\"number\"><span>0 \u2192 1</span>", table), std::string::npos);
    EXPECT_EQ(page.find("<bdi>globex</bdi></th>", table), std::string::npos)
        << "an account without failures is not listed";
}

TEST_F(PageTest, WithoutRunsIsComplete) {
    const std::string page = render();
    EXPECT_NE(page.find("<h1>No runs<"), std::string::npos);
    EXPECT_NE(page.find("The server has no run in this period."), std::string::npos);
    EXPECT_EQ(page.find("id=\"runs\""), std::string::npos) << "no table if there are no rows";
    EXPECT_EQ(page.find("{{"), std::string::npos);
    EXPECT_NE(page.find("</html>"), std::string::npos);
}

TEST_F(PageTest, IsSelfContained) {
    add("Daily Sync", "FAILED", "2026-06-16T13:15:00Z");
    const std::string page = render();
    for (const char* const outside : {"http://", "https://", "src=", "@import", "<link", "@STYLE", "@SCRIPT"}) {
        EXPECT_EQ(page.find(outside), std::string::npos) << outside;
    }
    EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
    EXPECT_EQ(page.find("unsafe-inline"), std::string::npos);
    EXPECT_EQ(page.find(" style="), std::string::npos) << "the content security policy forbids style attributes";
}

class AtomicFileTest : public ::testing::Test {
  protected:
    static mode_t modeOf(const std::string& path) {
        struct stat status = {};
        return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
    }
    refold::test::TemporaryDirectory directory_;
};

TEST_F(AtomicFileTest, ReplacesAFileAndKeepsItsPermissions) {
    const std::string path = directory_.write("page.html", "old");
    ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
    AtomicFile("--html", path).write("new");
    EXPECT_EQ(directory_.read("page.html"), "new");
    EXPECT_EQ(modeOf(path), 0640U);
}

TEST_F(AtomicFileTest, FollowsALink) {
    directory_.write("real.html", "old");
    ASSERT_EQ(::symlink("real.html", directory_.file("link.html").c_str()), 0);
    AtomicFile("--html", directory_.file("link.html")).write("new");
    EXPECT_EQ(directory_.read("real.html"), "new");
}

TEST_F(AtomicFileTest, RefusesInvalidFiles) {
    for (const std::string& path : {directory_.path(), std::string("/dev/null"), directory_.file("none/page.html"),
                                    directory_.file("page.html/")}) {
        EXPECT_THROW(AtomicFile("--html", path), UsageError) << path;
    }
}

}  // namespace
}  // namespace cli
