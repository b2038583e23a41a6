#include "tests/systemc/vcd.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace basin::test {
namespace {

double binary(const std::string& digits) {
  double value = 0.0;
  for (const char digit : digits) value = 2.0 * value + (digit == '1' ? 1.0 : 0.0);
  return value;
}

}  // namespace

Vcd::Vcd(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("can't read " + file.string());
  std::vector<std::string> scopes;
  std::int64_t time = 0;
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    std::string first, second, third, code, name;
    if (!(words >> first)) continue;
    if (first == "$scope") {
      words >> second >> third;
      scopes.push_back(third);
    } else if (first == "$upscope") {
      scopes.pop_back();
    } else if (first == "$var") {
      words >> second >> third >> code >> name;
      std::string path;
      for (const std::string& scope : scopes) path += scope + ".";
      codes_[path + name] = code;
      changes_[code];
    } else if (first[0] == '#') {
      time = std::stoll(first.substr(1));
    } else if (first[0] == 'r' && words >> code) {
      changes_.at(code).push_back({time, std::stod(first.substr(1))});
    } else if (first[0] == 'b' && words >> code) {
      changes_.at(code).push_back({time, binary(first.substr(1))});
    } else if (changes_.count(first.substr(1)) != 0) {
      changes_[first.substr(1)].push_back({time, first[0] == '1' ? 1.0 : 0.0});
    }
  }
}

const std::vector<Vcd::Change>& Vcd::of(const std::string& name) const {
  const auto found = codes_.find(name);
  if (found == codes_.end()) throw std::runtime_error("no " + name + " in the waveform");
  return changes_.at(found->second);
}

double Vcd::at(const std::string& name, std::int64_t time) const {
  const auto& all = of(name);
  const auto after = std::upper_bound(all.begin(), all.end(), time,
                                      [](std::int64_t when, const Change& change) { return when < change.time; });
  if (after == all.begin()) throw std::runtime_error(name + " has no value yet");
  return std::prev(after)->value;
}

}  // namespace basin::test
