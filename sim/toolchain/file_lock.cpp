#include "sim/toolchain/file_lock.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

/// Whether `descriptor` is still the file of that name: the holder before removes it when it is done.
bool is_current(int descriptor, const std::filesystem::path& file) {
  struct stat held {}, named {};
  return fstat(descriptor, &held) == 0 && stat(file.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
         held.st_dev == named.st_dev;
}

}  // namespace

FileLock::FileLock(std::filesystem::path file) : file_(std::move(file)) {
  for (;;) {
    throw_if_interrupted();
    const int descriptor = open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) throw EnvironmentError("can't write " + file_.string() + ": " + std::strerror(errno));
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && is_current(descriptor, file_)) {
      descriptor_ = descriptor;
      return;
    }
    close(descriptor);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

FileLock::~FileLock() {
  unlink(file_.c_str());
  close(descriptor_);
}

}  // namespace basin
