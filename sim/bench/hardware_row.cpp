#include "sim/bench/hardware_row.hpp"

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace basin::bench {
namespace {

struct ProcessTime {
  long parent = 0;
  double seconds = 0.0;
};

/// From /proc/PID/stat: fields after the name in parentheses are the state (3), the parent (4), …, user and system time in
/// clock ticks (14, 15).
std::map<long, ProcessTime> processes() {
  std::map<long, ProcessTime> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "stat");
    std::string text;
    if (!std::getline(file, text) || text.rfind(')') == std::string::npos) continue;   // ended in the meantime
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    ProcessTime time;
    double user = 0.0, system = 0.0;
    fields >> skipped >> time.parent;
    for (int k = 5; k < 14; ++k) fields >> skipped;
    fields >> user >> system;
    time.seconds = (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    found[std::stol(name)] = time;
  }
  return found;
}

bool descends(const std::map<long, ProcessTime>& all, long process, long ancestor) {
  for (auto at = all.find(process); at != all.end(); at = all.find(at->second.parent)) {
    if (at->second.parent == ancestor) return true;
  }
  return false;
}

double own_seconds() {
  timespec own{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
  return static_cast<double>(own.tv_sec) + 1e-9 * static_cast<double>(own.tv_nsec);
}

double descendants_seconds() {
  double sum = 0.0;
  const auto all = processes();
  for (const auto& [process, time] : all) {
    if (descends(all, process, getpid())) sum += time.seconds;
  }
  return sum;
}

double least(const std::vector<double>& times) { return *std::min_element(times.begin(), times.end()); }

}  // namespace

// Own time is read inside the reading of the others', which takes a millisecond of its own.
CpuTimer::CpuTimer() : descendants_(descendants_seconds()), own_(own_seconds()) {}

double CpuTimer::seconds() const {
  const double own = own_seconds() - own_;
  return own + descendants_seconds() - descendants_;
}

double HardwareRow::ratio() const { return least(rival) / least(basin); }

std::string json_line(const HardwareRow& row) {
  nlohmann::json line{{"row", row.name},
                      {"unit", row.unit},
                      {"basin", {{"times", row.basin}, {"error", 0.0}}},
                      {"rival", {{"name", row.rival_name}, {"times", row.rival}, {"error", 0.0}}},
                      {"ratio", row.ratio()},
                      {"detail", row.detail}};
  if (row.slowdown) line["value"] = 1.0 / row.ratio();
  return line.dump();
}

}  // namespace basin::bench
