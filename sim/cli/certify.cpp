#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "models/design/identity.hpp"
#include "sim/cli/certify_report.hpp"
#include "sim/cli/certify_results.hpp"
#include "sim/cli/results_folder.hpp"
#include "sim/cli/verb.hpp"
#include "sim/report/certify_chart.hpp"

namespace basin::cli {
namespace {

int certify(Context& context, const std::filesystem::path& file) {
  const Design design = context.design(file);
  const std::filesystem::path folder = context.folder(design.name);
  const auto count = static_cast<std::size_t>(design.memory.patterns.rows());
  const CertifiedMemories certified = certify_memories(design, context.jobs(), [&context, count](std::size_t done) {
    context.progress().update("proving memories", done, count);
  });
  context.progress().clear();
  const std::string chart = report::certify_chart(design.name, certified);
  write_result(folder / "certificate.json", certificate_of(certified, design_id(design)).dump() + "\n");
  if (!chart.empty()) {
    write_result(folder / "certify.svg", chart);
    context.show({"What is proved", "image/svg+xml", chart});
  }
  const bool holds = certified.all_certified();
  const bool refuted = std::ranges::any_of(certified.memories, [](const MemoryCertificate& memory) {
    return memory.standing == Standing::impossible;
  });
  Json document = context.head(holds ? "pass" : refuted ? "fail" : "unknown");
  add_certified(document, certified);
  print_certified(context.terminal(), design, certified, folder, !chart.empty());
  context.publish(folder, std::move(document));
  return holds ? 0 : 1;
}

}  // namespace

Action declare_certify(CLI::App& command) {
  const auto design = std::make_shared<std::filesystem::path>();
  command.add_option("DESIGN", *design, "Design file or folder (default: the bundled letters)")->type_name("");
  return [design](Context& context) { return certify(context, *design); };
}

}  // namespace basin::cli
