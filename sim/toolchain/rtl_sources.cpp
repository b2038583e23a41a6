#include "sim/toolchain/rtl_sources.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

std::string trimmed(const std::string& line) {
  const std::string text = line.substr(0, line.find("//"));
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream.is_open() || stream.bad()) throw EnvironmentError("can't read " + file.string());
  return text;
}

RtlSources read_rtl_sources(const std::filesystem::path& root) {
  RtlSources sources;
  sources.root = root;
  std::istringstream lines(read_file(root / "rtl" / "sources.f"));
  for (std::string line; std::getline(lines, line);) {
    const std::string name = trimmed(line);
    if (name.empty()) continue;
    sources.names.push_back(name);
    sources.text += name + "\n" + read_file(root / name);
  }
  return sources;
}

}  // namespace basin
