#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cctype>
#include <memory>

#include "models/design/schema.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"

namespace basin::cli {
namespace {

/// The starter design with its pictures in a file of their own.
struct Starter {
  std::string design;
  std::string patterns;
};

void replace(std::string& text, const std::string& part, const std::string& with) {
  const std::size_t at = text.find(part);
  if (at != std::string::npos) text.replace(at, part.size(), with);
}

Starter starter_for(const std::string& name) {
  const std::string quoted(schema_key("memory.patterns").starter);      // '''⏎ pictures '''
  constexpr std::string_view open = "'''\n", close = "'''";
  Starter starter{starter_design(), quoted.substr(open.size(), quoted.size() - open.size() - close.size())};
  replace(starter.design, quoted, "\"patterns.txt\"");
  replace(starter.design, std::string(schema_key("name").starter), fmt::format("\"{}\"", name));
  return starter;
}

/// A name that every design accepts: letters, digits, '-' and '_', the rest turned into '-'.
std::string name_from(const std::filesystem::path& folder) {
  std::string name;
  const std::filesystem::path full = std::filesystem::absolute(folder / "").lexically_normal();
  for (const char c : full.parent_path().filename().string()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    name += plain ? c : '-';
  }
  if (name.empty() || std::isalpha(static_cast<unsigned char>(name.front())) == 0) name.insert(0, 1, 'm');
  return name.substr(0, 64);
}

int init(Context& context, const std::filesystem::path& asked) {
  std::filesystem::path folder = !asked.empty() ? asked : context.folder("starter");
  if (asked.empty() && context.options().out.empty()) folder = "starter";
  std::error_code ignored;
  if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_empty(folder, ignored)) {
    throw InputError(fmt::format("{}: is there already and not empty; name a new folder", folder.string()));
  }
  const std::string name = name_from(folder);
  const Starter starter = starter_for(name);
  write_result(folder / "patterns.txt", starter.patterns);
  write_result(folder / "design.toml", starter.design);

  Terminal& terminal = context.terminal();
  terminal.line(fmt::format("Wrote {} and patterns.txt. Now:", (folder / "design.toml").string()));
  terminal.line();
  for (const char* verb : {"simulate", "verify", "synth"}) terminal.line(fmt::format("  basin {} {}", verb, folder.string()));
  Json document = context.head("pass");
  document["files"] = {"design.toml", "patterns.txt"};
  context.publish(context.folder(name), std::move(document));
  return 0;
}

}  // namespace

Action declare_init(CLI::App& command) {
  const auto folder = std::make_shared<std::filesystem::path>();
  command.add_option("FOLDER", *folder, "New folder for the design (default: starter)")->type_name("");
  return [folder](Context& context) { return init(context, *folder); };
}

}  // namespace basin::cli
