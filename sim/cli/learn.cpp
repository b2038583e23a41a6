#include <CLI/CLI.hpp>
#include <memory>

#include "sim/cli/learn_report.hpp"
#include "sim/cli/learn_results.hpp"
#include "sim/cli/learning_report.hpp"
#include "sim/cli/recall_results.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "sim/reference/storage.hpp"
#include "sim/report/verb_charts.hpp"

namespace basin::cli {
namespace {

struct LearnArguments {
  std::filesystem::path design;
};

Json memories_of(const StorageReport& report) {
  Json list = Json::array();
  for (const StorageOfMemory& memory : report.memories) {
    list.push_back({{"name", memory.name},
                    {"stored", memory.stored && memory.stored_in_integers},
                    {"certified", memory.certified_from.has_value()},
                    {"certified_from", number(memory.certified_from)},
                    {"margin", number(memory.margin)}});
  }
  return list;
}

int refuse(Context& context, const Design& design, const ImpossibleError& error, const std::filesystem::path& folder) {
  Json document = context.head("fail");
  document["reason"] = error.what();
  document["impossibility"] = impossibility_of(error.proof(), design.memory);
  print_impossibility(context.terminal(), design, error.proof());
  context.publish(folder, std::move(document));
  return 1;
}

int learn_design(Context& context, const LearnArguments& chosen) {
  const Design design = context.design(chosen.design);
  if (design.memory.patterns.rows() == 0) {
    throw InputError(Location{design.file, 0}, "memory.patterns", "is missing; allowed: a design with memories to store");
  }
  const std::filesystem::path folder = context.folder(design.name);
  try {
    const StorageReport stored = examine_storage(design, context.jobs());
    const Learned& learned = stored.prepared.learned;
    Json document = context.head(stored.holds() ? "pass" : "fail");
    add_hidden(document, design, learned);
    if (learned.impossibility) document["impossibility"] = impossibility_of(*learned.impossibility, design.memory);
    if (design.memory.rule == Rule::any) document["steepness"] = number(learned.steepness);
    const Json learning = learning_of(design, learned);
    document["learning"] = learning;
    document["memories"] = memories_of(stored);
    document["formats"] = formats_of(stored.prepared.quantised);
    print_storage(context.terminal(), design, stored, folder, learning);
    const std::string chart = report::storage_chart(design, stored);
    write_result(folder / "learn.svg", chart);
    context.show({"What holds each memory", "image/svg+xml", chart});
    context.publish(folder, std::move(document));
    return stored.holds() ? 0 : 1;
  } catch (const ImpossibleError& error) {
    return refuse(context, design, error, folder);
  }
}

}  // namespace

Action declare_learn(CLI::App& command) {
  const auto options = std::make_shared<LearnArguments>();
  command.add_option("DESIGN", options->design, "Design file or folder (default: the bundled letters)")->type_name("");
  return [options](Context& context) { return learn_design(context, *options); };
}

}  // namespace basin::cli
