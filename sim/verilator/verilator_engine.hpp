#pragma once

#include <memory>

#include "models/fixed/network.hpp"
#include "sim/engine.hpp"
#include "sim/rtl/rtl_engine.hpp"
#include "sim/verilator/model.hpp"

namespace basin {

/// A Verilated core of `model` just out of reset. What reset leaves alone holds random bits of a fixed seed.
std::unique_ptr<CorePort> make_verilated_port(std::shared_ptr<const RtlModel> model);

/// The engine "verilator" on that model. Throws std::logic_error when the model is of another configuration.
std::unique_ptr<RtlEngine> make_verilator_engine(const FixedNetwork& network, const std::shared_ptr<const RtlModel>& model);

/// Elaborates on demand, or takes the model from the cache. One model serves every engine of the same configuration.
std::unique_ptr<Engine> make_verilator_engine(const FixedNetwork& network, const RtlBuildOptions& options = {});

}  // namespace basin
