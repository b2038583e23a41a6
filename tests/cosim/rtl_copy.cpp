#include "tests/cosim/rtl_copy.hpp"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "sim/toolchain/tools.hpp"

namespace basin::cosim {

namespace fs = std::filesystem;

RtlCopy::RtlCopy() {
  std::string pattern = (fs::temp_directory_path() / "basin-rtl-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("can't make " + pattern);
  root_ = pattern;
  fs::create_directories(root_ / "sim");
  fs::copy(source_root() / "rtl", root_ / "rtl", fs::copy_options::recursive);
  for (const char* folder : {"verilator", "systemc", "icarus"}) {
    fs::copy(source_root() / "sim" / folder, root_ / "sim" / folder, fs::copy_options::recursive);
  }
}

RtlCopy::~RtlCopy() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

RtlBuildOptions RtlCopy::options() const {
  RtlBuildOptions options;
  options.source = root_;
  options.cache = cache();
  options.optimise = false;
  return options;
}

void RtlCopy::replace(const std::string& file, const std::string& before, const std::string& after) const {
  std::string text = read_file(root_ / file);
  const std::size_t at = text.find(before);
  if (at == std::string::npos) throw std::runtime_error(file + " does not contain: " + before);
  if (text.find(before, at + 1) != std::string::npos) throw std::runtime_error(file + " contains more than once: " + before);
  text.replace(at, before.size(), after);
  std::ofstream(root_ / file, std::ios::binary) << text;
}

}  // namespace basin::cosim
