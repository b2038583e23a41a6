#include "sim/cli/shell.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <sstream>

#include "sim/cli/text.hpp"

namespace basin::cli {
namespace {

std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_name().empty(); });
}

std::vector<const CLI::Option*> flags_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option* option) { return option->nonpositional(); });
}

std::vector<const CLI::Option*> arguments_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option* option) { return option->get_positional(); });
}

/// Text that roff takes literally.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '\'')
      out += "\\(aq";
    else if (c == '.' && out.empty())
      out += "\\&.";
    else
      out += c;
  }
  return out;
}

std::string value_name(const CLI::Option& option) {
  return option.get_items_expected_max() > 0 ? option.get_type_name() : std::string();
}

void describe(std::string& page, const CLI::App& command) {
  std::string line = ".B basin " + roff(command.get_name());
  for (const CLI::Option* argument : arguments_of(command)) {
    line += argument->get_required() ? " " : " [";
    line += roff(argument->get_name(true)) + (argument->get_required() ? "" : "]");
  }
  page +=
      ".SS " + roff(command.get_name()) + "\n" + line + "\n[options]\n.PP\n" + roff(command.get_description()) + "\n";
  for (const CLI::Option* option : flags_of(command)) {
    page += fmt::format(".TP\n\\fB{}\\fR {}\n{}\n", roff(option->get_name(false, true)), roff(value_name(*option)),
                        roff(option->get_description()));
  }
}

/// A line of help too long for the screen, folded under the column its description starts in.
std::string folded(const std::string& line) {
  constexpr int screen = 80;
  constexpr std::size_t description = 30;  // CLI11's column
  if (display_width(line) <= screen) return line;
  const bool option = line.size() > description && line[0] == ' ' && line[description - 1] == ' ';
  const std::size_t indent = option ? description : 0;
  std::string out = line.substr(0, indent);
  bool first = true;
  for (const std::string& part : wrapped(line.substr(indent), screen - static_cast<int>(indent))) {
    if (!first) out += "\n" + std::string(indent, ' ');
    out += part;
    first = false;
  }
  return out;
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  std::string names;
  std::string cases;
  for (const CLI::App* verb : verbs_of(app)) {
    names += (names.empty() ? "" : " ") + verb->get_name();
    std::string flags;
    for (const CLI::Option* option : flags_of(*verb)) {
      for (const std::string& name : option->get_lnames()) flags += (flags.empty() ? "--" : " --") + name;
    }
    cases += fmt::format("    {}) words='{}' ;;\n", verb->get_name(), flags);
  }
  return fmt::format(
      "# bash completion for basin; made by: basin completion\n"
      "_basin() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} words\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W '{} --help --version' -- \"$current\"))\n"
      "    return\n"
      "  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n{}"
      "  esac\n"
      "  case $current in\n"
      "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$current\")) ;;\n"
      "    *) COMPREPLY=($(compgen -f -- \"$current\")) ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _basin basin scripts/basin ./scripts/basin\n",
      names, cases);
}

std::string manual_page(const CLI::App& app, const std::string& version) {
  std::string page = fmt::format(
      ".TH BASIN 1 \"\" \"basin {}\" \"User Commands\"\n.SH NAME\nbasin \\- {}\n.SH SYNOPSIS\n.B basin\n"
      ".I VERB\n[\n.I DESIGN\n] [options]\n.SH VERBS\n",
      version, roff(app.get_description()));
  for (const CLI::App* verb : verbs_of(app)) describe(page, *verb);
  page +=
      ".SH EXIT STATUS\n"
      ".TP\n0\nDone, and what was checked holds.\n"
      ".TP\n1\nRan, and the claim does not hold or is unknown.\n"
      ".TP\n2\nBad input: one line names file, line, key, value and what is allowed.\n"
      ".TP\n3\nAn external tool is missing or failed.\n"
      ".TP\n4\nInternal error.\n"
      ".TP\n5\nThe environment: output can not be written, memory refused.\n"
      ".TP\n130\nInterrupted.\n"
      ".SH FILES\n"
      ".TP\n.I out/<name>/results.json\nThe result, as \\-\\-json prints it.\n"
      ".TP\n.I out/<name>/results.h5\nArrays, where they matter.\n"
      ".SH ENVIRONMENT\n"
      ".TP\n.B NO_COLOR\nWhen set and not empty, no colours.\n"
      ".TP\n.B BASIN_CACHE\nWhere compiled cores are kept.\n";
  return page;
}

std::string help_text(const CLI::App& app) {
  std::istringstream lines(app.help());
  std::string out;
  for (std::string line; std::getline(lines, line);) out += folded(line) + "\n";
  return out;
}

}  // namespace basin::cli
