// basin_prebuild DESIGN…: builds what the default engines of `verify` run for these designs and the user's cache still lacks;
// nothing that needs a tool which is not installed.
#include <algorithm>
#include <cstdio>
#include <string_view>

#include "models/design/error.hpp"
#include "sim/compare/default_engines.hpp"
#include "sim/gate/gate_engine.hpp"
#include "sim/icarus/icarus_engine.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/toolchain/tools.hpp"
#include "sim/verilator/build.hpp"

namespace {

bool installed(std::string_view name) {
  for (const basin::Tool& tool : basin::all_tools()) {
    if (tool.name == name) return basin::locate_tool(tool).has_value();
  }
  return false;
}

void prebuild(const char* file) {
  basin::RtlBuildOptions options;
  options.notice = [](const std::string& text) { std::printf("%s\n", text.c_str()); };
  const basin::Design design = basin::read_design(file, {});
  const basin::Prepared prepared = basin::prepare(design);
  const basin::FixedNetwork& network = prepared.quantised.network;
  const basin::CoreConfig& core = network.core;
  for (const basin::RtlFlavour flavour : {basin::RtlFlavour::functions, basin::RtlFlavour::systemc}) {
    options.flavour = flavour;
    basin::build_rtl(basin::prepare_rtl_build(core, options));
  }
  if (!installed("yosys")) return;
  const basin::DefaultEngines chosen = basin::default_engines(network, std::min(design.verify.icarus_cues, static_cast<int>(prepared.cues.size())));
  const auto runs = [&](const char* name) { return std::ranges::find(chosen.names, name) != chosen.names.end(); };
  if (runs("icarus") && installed("iverilog")) basin::prepare_icarus(core, {.source = {}, .cache = {}, .notice = options.notice});
  if (runs("gate")) basin::build_rtl(basin::prepare_rtl_build(core, basin::gate_build(core, options.notice)));
}

int complain(int code, const char* what) {
  std::fprintf(stderr, "basin_prebuild: %s\n", what);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  basin::install_interrupt_handler();
  try {
    for (int i = 1; i < argc; ++i) prebuild(argv[i]);
    return 0;
  } catch (const basin::Interrupted& error) {
    return complain(130, error.what());
  } catch (const basin::InputError& error) {
    return complain(2, error.what());
  } catch (const basin::ClaimError& error) {
    return complain(1, error.what());
  } catch (const basin::ToolError& error) {
    for (const std::string& line : error.last_lines()) std::fprintf(stderr, "    %s\n", line.c_str());
    return complain(3, (error.what() + (error.hint().empty() ? "" : "; " + error.hint())).c_str());
  } catch (const basin::EnvironmentError& error) {
    return complain(5, error.what());
  } catch (const std::exception& error) {
    return complain(4, error.what());
  }
}
