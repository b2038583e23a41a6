#include "sim/report/sections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/reference/cues.hpp"
#include "sim/report/series.hpp"
#include "sim/report/svg.hpp"
#include "sim/report/text.hpp"

namespace basin::report {
namespace {

constexpr std::size_t most_pictures = 12;
constexpr int widest_strip = 64;   // of patterns that are no pictures

std::string judged(bool good) { return good ? R"(<span class="good">✓ ok</span>)" : R"(<span class="bad">✗ fail</span>)"; }

std::string shown(const std::string& what, const std::string& signs, int width) {
  if (signs.empty()) return "";
  return fmt::format("<div><div class=\"label\">{}</div>{}</div>", escaped(what, 20), picture(signs, width, what));
}

std::string recall_figure(const Design& design, const Verification& found, const Recall& recall) {
  const int width = design.memory.image_width > 0 ? design.memory.image_width : std::min(design.neurons, widest_strip);
  std::string out = R"(<figure class="recall"><div class="pictures">)";
  if (design.cues.present) out += shown("cue", cue_signs(design, recall.cue), width) + R"(<div class="arrow" aria-hidden="true">→</div>)";
  out += shown("circuit", analog_signs(found, recall.cue), width);
  for (const EngineReport& engine : found.engines) out += shown(engine.name, engine_signs(found, engine, recall.cue), width);
  const bool back = recall.status == "recalled";
  out += fmt::format(R"(</div><figcaption>cue {}{}{} <span class="{}">{}</span>{}</figcaption></figure>)", recall.cue,
                     recall.target.empty() ? "" : ", made from " + escaped(recall.target, 24),
                     " → <b>" + escaped(recall.attractor, 24) + "</b>", back ? "good" : "warn", escaped(recall.status),
                     recall.borderline ? R"( <span class="warn">borderline</span>)" : "");
  return out;
}

std::string card(const std::string& value, const std::string& name, bool good) {
  return fmt::format(R"(<div class="card {}"><b>{}</b><span>{}</span></div>)", good ? "is-good" : "is-bad", value, name);
}

/// Cues that count against the hardware: another attractor without an excuse.
auto differing(const Verification& found) {
  return std::count_if(found.recalls.begin(), found.recalls.end(),
                       [](const Recall& recall) { return !recall.borderline && !recall.same_attractor; });
}

std::string bits_text(const EngineReport& engine) {
  if (!engine.identity_problem.empty()) return R"(<span class="bad">)" + escaped(engine.identity_problem) + "</span>";
  if (const auto& miss = engine.mismatch) {
    return fmt::format(R"(<span class="bad">✗ cue {}, step {}, neuron {}: {} for {}</span>)", miss->cue, miss->step,
                       miss->neuron, miss->got, miss->expected);
  }
  if (engine.name == "golden") return "the model itself";
  return engine.bit_exact ? R"(<span class="good">✓ every bit equal</span>)" : R"(<span class="bad">✗ not compared</span>)";
}

/// Whether the hardware was seen to go round a cycle from any cue.
bool goes_round(const Verification& found) {
  return std::any_of(found.recalls.begin(), found.recalls.end(), [](const Recall& recall) { return recall.period.has_value(); });
}

}  // namespace

std::string section(const std::string& id, const std::string& heading, const std::string& body) {
  if (body.empty()) return "";
  return fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-h\"><h2 id=\"{0}-h\">{1}</h2>{2}</section>\n", id, heading, body);
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::string out = R"(<div class="scroll" tabindex="0" role="group" aria-label="table"><table>)";
  for (const auto& row : rows) {
    const bool head = &row == &rows.front();
    out += head ? "<thead><tr>" : "<tr>";
    for (const std::string& cell : row) {
      const bool name = &cell == &row.front();
      out += head ? "<th scope=\"col\">" + cell + "</th>"
                  : name ? "<th scope=\"row\">" + cell + "</th>" : "<td>" + cell + "</td>";
    }
    out += head ? "</tr></thead><tbody>" : "</tr>";
  }
  return out + "</tbody></table></div>";
}

std::string verdict_section(const Design& design, const Verification& found) {
  const bool pass = found.verdict == Verdict::pass;
  const char* tone = pass ? "pass" : found.verdict == Verdict::fail ? "fail" : "unknown";
  const char* word = pass ? "PASS" : found.verdict == Verdict::fail ? "FAIL" : "UNKNOWN";
  std::string out = fmt::format(
      R"(<header><p class="kind">Basin verification</p><h1><bdi>{}</bdi></h1><p class="verdict {}"><span class="badge">{}</span> {}</p>)",
      escaped(found.design_name, 80), tone, word,
      pass ? "Circuit, fixed-point model and hardware recall the same within the limits."
           : "The claim was not shown to hold:");
  if (!found.reasons.empty()) {
    out += "<ul class=\"reasons\">";
    for (const std::string& reason : found.reasons) out += "<li>" + escaped(reason, 400) + "</li>";
    out += "</ul>";
  }
  const FixedNetwork& network = found.prepared.quantised.network;
  const Index hidden = found.prepared.circuit.hidden;
  const std::string with_hidden = hidden > 0 ? fmt::format(" and {} hidden unit{}", hidden, hidden > 1 ? "s" : "") : "";
  out += fmt::format(
      "<p>A circuit of {} neurons{} was integrated in continuous time from {} starts. The same network ran in integers: "
      "{}-bit weights, {}-bit states, {}-bit outputs, steps of 1/{} time constant, order {}. Every state of every step of "
      "every engine was compared bit by bit with the golden model, and every recall with the circuit that has the rounded "
      "weights.</p>",
      design.neurons, with_hidden, found.cues.count, network.core.weight_bits, network.core.state_bits, network.core.drive_bits,
      std::uint64_t{1} << network.step_exponent, network.order);
  const auto exact = std::count_if(found.engines.begin(), found.engines.end(), [](const EngineReport& e) { return e.bit_exact; });
  const auto engines = static_cast<std::ptrdiff_t>(found.engines.size());
  out += R"(<div class="cards">)";
  out += card(fmt::format("{} of {}", found.cues.same_attractor, found.cues.count), goes_round(found) ? "cues end in the same attractor or cycle" : "cues end in the same attractor", differing(found) == 0);
  out += card(short_number(found.deviation.normalised),
              "of full scale: largest deviation; limit " + short_number(found.deviation.limit),
              found.deviation.normalised <= found.deviation.limit);
  out += card(fmt::format("{} of {}", exact, engines), "engines equal in every bit", exact == engines);
  if (!found.memories.empty())
    out += card(fmt::format("{} of {}", found.cues.recalled, found.cues.count), design.memory.rule == Rule::sequence ? "cues recalled the whole sequence" : "cues recalled their memory", true);
  return out + "</div></header>\n";
}

std::string gallery_section(const Design& design, const Verification& found) {
  std::string figures;
  for (const int cue : chosen_cues(found, most_pictures))
    figures += recall_figure(design, found, found.recalls[static_cast<std::size_t>(cue)]);
  if (figures.empty()) return "";
  return section("recalls", "Recalls",
                 fmt::format("<p>The start, the end of the analog circuit, and the end of every engine: {} of {} cues, among "
                             "them that of the largest deviation and some that did not come back, if there are any.</p>"
                             "<div class=\"gallery\">{}</div>",
                             std::min(most_pictures, found.recalls.size()), found.recalls.size(), figures));
}

std::string agreement_section(const Design& design, const Verification& found) {
  const CueCounts& cues = found.cues;
  const auto share = [&](int count) { return cues.count > 0 ? static_cast<double>(count) / cues.count : 0.0; };
  const auto row = [&](const char* what, int count, double limit) {
    return std::vector<std::string>{what, fmt::to_string(count), percent(share(count)), "at most " + percent(limit),
                                    judged(share(count) <= limit)};
  };
  std::vector<std::vector<std::string>> rows{{"of the cues", "count", "share", "limit", ""}};
  rows.push_back({goes_round(found) ? "end in the same attractor or cycle" : "end in the same attractor", fmt::to_string(cues.same_attractor), percent(share(cues.same_attractor)),
                  "all but borderline", judged(differing(found) == 0)});
  rows.push_back(row("are borderline: a nudge changes the end", cues.borderline, design.verify.max_borderline));
  rows.push_back(row("were moved by rounding the weights", cues.moved_by_weights, design.verify.max_moved_by_weights));
  rows.push_back({"had not settled", fmt::to_string(cues.unsettled), percent(share(cues.unsettled)), "", ""});
  if (!found.memories.empty()) {
    const char* recalled = design.memory.rule == Rule::sequence ? "recalled the whole sequence" : "recalled their memory";
    rows.push_back({recalled, fmt::to_string(cues.recalled), percent(share(cues.recalled)),
                    "<span class=\"dim\">shown, not judged</span>", ""});
  }
  std::vector<std::vector<std::string>> engines{{"engine", "cues", "steps", "clock cycles", "against the golden model"}};
  for (const EngineReport& engine : found.engines) {
    engines.push_back({escaped(engine.name), fmt::to_string(engine.cues.size()), grouped(engine.steps),
                       engine.cycles > 0 ? grouped(engine.cycles) : "<span class=\"dim\">untimed</span>",
                       bits_text(engine) + (engine.overflow ? R"( <span class="bad">✗ a state overflowed</span>)" : "")});
  }
  std::string left_out;
  for (const LeftOut& out : found.left_out) {
    left_out += fmt::format("<p class=\"dim\">{} left out: {}.</p>", escaped(out.engine), escaped(out.reason));
  }
  return section("agreement", "Agreement",
                 "<h3>Hardware with the circuit</h3>" + table(rows) + "<h3>Engines with the golden model</h3>" + table(engines) +
                     left_out);
}

std::string deviation_section(const Verification& found) {
  const Deviation& deviation = found.deviation;
  Chart dots{"Deviation of every cue beside its limit", "cue", "normalised deviation", true, {}, {{"cues", "hardware", {}}},
             deviation.limit, true};
  for (const Recall& recall : found.recalls) {
    if (recall.borderline) continue;
    dots.x.push_back(recall.cue);
    dots.lines[0].y.push_back(recall.deviation / std::max(1.0, recall.amplification));
  }
  std::vector<std::vector<std::string>> rows{{"in fractions of full scale B", "deviation", "limit", ""}};
  rows.push_back({"largest, normalised by the circuit's amplification", short_number(deviation.normalised),
                  short_number(deviation.limit), judged(deviation.normalised <= deviation.limit)});
  rows.push_back({"largest of any cue", short_number(deviation.max), "", ""});
  rows.push_back({"95 % of the cues are below", short_number(deviation.p95), "", ""});
  rows.push_back({"root mean square", short_number(deviation.rms), "", ""});
  rows.push_back({"largest against the designed circuit", short_number(deviation.total),
                  deviation.total_limit ? short_number(*deviation.total_limit) : "",
                  deviation.total_limit ? judged(deviation.total <= *deviation.total_limit) : ""});
  const Blame& blame = deviation.blame;
  const std::string drawn = chart(dots);
  return section(
      "deviation", "Deviation",
      (drawn.empty() ? "" : "<figure>" + drawn + "<figcaption>A mark is one cue; borderline cues are left out.</figcaption></figure>") +
          table(rows) +
          fmt::format("<h3>What is to blame</h3><p>The largest deviation was at cue {}, neuron {}, step {}. Made exact, each "
                      "cause takes this much of it away; most to blame: <b>{}</b>.</p><figure>{}</figure>",
                      deviation.at.cue, deviation.at.neuron, deviation.at.step, blame.largest(),
                      bars({{"step", blame.step}, {"weights", blame.weights}, {"table", blame.table}, {"state", blame.state}},
                           "What each cause takes away of the largest deviation")));
}

std::string memories_section(const Verification& found) {
  constexpr std::size_t most = 32;
  std::vector<const MemoryReport*> order;
  for (const MemoryReport& memory : found.memories) order.push_back(&memory);
  if (order.empty()) return "";
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->margin < b->margin; });
  order.resize(std::min(most, order.size()));
  std::vector<std::pair<std::string, double>> margins;
  std::string lost;
  for (const MemoryReport* memory : order) {
    margins.emplace_back(memory->name, memory->margin);
    if (memory->stored == false) lost += (lost.empty() ? "" : ", ") + escaped(memory->name, 40);
  }
  const bool judged = std::ranges::all_of(order, [](const auto* memory) { return memory->stored.has_value(); });
  const std::string stored = !lost.empty() ? "Not stored: " + lost + "."
                             : judged      ? "All of these are stored."
                                           : "Of some it is open whether they are stored: that depends on the delays.";
  return section("memories", "Memories",
                 fmt::format("<p>The margin of a memory is how firmly every neuron is pushed to its own side; a negative one "
                             "means that some neuron is pushed the wrong way. {}{}</p><figure>{}</figure>",
                             stored,
                             found.memories.size() > most ? fmt::format(" The weakest {} of {}.", most, found.memories.size()) : "",
                             bars(margins, "Margins of the memories, the weakest first")));
}

std::string formats_section(const Verification& found) {
  const Quantised& quantised = found.prepared.quantised;
  std::string items;
  for (const std::string& reason : quantised.reasons) items += "<li>" + escaped(reason, 400) + "</li>";
  if (!quantised.stability_note.empty()) items += "<li>" + escaped(quantised.stability_note, 400) + "</li>";
  return items.empty() ? "" : section("formats", "Formats", "<ul>" + items + "</ul>");
}

std::string synthesis_section(const Origin& origin) {
  if (origin.synthesis.empty()) return "";
  std::vector<std::vector<std::string>> rows{{"target", "LUTs", "flip-flops", "block RAMs", "DSPs", "clock, median", "clock, worst", "clock by icetime", "one recall"}};
  for (const SynthesisSummary& one : origin.synthesis) {
    rows.push_back({escaped(one.target), grouped(one.luts), grouped(one.flip_flops), grouped(one.block_rams), grouped(one.dsps),
                    short_number(one.median_mhz) + " MHz", short_number(one.worst_mhz) + " MHz",
                    short_number(one.icetime_mhz) + " MHz",
                    one.recall_us ? short_number(*one.recall_us) + " µs" : ""});
  }
  return section("synthesis", "Synthesis", "<p>From the run of <code>synth</code> in the same folder, of the same hardware.</p>" + table(rows));
}

std::string provenance_section(const Design& design, const Verification& found, const Origin& origin) {
  std::vector<std::vector<std::string>> rows{{"what", "value"}};
  const auto add = [&rows](const std::string& name, const std::string& value) {
    rows.push_back({escaped(name), "<code>" + escaped(value, 400) + "</code>"});
  };
  add("command", origin.command);
  add("design file", design.file);
  add("design.id", found.design_id);
  add("hardware.id", fmt::format("{:08x}", found.hardware_id));
  add("network.id", fmt::format("{:08x}", found.network_id));
  add("seed of the cues", fmt::to_string(design.cues.seed));
  for (const auto& [program, version] : origin.versions) add(program, version);
  for (const auto& [what, name] : origin.files) add(what, name);
  std::string out = table(rows);
  if (!origin.design_text.empty())
    out += "<details><summary>The design file</summary><pre tabindex=\"0\">" + escaped(origin.design_text, 65536) + "</pre></details>";
  return section("provenance", "Provenance", out);
}

}  // namespace basin::report
