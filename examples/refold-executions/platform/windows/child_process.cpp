// The input is a temporary file: a command that does not read it, or not all of it, cannot stop the watch.
#include "platform/child_process.hpp"

#include "platform/windows/system.hpp"
#include "system_reason.hpp"

#include <io.h>
#include <algorithm>
#include <cwchar>
#include <cwctype>
#include <memory>

namespace cli::platform {
namespace {

constexpr DWORD pauseMilliseconds = 10;

std::string lastReason() {
    return reasonOf(errnoOf(::GetLastError()));
}

SECURITY_ATTRIBUTES inheritable() {
    return {sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
}

/// A file that goes with its last handle, at its beginning.
HANDLE temporaryFileWith(const std::string& text) {
    wchar_t directory[MAX_PATH + 1] = {};
    wchar_t path[MAX_PATH + 1] = {};
    if (::GetTempPathW(MAX_PATH, directory) == 0 || ::GetTempFileNameW(directory, L"rfl", 0, path) == 0) return nullptr;
    SECURITY_ATTRIBUTES attributes = inheritable();
    const HANDLE file =
        ::CreateFileW(path, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE, &attributes,
                      CREATE_ALWAYS, FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, nullptr);
    if (file == INVALID_HANDLE_VALUE) return nullptr;
    DWORD written = 0;
    const bool isWritten = ::WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &written, nullptr) != 0;
    if (isWritten && written == text.size() && ::SetFilePointer(file, 0, nullptr, FILE_BEGIN) == 0) return file;
    ::CloseHandle(file);
    return nullptr;
}

/// stderr, for the command's stdout and stderr.
HANDLE inheritableErrorStream() {
    HANDLE copy = nullptr;
    const auto original = reinterpret_cast<HANDLE>(::_get_osfhandle(2));
    ::DuplicateHandle(::GetCurrentProcess(), original, ::GetCurrentProcess(), &copy, 0, TRUE, DUPLICATE_SAME_ACCESS);
    return copy;
}

bool isNamed(const std::wstring& entry, const std::wstring& name) {
    const auto sameLetter = [](wchar_t a, wchar_t b) { return std::towupper(a) == std::towupper(b); };
    return entry.size() > name.size() && entry[name.size()] == L'=' &&
           std::equal(name.begin(), name.end(), entry.begin(), sameLetter);
}

/// The environment with the variables instead of those of the same names.
std::wstring environmentWith(const std::vector<std::pair<std::string, std::string>>& variables) {
    std::wstring block;
    const auto append = [&block](const std::wstring& entry) { block.append(entry).push_back(L'\0'); };
    const std::unique_ptr<wchar_t, decltype(&::FreeEnvironmentStringsW)> own(::GetEnvironmentStringsW(),
                                                                             &::FreeEnvironmentStringsW);
    for (const wchar_t* at = own.get(); at != nullptr && *at != L'\0'; at += std::wcslen(at) + 1) {
        const std::wstring entry = at;
        const bool replaced = std::any_of(variables.begin(), variables.end(), [&entry](const auto& variable) {
            return isNamed(entry, toUtf16(variable.first));
        });
        if (!replaced) append(entry);
    }
    // An entry ends at its first NUL.
    for (const auto& [name, value] : variables) append(toUtf16(name + "=" + value.substr(0, value.find('\0'))));
    block.push_back(L'\0');
    return block;
}

/// The handles that a process inherits, and no others: connections stay ours.
class InheritedHandles {
  public:
    InheritedHandles(HANDLE first, HANDLE second) : handles_{first, second} {
        SIZE_T size = 0;
        ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        buffer_.resize(size);
        ::InitializeProcThreadAttributeList(list(), 1, 0, &size);
        ::UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles_, sizeof handles_, nullptr,
                                    nullptr);
    }
    InheritedHandles(const InheritedHandles&) = delete;
    InheritedHandles& operator=(const InheritedHandles&) = delete;
    ~InheritedHandles() { ::DeleteProcThreadAttributeList(list()); }

    LPPROC_THREAD_ATTRIBUTE_LIST list() { return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(buffer_.data()); }

  private:
    HANDLE handles_[2];
    std::vector<char> buffer_;
};

/// Ends what the command has started too.
HANDLE jobThatEndsItsProcesses() {
    const HANDLE job = ::CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    ::SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

}  // namespace

std::string runCommand(const std::string& command, const std::string& input,
                       const std::vector<std::pair<std::string, std::string>>& variables,
                       const refold::CancelToken& cancel) {
    const Handle file(temporaryFileWith(input));
    if (!file.isOpen()) return "cannot be started: no temporary file for its input";
    const Handle messages(inheritableErrorStream());
    InheritedHandles inherited(file.get(), messages.get());
    STARTUPINFOEXW startup = {};
    startup.StartupInfo.cb = sizeof startup;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = file.get();
    startup.StartupInfo.hStdOutput = messages.get();
    startup.StartupInfo.hStdError = messages.get();
    startup.lpAttributeList = inherited.list();
    // With /s the shell takes off the outer quotes, and these only.
    std::wstring line = L"cmd.exe /d /s /c \"" + toUtf16(command) + L"\"";
    std::wstring environment = environmentWith(variables);
    PROCESS_INFORMATION started = {};
    constexpr DWORD flags = EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT | CREATE_SUSPENDED;
    if (::CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, flags, environment.data(), nullptr,
                         &startup.StartupInfo, &started) == 0) {
        return "cannot be started: " + lastReason();
    }
    const Handle process(started.hProcess);
    const Handle thread(started.hThread);
    const Handle job(jobThatEndsItsProcesses());
    ::AssignProcessToJobObject(job.get(), process.get());
    ::ResumeThread(thread.get());
    while (::WaitForSingleObject(process.get(), pauseMilliseconds) == WAIT_TIMEOUT) {
        if (!cancel.isCancelled()) continue;
        ::TerminateJobObject(job.get(), 1);
        ::WaitForSingleObject(process.get(), INFINITE);
        return "was ended";
    }
    DWORD code = 0;
    ::GetExitCodeProcess(process.get(), &code);
    return code == 0 ? std::string() : "ended with exit code " + std::to_string(code);
}

}  // namespace cli::platform
