#include "sim/verilator/verilator_engine.hpp"

#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "models/fixed/clocks.hpp"

namespace basin {
namespace {

constexpr std::uint32_t power_up_seed = 1;

class VerilatedPort final : public CorePort {
 public:
  explicit VerilatedPort(std::shared_ptr<const RtlModel> model)
      : model_(std::move(model)),
        shim_(model_->functions().create(static_cast<std::uint64_t>(longest_wait(model_->core())), power_up_seed), {model_.get()}) {
    if (shim_ == nullptr) throw std::bad_alloc();
  }

  std::uint32_t read_register(std::uint32_t address) override {
    std::uint32_t data = 0;
    check(model_->functions().read_register(shim_.get(), address, &data));
    return data;
  }
  void write_register(std::uint32_t address, std::uint32_t data) override {
    check(model_->functions().write_register(shim_.get(), address, data));
  }
  void load(std::span<const std::uint32_t> words, bool keep_open) override {
    check(model_->functions().load(shim_.get(), words.data(), words.size(), keep_open ? 1 : 0));
  }
  void read(std::span<std::uint32_t> words) override {
    check(model_->functions().read(shim_.get(), words.data(), words.size()));
  }
  void finish() override { check(model_->functions().finish(shim_.get())); }
  [[nodiscard]] bool follows_runs() const override { return true; }
  Step step(std::span<std::int32_t> states) override {
    BasinShimStep result{};
    check(model_->functions().step(shim_.get(), states.data(), states.size(), &result));
    return {result.cycles, result.busy != 0, result.settled != 0, result.overflow != 0};
  }

 private:
  struct Destroy {
    const RtlModel* model;
    void operator()(BasinShim* shim) const { model->functions().destroy(shim); }
  };

  void check(int result) const {
    if (result != 0) throw std::runtime_error(std::string("RTL: ") + model_->functions().problem(shim_.get()));
  }

  std::shared_ptr<const RtlModel> model_;
  std::unique_ptr<BasinShim, Destroy> shim_;
};

}  // namespace

std::unique_ptr<CorePort> make_verilated_port(std::shared_ptr<const RtlModel> model) {
  return std::make_unique<VerilatedPort>(std::move(model));
}

std::unique_ptr<RtlEngine> make_verilator_engine(const FixedNetwork& network, const std::shared_ptr<const RtlModel>& model) {
  if (!(network.core == model->core())) throw std::logic_error("the RTL model was built for another configuration");
  return std::make_unique<RtlEngine>("verilator", network, model->config_id(), make_verilated_port(model));
}

std::unique_ptr<Engine> make_verilator_engine(const FixedNetwork& network, const RtlBuildOptions& options) {
  return make_verilator_engine(network, load_rtl_model(network.core, options));
}

}  // namespace basin
