// basin_prebuild DESIGN…: builds the RTL models of these designs that the user's cache still lacks.
#include <cstdio>

#include "models/design/error.hpp"
#include "sim/io/design_reader.hpp"
#include "sim/reference/pipeline.hpp"
#include "sim/toolchain/interrupt.hpp"
#include "sim/toolchain/tool_error.hpp"
#include "sim/verilator/build.hpp"

namespace {

void prebuild(const char* file) {
  basin::RtlBuildOptions options;
  options.notice = [](const std::string& text) { std::printf("%s\n", text.c_str()); };
  const basin::CoreConfig core = basin::prepare(basin::read_design(file, {})).quantised.network.core;
  for (const basin::RtlFlavour flavour : {basin::RtlFlavour::functions, basin::RtlFlavour::systemc}) {
    options.flavour = flavour;
    basin::build_rtl(basin::prepare_rtl_build(core, options));
  }
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
