// A directory that is removed with the object. Used by tests that need files: nginx, certificates, a home directory.
#ifndef REFOLD_TESTS_SUPPORT_TEMPORARY_DIRECTORY_HPP
#define REFOLD_TESTS_SUPPORT_TEMPORARY_DIRECTORY_HPP

#include <string>
#include <string_view>

namespace refold::test {

class TemporaryDirectory {
  public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    const std::string& path() const noexcept { return path_; }
    std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }
    /// Writes a file and returns its path.
    std::string write(std::string_view name, std::string_view text) const;
    /// Returns the text of a file; empty if there is none.
    std::string read(std::string_view name) const;

  private:
    std::string path_;
};

}  // namespace refold::test

#endif
