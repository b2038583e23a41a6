#include "tests/systemc/programs.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "sim/toolchain/process.hpp"

namespace basin::test {

namespace fs = std::filesystem;

Outcome run(std::vector<std::string> arguments, const fs::path& folder, Variables environment) {
  ProcessOptions options;
  options.arguments = std::move(arguments);
  options.folder = folder;
  options.environment = std::move(environment);
  options.timeout_s = 250;
  const ProcessResult result = run_process(options);
  Outcome outcome{result.exit_code, {}};
  for (const std::string& line : result.last_lines) outcome.text += line + "\n";
  return outcome;
}

fs::path read_back(const fs::path& folder, const std::string& name) {
  const std::string back = name + ".vcd";
  const Outcome read = run({"fst2vcd", "-f", name, "-o", back}, folder);
  if (read.code != 0) throw std::runtime_error("fst2vcd " + name + ": " + read.text);
  return folder / back;
}

std::filesystem::path write_phased_design(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "phased.toml";
  std::ofstream(file) << "[circuit]\nunits = \"normalised\"\nweights = [[0, 1], [1, 0]]\n"
                         "[cues]\nas = \"clamp\"\namplitude = 1\nfrom = [[-1, 0]]\n"
                         "[recall]\nhold = [\"visible\"]\nhold_time = 1\n";
  return file;
}

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

int count(const std::string& text, const std::string& word) {
  int found = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
  return found;
}

}  // namespace basin::test
