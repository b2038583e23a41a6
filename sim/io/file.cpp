#include "sim/io/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "models/design/error.hpp"

namespace basin {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& problem) {
  throw InputError(Location{file.string(), 0}, "", problem);
}

std::string reason(int error) { return std::generic_category().message(error); }

std::string too_long(std::uint64_t most) { return "is too long; allowed: at most " + std::to_string(most) + " bytes"; }

std::string kind(mode_t mode) {
  if (S_ISDIR(mode)) return "is a folder";
  if (S_ISFIFO(mode)) return "is a pipe";
  return S_ISSOCK(mode) ? "is a socket" : "is a device";
}

}  // namespace

std::string read_file(const std::filesystem::path& file, std::uint64_t most) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (descriptor.get() < 0) refuse(file, "cannot be opened: " + reason(errno));
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) refuse(file, "cannot be read: " + reason(errno));
  if (!S_ISREG(status.st_mode)) refuse(file, kind(status.st_mode) + "; allowed: a regular file");
  if (static_cast<std::uint64_t>(status.st_size) > most) refuse(file, too_long(most));

  std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');  // one more shows that it grew
  std::size_t length = 0;
  while (length < bytes.size()) {
    const ssize_t got = ::read(descriptor.get(), bytes.data() + length, bytes.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) refuse(file, "cannot be read: " + reason(errno));
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  if (length == bytes.size()) refuse(file, "changed while it was read");
  bytes.resize(length);
  return bytes;
}

}  // namespace basin
