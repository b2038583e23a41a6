#include "sim/verilator/model.hpp"

#include <dlfcn.h>

#include "sim/toolchain/tool_error.hpp"

namespace basin {
namespace {

template <class Function>
void find(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(handle, name));
  if (function == nullptr) throw EnvironmentError(std::string("the RTL model has no ") + name);
}

RtlModel::Functions functions_of(void* handle) {
  RtlModel::Functions functions{};
  find(handle, "basin_shim_create", functions.create);
  find(handle, "basin_shim_destroy", functions.destroy);
  find(handle, "basin_shim_problem", functions.problem);
  find(handle, "basin_shim_write_register", functions.write_register);
  find(handle, "basin_shim_read_register", functions.read_register);
  find(handle, "basin_shim_load", functions.load);
  find(handle, "basin_shim_read", functions.read);
  find(handle, "basin_shim_finish", functions.finish);
  find(handle, "basin_shim_step", functions.step);
  return functions;
}

}  // namespace

RtlModel::RtlModel(const std::filesystem::path& object, const CoreConfig& core, std::uint32_t config_id)
    : handle_(dlopen(object.c_str(), RTLD_NOW | RTLD_LOCAL)), core_(core), config_id_(config_id) {
  if (handle_ == nullptr) throw EnvironmentError(std::string("can't load an RTL model: ") + dlerror());
  try {
    functions_ = functions_of(handle_);
  } catch (...) {
    dlclose(handle_);
    throw;
  }
}

RtlModel::~RtlModel() { dlclose(handle_); }

std::shared_ptr<const RtlModel> load_rtl_model(const CoreConfig& core, const RtlBuildOptions& options) {
  const RtlBuild build = prepare_rtl_build(core, options);
  try {
    return std::make_shared<const RtlModel>(build_rtl(build), core, build.config_id);
  } catch (const EnvironmentError&) {
    discard_rtl(build);
  }
  return std::make_shared<const RtlModel>(build_rtl(build), core, build.config_id);
}

}  // namespace basin
