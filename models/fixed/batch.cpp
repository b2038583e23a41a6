#include "models/fixed/batch.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "models/fixed/batch_runs.hpp"
#include "models/fixed/stepper.hpp"

namespace basin {
namespace batch {

std::vector<RawRecall> run_simple(const FixedNumber& number, std::span<const RawCue> cues, const BatchObserver& observer) {
  std::vector<RawRecall> recalls;
  for (std::size_t cue = 0; cue < cues.size(); ++cue) {
    Stepper<FixedNumber> stepper(number);
    if (!cues[cue].bias.empty()) stepper.number().set_biases(cues[cue].bias);
    if (!cues[cue].clamp.empty()) stepper.number().set_clamps(cues[cue].clamp);
    stepper.load(std::vector<std::int64_t>(cues[cue].state.begin(), cues[cue].state.end()));
    RawRecall recall;
    do {
      stepper.step();
      ++recall.steps;
      if (observer) {
        recall.state.assign(stepper.state().begin(), stepper.state().end());
        observer({cue, recall.steps, recall.state, stepper.settled(), stepper.overflow()});
      }
    } while (!stepper.settled() && recall.steps != number.network().step_limit);
    recall.state.assign(stepper.state().begin(), stepper.state().end());
    recall.settled = stepper.settled();
    recall.overflow = stepper.overflow();
    recalls.push_back(std::move(recall));
  }
  return recalls;
}

}  // namespace batch

BatchModel::BatchModel(FixedNetwork network, const batch::Kernels* kernels) : number_(std::move(network)) {
  // Delayed outputs are the readable model's alone: no kernel keeps more than the last.
  if (!batch::within_kernels(this->network().core) || this->network().core.pages > 2) return;
  const batch::Kernels& chosen = kernels != nullptr ? *kernels : *batch::available_kernels().front();
  plan_ = std::make_unique<const batch::Plan>(this->network(), chosen);
}

BatchModel::~BatchModel() = default;

bool BatchModel::allows(BatchForm form) const {
  if (form == BatchForm::block) return plan_ != nullptr;
  if (form == BatchForm::event) return plan_ != nullptr && batch::within_event_kernels(network().core);
  return true;
}

BatchForm BatchModel::form_for(std::size_t cues) const {
  if (!allows(BatchForm::block)) return BatchForm::simple;
  // A block works on block_grain cues at least, whether they are there or not. From some size on, the products that changed
  // outputs save outweigh the list of them (docs/performance-hardware.md).
  constexpr int large = 256;
  const bool event = cues < static_cast<std::size_t>(batch::block_grain) || network().neurons >= large;
  return event && allows(BatchForm::event) ? BatchForm::event : BatchForm::block;
}

std::vector<RawRecall> BatchModel::recall(std::span<const RawCue> cues, const BatchObserver& observer, BatchForm form) const {
  for (const RawCue& cue : cues) {
    if (cue.state.size() != static_cast<std::size_t>(network().neurons)) {
      throw std::invalid_argument("a cue needs one state a neuron");
    }
    if (!cue.bias.empty()) validate_biases(network(), cue.bias);
    if (!cue.clamp.empty()) validate_clamps(network(), cue.clamp);
  }
  if (form == BatchForm::automatic) form = form_for(cues.size());
  if (!allows(form)) throw std::invalid_argument("the network is too wide for this form of the golden model");
  if (form == BatchForm::block) return batch::run_blocks(*plan_, number_, cues, observer);
  if (form == BatchForm::event) return batch::run_events(*plan_, number_, cues, observer);
  return batch::run_simple(number_, cues, observer);
}

}  // namespace basin
