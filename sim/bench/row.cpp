#include "sim/bench/row.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <stdexcept>

namespace basin {
namespace {

void print(const nlohmann::json& row) {
  std::puts(row.dump().c_str());
  std::fflush(stdout);
}

}  // namespace

BenchOptions bench_options(int argc, char** argv) {
  BenchOptions options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] {
      if (i + 1 >= argc) throw std::invalid_argument(word + ": needs a value");
      return std::string(argv[++i]);
    };
    if (word == "--quick") {
      options.quick = true;
    } else if (word == "--row") {
      options.row = value();
    } else if (word == "--python") {
      options.python = value();
    } else if (word == "--rivals") {
      options.rivals = value();
    } else {
      throw std::invalid_argument(word + ": allowed --quick, --row TEXT, --python PATH, --rivals DIR");
    }
  }
  return options;
}

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double Timed::least() const { return *std::min_element(times.begin(), times.end()); }

void print_row(const std::string& name, const Timed& basin, const Timed& rival, nlohmann::json detail) {
  print({{"row", name},
         {"unit", "s"},
         {"basin", {{"times", basin.times}, {"error", basin.error}}},
         {"rival", {{"name", rival.name}, {"times", rival.times}, {"error", rival.error}}},
         {"ratio", rival.least() / basin.least()},
         {"detail", std::move(detail)}});
}

void print_row(const std::string& name, const std::string& unit, double value, nlohmann::json detail) {
  print({{"row", name}, {"unit", unit}, {"value", value}, {"detail", std::move(detail)}});
}

}  // namespace basin
