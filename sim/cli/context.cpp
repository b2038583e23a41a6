#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "models/design/error.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/io/file.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"

namespace basin::cli {
namespace {

/// Says before the work, not after it, that its results could not be written. Makes nothing.
void require_writable(const std::filesystem::path& folder) {
  std::error_code unknown;
  std::filesystem::path place = std::filesystem::absolute(folder, unknown);
  while (!place.empty() && place != place.root_path() && !std::filesystem::exists(place, unknown))
    place = place.parent_path();
  if (!std::filesystem::is_directory(place, unknown)) {
    throw EnvironmentError(
        fmt::format("{}: is no folder, so results can't be written to {}", place.string(), folder.string()));
  }
  if (access(place.c_str(), W_OK | X_OK) != 0) {
    throw EnvironmentError(fmt::format("{}: can't be written to: {}", place.string(), std::strerror(errno)));
  }
}

constexpr std::uint64_t longest_design = 64U << 10U;

/// The design file as it stands; "" where it is missing or too long for a page.
std::string design_text(const std::filesystem::path& file) {
  try {
    return read_file(file, longest_design);
  } catch (const InputError&) {
    return "";
  }
}

}  // namespace

Context::Context(std::string verb, const CommonOptions& options)
    : verb_(std::move(verb)),
      options_(options),
      terminal_(stdout, options.json || options.quiet, wants_colour(stdout, options.no_color)),
      progress_(options.quiet) {}

int Context::jobs() const {
  return options_.jobs > 0 ? options_.jobs : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Design Context::design(const std::filesystem::path& file, Takes takes) {
  std::filesystem::path path = file.empty() ? source_root() / "examples" / "letters" : file;
  if (std::filesystem::is_directory(path)) path /= "design.toml";
  design_ = read_design(path, overrides());
  if (design_->circuit.delay.size() > 0 && !takes.delay) {
    throw InputError(Location{design_->file, 0}, "circuit.delay",
                     fmt::format("basin {} has no delays; allowed: 0, or basin simulate, spice, synth, verify or yield", verb_));
  }
  if (design_->noise.temperature && !takes.noise && !options_.quiet) {
    write_checked(stderr, fmt::format("basin: {} leaves [noise] out: basin simulate and yield have it\n", verb_));
  }
  return *design_;
}

std::vector<std::string> Context::overrides() const {
  std::vector<std::string> all = options_.set;
  if (options_.seed) all.push_back(fmt::format("cues.seed={}", *options_.seed));
  return all;
}

std::filesystem::path Context::folder(std::string_view name) const {
  const std::filesystem::path folder = options_.out.empty() ? std::filesystem::path("out") / name : options_.out;
  require_writable(folder);
  return folder;
}

Json Context::head(std::string_view status, const std::optional<Identities>& identities) const {
  Json document{{"basin", BASIN_VERSION}, {"verb", verb_}};
  if (design_) document["design"] = Json{{"name", design_->name}, {"id", design_->id}};
  if (identities && identities->hardware) document["hardware"] = Json{{"id", hex_id(*identities->hardware)}};
  if (identities && identities->network) document["network"] = Json{{"id", hex_id(*identities->network)}};
  document["status"] = status;
  document["elapsed_s"] = nullptr;
  return document;
}

std::string Context::page(const std::string& status) const {
  report::VerbPage page{verb_, design_->name, status, figures_, terminal_.said(), {}, design_text(design_->file)};
  page.provenance = {{"command", options_.command},
                     {"design file", design_->file},
                     {"design.id", design_->id},
                     {"basin", BASIN_VERSION}};
  return report::verb_page(page);
}

void Context::publish(const std::filesystem::path& folder, Json document) {
  progress_.clear();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  document["elapsed_s"] = elapsed.count();
  const std::string text = text_of(document);
  write_result(folder / "results.json", text);
  if (design_ && !figures_.empty()) {
    write_result(folder / "report.html", page(document.at("status")));
    terminal_.field("report", (folder / "report.html").string());
  }
  if (options_.json) write_checked(stdout, text);
}

}  // namespace basin::cli
