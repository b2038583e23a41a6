#pragma once

#include <string>

namespace CLI {
class App;
}

/// What the shell gets from the same definitions that the command line is parsed by.
namespace basin::cli {

/// A bash completion script: `source <(basin completion)`.
std::string bash_completion(const CLI::App& app);
/// The manual page in roff: `basin man | man -l -`.
std::string manual_page(const CLI::App& app, const std::string& version);
/// --help of the chosen command, every line at most 80 columns.
std::string help_text(const CLI::App& app);

}  // namespace basin::cli
