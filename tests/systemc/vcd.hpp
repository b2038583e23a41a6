#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace basin::test {

/// The values of a waveform file by name: "SystemC.analog.u_0" → (time in its own unit, value), ascending.
class Vcd {
 public:
  explicit Vcd(const std::filesystem::path& file);
  struct Change {
    std::int64_t time;
    double value;   // reals, and vectors and bits as unsigned integers; x and z are 0
  };
  [[nodiscard]] const std::vector<Change>& of(const std::string& name) const;
  /// The value that holds once everything at `time` has happened.
  [[nodiscard]] double at(const std::string& name, std::int64_t time) const;

 private:
  std::map<std::string, std::string> codes_;               // names of one wire share a code
  std::map<std::string, std::vector<Change>> changes_;     // by code
};

}  // namespace basin::test
