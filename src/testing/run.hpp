// The embedded server's runs in memory: small records with repeated texts in tables, so that a million runs fit and a
// page is assembled from ready pieces. Used by History, its generator and the JSON writer.
#ifndef REFOLD_TESTING_RUN_HPP
#define REFOLD_TESTING_RUN_HPP

#include <refold/testing/fake_server.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace refold::internal::fake {

/// The vendor's ids are MongoDB ObjectIds: four bytes of Unix seconds, then eight that differ.
using ObjectId = std::array<std::uint8_t, 12>;

std::string toHex(const ObjectId& id);

/// A list of distinct texts, identified by position.
class TextTable {
  public:
    std::uint16_t intern(std::string_view text);
    const std::string& operator[](std::size_t index) const { return texts_[index]; }
    std::size_t size() const noexcept { return texts_.size(); }

  private:
    std::vector<std::string> texts_;
};

struct Workflow {
    std::string id;
    std::string name;
    std::string slug;  ///< the application's; empty if there is none
    std::string applicationName;
    std::string applicationId;
    std::string triggerEvent;
    std::string configId;
    bool asciiOnly = false;  ///< names go out with `\u` escapes, as some servers write them
    // Derived from the above.
    std::string loweredName;
    std::string json;  ///< the members of a run that are its workflow's and its application's
};

/// The optional fields of a run.
enum class Shape : std::uint8_t {
    documented,  ///< those of the documentation's example, and when it ended
    later,       ///< and those of the vendor's later pages
    sparse       ///< with nulls and without some
};

struct Run {
    ObjectId id{};
    std::int64_t createdAt = 0;    ///< milliseconds since 1970
    std::int64_t completedAt = 0;  ///< likewise; 0: has not ended, or the server does not say when
    std::uint16_t workflow = 0;
    std::uint16_t status = 0;
    std::uint16_t type = 0;
    std::uint16_t source = 0;
    Shape shape = Shape::documented;
    std::uint8_t name = 0;     ///< 0: the usual; else a position in `unusualNames`
    std::uint8_t account = 0;  ///< a position in `RunTables::accounts`
    /// Set by a test, in place of generated values.
    std::unique_ptr<const refold::testing::FakeRun> added;

    std::string idText() const { return added ? added->id : toHex(id); }
    /// Returns the duration of a generated run, 40 ms to 8 minutes. Derives from the id, so it never changes.
    std::int64_t duration() const noexcept { return 40 + (id[10] * 256 + id[11]) * 7; }
};

/// Of a status that the embedded server gives.
inline bool hasEnded(std::string_view status) {
    return status != "RUNNING" && status != "STOPPING" && status != "QUEUED";
}

/// The texts that runs refer to.
struct RunTables {
    std::vector<Workflow> workflows;
    TextTable statuses;
    TextTable types;
    TextTable sources;
    std::string environment;
    std::vector<std::string> accounts;  ///< the first is the one whose history it is
};

}  // namespace refold::internal::fake

#endif
