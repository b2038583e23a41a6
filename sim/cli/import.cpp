#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cctype>
#include <memory>

#include "models/design/error.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "sim/cli/words.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/spice/imported_design.hpp"
#include "sim/toolchain/scratch_folder.hpp"

namespace basin::cli {
namespace {

/// A name that every design accepts, of the deck's file name.
std::string name_of(const std::filesystem::path& deck) {
  std::string name;
  for (const char c : deck.stem().string()) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    name += plain ? c : '-';
  }
  if (name.empty() || std::isalpha(static_cast<unsigned char>(name.front())) == 0) name.insert(0, 1, 'd');
  return name.substr(0, 64);
}

Json files_of(const std::map<std::string, std::string>& files) {
  Json names = Json::array();
  for (const auto& [name, bytes] : files) names.push_back(name);
  return names;
}

void write_files(const std::filesystem::path& folder, const std::map<std::string, std::string>& files) {
  for (const auto& [file, bytes] : files) write_result(folder / file, bytes);
}

/// Reads the files as a design, whose identity results.json carries, and makes its circuit. What is wrong with them is wrong
/// with the deck.
void try_files(Context& context, const std::map<std::string, std::string>& files, const std::filesystem::path& deck) {
  const ScratchFolder trial(std::filesystem::temp_directory_path(), "basin-import-");
  write_files(trial.path(), files);
  try {
    prepare_circuit(context.design(trial.path(), {.delay = true}), Keep::matrix);
  } catch (const InputError& error) {
    const std::string text = error.what(), made = (trial.path() / "design.toml").string();
    if (!text.starts_with(made)) throw;
    throw InputError(deck.string() + ", as a design: " + text.substr(text.find(": ", made.size()) + 2));
  }
}

int import_deck(Context& context, const std::filesystem::path& deck) {
  const std::string name = name_of(deck);
  const std::filesystem::path folder = context.folder(name);
  const DeckCircuit circuit = recognise(flatten(read_deck(deck)), deck.string());
  const auto files = design_files(circuit, name, deck.filename().string());
  try_files(context, files, deck);
  write_files(folder, files);

  Terminal& terminal = context.terminal();
  terminal.heading(fmt::format("The circuit of {}", deck.filename().string()));
  terminal.field("neurons", fmt::format("{}, {} resistors between them", circuit.size(), (circuit.conductance.array() != 0.0).count()));
  const bool real = circuit.pole_hz.size() > 0 || circuit.saturation_v.size() > 0 || !circuit.output_resistance.isZero(0.0);
  terminal.field("amplifiers", real ? "real: [amplifier] has what they do" : "ideal");
  terminal.field("t_end", circuit.t_end ? quantity(*circuit.t_end, "s") : "auto: the deck has no .tran");
  terminal.field("written", fmt::format("{} files to {}", files.size(), folder.string()));
  Json document = context.head("pass");
  document["neurons"] = circuit.size();
  document["t_end"] = number(circuit.t_end);
  document["files"] = files_of(files);
  context.publish(folder, std::move(document));
  return 0;
}

}  // namespace

Action declare_import(CLI::App& command) {
  const auto deck = std::make_shared<std::filesystem::path>();
  command.add_option("DECK", *deck, "SPICE deck of a Hopfield circuit: Basin's own, or one like it (docs/spice.md)")
      ->type_name("")
      ->required();
  return [deck](Context& context) { return import_deck(context, *deck); };
}

}  // namespace basin::cli
