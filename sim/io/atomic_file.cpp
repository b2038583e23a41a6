#include "sim/io/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "models/design/text.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, int error) {
  throw EnvironmentError(one_line(file.string()) + ": cannot be written: " + std::generic_category().message(error));
}

/// Writes everything to `fd` and closes it; errno of the first failure, or 0.
int write_and_close(int fd, std::string_view bytes, bool sync) {
  int error = 0;
  while (!bytes.empty() && error == 0) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      error = errno;
    }
  }
  if (error == 0 && sync && ::fsync(fd) != 0) error = errno;
  if (::close(fd) != 0 && error == 0) error = errno;
  return error;
}

/// A stream that a rename would replace: a device, a pipe.
bool is_stream(const std::filesystem::path& file) {
  struct stat status {};
  return ::stat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/// Makes a new file beside `file` and opens it; its name is in `temporary`.
int open_temporary(const std::filesystem::path& file, std::string& temporary) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    temporary = file.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".tmp";
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

void write_directly(const std::filesystem::path& file, std::string_view bytes) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) refuse(file, errno);
  if (const int error = write_and_close(fd, bytes, false); error != 0) refuse(file, error);
}

}  // namespace

void write_atomically(const std::filesystem::path& file, std::string_view bytes) {
  if (is_stream(file)) {
    write_directly(file, bytes);
    return;
  }
  std::string temporary;
  const int fd = open_temporary(file, temporary);
  if (fd < 0) refuse(file, errno);
  int error = write_and_close(fd, bytes, true);
  if (error == 0 && ::rename(temporary.c_str(), file.c_str()) != 0) error = errno;
  if (error == 0) return;
  ::unlink(temporary.c_str());
  refuse(file, error);
}

}  // namespace basin
