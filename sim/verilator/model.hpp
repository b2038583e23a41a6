#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sim/verilator/build.hpp"
#include "sim/verilator/shim.h"

namespace basin {

/// A Verilated core in memory, from which any number of independent cores can be made, in any threads.
class RtlModel {
 public:
  /// The functions of shim.h in the loaded object.
  struct Functions {
    decltype(&basin_shim_create) create;
    decltype(&basin_shim_destroy) destroy;
    decltype(&basin_shim_problem) problem;
    decltype(&basin_shim_write_register) write_register;
    decltype(&basin_shim_read_register) read_register;
    decltype(&basin_shim_load) load;
    decltype(&basin_shim_read) read;
    decltype(&basin_shim_finish) finish;
    decltype(&basin_shim_step) step;
  };

  /// Loads a shared object that build_rtl made, with local visibility. Throws EnvironmentError when it can't be loaded.
  RtlModel(const std::filesystem::path& object, const CoreConfig& core, std::uint32_t config_id);
  ~RtlModel();
  RtlModel(const RtlModel&) = delete;
  RtlModel& operator=(const RtlModel&) = delete;

  [[nodiscard]] const Functions& functions() const { return functions_; }
  [[nodiscard]] const CoreConfig& core() const { return core_; }
  /// What the core has to say in CONFIG_ID.
  [[nodiscard]] std::uint32_t config_id() const { return config_id_; }

 private:
  void* handle_;
  Functions functions_{};
  CoreConfig core_;
  std::uint32_t config_id_;
};

/// Builds (or finds) and loads the core of `core`; rebuilds a damaged cache entry once.
std::shared_ptr<const RtlModel> load_rtl_model(const CoreConfig& core, const RtlBuildOptions& options = {});

}  // namespace basin
