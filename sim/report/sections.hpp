#pragma once

#include <string>

#include "sim/report/page.hpp"

/// The parts of the page, each HTML of its own; "" where a verification has nothing for it.
namespace basin::report {

std::string verdict_section(const Design& design, const Verification& found);
std::string gallery_section(const Design& design, const Verification& found);
std::string agreement_section(const Design& design, const Verification& found);
/// Charts of the chosen cue as SVG, and the numbers of several cues for the script that replaces them.
std::string traces_section(const Design& design, const Verification& found);
std::string deviation_section(const Verification& found);
std::string memories_section(const Verification& found);
std::string formats_section(const Verification& found);
std::string synthesis_section(const Origin& origin);
std::string provenance_section(const Design& design, const Verification& found, const Origin& origin);

/// A section with its heading; "" without a body.
std::string section(const std::string& id, const std::string& heading, const std::string& body);
/// A table of HTML cells: the first row is the head, the first column its names.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace basin::report
