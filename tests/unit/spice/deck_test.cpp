#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "models/physical/deck.hpp"
#include "sim/spice/deck_circuit.hpp"
#include "sim/toolchain/scratch_folder.hpp"
#include "tests/support/fixed_circuits.hpp"

namespace basin {
namespace {

DeckCircuit import_text(const std::string& text, const std::string& beside = "") {
  const ScratchFolder folder(std::filesystem::temp_directory_path(), "basin-deck-");
  std::ofstream(folder.path() / "d.cir", std::ios::binary) << text;
  if (!beside.empty()) std::ofstream(folder.path() / "circuit.cir", std::ios::binary) << beside;
  return recognise(flatten(read_deck(folder.path() / "d.cir")), "d.cir");
}

/// The message of the refusal, without the folder.
std::string refusal(const std::string& text) {
  try {
    import_text(text);
  } catch (const InputError& error) {
    const std::string message = error.what();
    return message.substr(message.find("d.cir"));
  }
  return "accepted";
}

const std::string neuron = "title\nC0 u0 0 1p IC=0.1\nR0 u0 0 10k\nB0 p0 0 V=tanh(4*V(u0))\nR1 p0 u0 20k\n";

}  // namespace

TEST(Deck, OfOneNeuronIsItsCircuit) {
  const DeckCircuit circuit = import_text(neuron + ".tran 1n 2u 0 1n uic\n.end\n");
  ASSERT_EQ(circuit.size(), 1);
  EXPECT_DOUBLE_EQ(circuit.conductance(0, 0), 1.0 / 20e3);
  EXPECT_EQ(circuit.capacitance[0], 1e-12);
  EXPECT_EQ(circuit.ground[0], 1e4);
  EXPECT_EQ(circuit.gain[0], 4.0);
  EXPECT_EQ(circuit.initial[0], 0.1);
  EXPECT_EQ(circuit.t_end, 2e-6);
}

TEST(Deck, ReadsScalesContinuationsCommentsAndCase) {
  const DeckCircuit circuit = import_text("t\n* c\nC0 U0 0\n+ 10pF ; the state\nRX GND u0 1meg $ leak\nbP P 0 v = {2*tanh(3*v(U0))}\n"
                                          "r1 p u0 0.5k\nI0 0 u0 DC 3n\n");
  EXPECT_DOUBLE_EQ(circuit.capacitance[0], 1e-11);
  EXPECT_EQ(circuit.ground[0], 1e6);
  EXPECT_EQ(circuit.swing, 2.0);
  EXPECT_EQ(circuit.gain[0], 6.0);
  EXPECT_DOUBLE_EQ(circuit.current[0], 3e-9);
}

TEST(Deck, IsRefusedWithFileAndLineForWhatHasNoPlaceInIt) {
  const struct { std::string text, says; } cases[] = {
      {neuron + "L1 u0 0 1u\n", "d.cir:6: l1: is no part of a Hopfield circuit"},
      {neuron + "D1 u0 0 diode\n", "d.cir:6: d1: is no part"},
      {neuron + "R2 u0 q 1k\n", "d.cir:6: r2: comes from q"},
      {neuron + "R2 u0 0 0\n", "d.cir:6: r2: \"0\" is out of range"},
      {neuron + "R2 u0 0 -5\n", "d.cir:6: r2:"},
      {neuron + "R2 u0 0 nan\n", "d.cir:6: r2: \"nan\" is not a number"},
      {neuron + "R2 u0 0 1e999\n", "d.cir:6: r2:"},
      {neuron + "R0 u0 0 1k\n", "d.cir:6: r0: is there twice"},
      {neuron + "B1 p1 0 V=sin(V(u0))\n", "d.cir:6: b1: is no amplifier"},
      {neuron + "B1 p1 0 V=tanh(5*V(u0))\n", "d.cir:6: b1: is another amplifier of u0"},
      {neuron + "C1 u0 p0 1p\n", "d.cir:6: c1: is not between a node and ground"},
      {neuron + "V1 u0 0 1\n", "d.cir:6: v1: holds the state u0"},
      {neuron + "V1 r 0 DC 1 AC 1\n", "d.cir:6: v1: is no constant source"},
      {neuron + "V1 r 0 SIN(0 1 1k)\n", "d.cir:6: v1: \"sin(0 1 1k)\" is not a number"},
      {neuron + "X1 u0 nothing\n", "d.cir:6: x1: \"nothing\" is no .subckt"},
      {neuron + ".subckt a x y\nX1 x y a\n.ends\nX2 u0 0 a\n", "d.cir:7: x1: is nested more than 8 deep"},
      {neuron + ".subckt a x y\n", "d.cir:6: .subckt: has no .ends"},
      {neuron + ".control\nrun\nshell rm -rf x\n.endc\n", "d.cir:8: .control: \"shell\" is no command of a plain run"},
      {neuron + ".control\nsource other.cir\n.endc\n", "d.cir:7: .control:"},
      {neuron + ".control\nrun\n", ".control: has no .endc"},
      {neuron + ".include ../secret.cir\n", "d.cir:6: .include:"},
      {neuron + ".include /etc/passwd\n", "d.cir:6: .include:"},
      {neuron + ".include `id`\n", "d.cir:6: .include:"},
      {neuron + ".lib x\n", "d.cir:6: .lib: is not understood"},
      {neuron + ".tran 1n 2u\n", "d.cir:6: .tran: starts from a solved operating point"},
      {neuron + ".tran 1n 2u uic\n.tran 1n 2u uic\n", "d.cir:7: .tran: is there twice"},
      {neuron + ".ic V(p0)=1\n", "V(p0) is no state"},
      {neuron + ".end\nR9 u0 0 1\n", "d.cir:7: goes on after .end"},
      {"title\n+ u0\n", "d.cir:2: continues nothing"},
      {neuron + "R2 u0 0 1k\x01\n", "d.cir:6: has a control character"},
      {"title\nR0 u0 0 1k\n", "has no amplifier"},
      {"title\nB0 p0 0 V=tanh(4*V(u0))\nR0 p0 u0 1k\n", "u0: has no capacitor"},
      {"", "has no amplifier"},
  };
  for (const auto& each : cases) EXPECT_NE(refusal(each.text).find(each.says), std::string::npos) << each.says << " / " << refusal(each.text);
}

// Any damage is either a circuit still or one line that refuses it.
TEST(Deck, DamagedAnywhereIsReadOrRefused) {
  std::ifstream in(std::string(BASIN_TEST_DATA) + "/spice/opamp2.cir", std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  ASSERT_GT(whole.size(), 500U);
  constexpr std::string_view bytes = "09.-+*()={}$;: \n\t\x80\xffxVREB";
  Random random(31, Stream::test, 1);
  int refused = 0, read = 0;
  for (int k = 0; k < 600; ++k) {
    std::string text = whole;
    const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
    const std::uint32_t kind = random.below(3);
    if (kind == 0) text[at] = bytes[random.below(bytes.size())];
    if (kind == 1) text.resize(at);
    if (kind == 2) text.erase(at, 1 + random.below(40));
    try {
      import_text(text);
      ++read;
    } catch (const InputError& error) {
      ++refused;
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(read, 100);
}

// What one side writes the other reads: every component, with real amplifiers, biases, thresholds and ranges.
TEST(Deck, ThatBasinWritesIsReadBackAsTheSameNetwork) {
  constexpr Index n = 6;
  Random random(21, Stream::test, 1);
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 5.0, ActivationKind::arctan);
  for (Index i = 0; i < n; ++i) {
    circuit.bias[i] = i % 2 == 0 ? 0.1 * random.normal() : 0.0;
    circuit.threshold[i] = i == 3 ? 0.2 : 0.0;
    circuit.unipolar[static_cast<std::size_t>(i)] = i < 2;
    circuit.resistance[i] = 1e4 * (1.0 + random.uniform());
    circuit.tau[i] = 1e-11 * circuit.resistance[i];
  }
  const ResistorNetwork network = make_network(rescaled(circuit, passive_scale(circuit)), 2.5);
  const AmplifierModel amplifiers{Vector::LinSpaced(n, 1e6, 2e6), Vector::Constant(n, 75.0)};
  const Bench bench{"b", "circuit.cir", "result.raw", Vector::LinSpaced(n, -0.5, 0.5), 3e-6, 1e-9};
  for (const Dialect dialect : {Dialect::ngspice, Dialect::xyce, Dialect::ltspice}) {
    const DeckCircuit back = import_text(bench_text(dialect, bench), deck_text(network, &amplifiers, {}, "t"));
    ASSERT_EQ(back.size(), n);
    EXPECT_LT((back.conductance - network.conductance).cwiseAbs().maxCoeff(), 1e-15 * 1e-4);
    EXPECT_LT((back.current - network.swing * network.bias).cwiseAbs().maxCoeff(), 1e-18);
    const Vector fixed = network.leak + network.bias.cwiseAbs();
    EXPECT_LT((back.ground.cwiseInverse() - fixed).cwiseAbs().maxCoeff(), 1e-18);
    EXPECT_EQ(back.capacitance, network.capacitance);
    EXPECT_LT((back.gain - network.gain).cwiseAbs().maxCoeff(), 1e-12);
    EXPECT_EQ(back.threshold, network.threshold);
    EXPECT_EQ(back.unipolar, network.unipolar);
    EXPECT_EQ(back.activation.kind(), ActivationKind::arctan);
    EXPECT_EQ(back.swing, 2.5);
    EXPECT_LT((back.pole_hz.cwiseQuotient(amplifiers.pole_hz).array() - 1.0).abs().maxCoeff(), 1e-12);
    EXPECT_EQ(back.output_resistance, amplifiers.output_resistance);
    EXPECT_EQ(back.initial, bench.start);
    EXPECT_EQ(back.t_end, 3e-6);
  }
}

// Overlap amplifiers come back as the direct resistors that they amount to; what cancels in these is to ground.
TEST(Deck, ThatBasinWritesOfOverlapAmplifiersIsReadBackAsItsSynapses) {
  constexpr Index n = 7;
  Random random(21, Stream::test, 9);
  Circuit circuit = test::circuit_of(Matrix::Zero(n, n), 4.0);
  auto factors = std::make_shared<Factors>();
  factors->patterns = Matrix::Zero(3, n);
  for (double& entry : factors->patterns.reshaped()) entry = random.sign();
  factors->core = (Matrix(3, 3) << 0.3, -0.1, 0.0, -0.1, 0.4, 0.05, 0.0, 0.05, 0.2).finished();
  factors->diagonal = Vector::Constant(n, -0.5);
  factors->columns = Vector::Ones(n);
  circuit.weights = factors->dense();
  circuit.bias[3] = 0.1;
  circuit.resistance.setConstant(1e4);
  circuit.tau.setConstant(1e-7);
  circuit.factors = factors;
  const OverlapForm form(circuit);
  const double s = passive_scale(circuit, form);
  const ResistorNetwork network = make_network(rescaled(circuit, s), 2.0, form, s);
  const std::string text = deck_text(network, nullptr, {}, "t");
  const DeckCircuit back = import_text(text);
  EXPECT_LT((back.conductance - circuit.weights / s / 1e4).cwiseAbs().maxCoeff(), 1e-18);
  const Vector total = back.conductance.cwiseAbs().rowwise().sum() + back.ground.cwiseInverse();
  EXPECT_LT((1e4 * total.array() - 1.0).abs().maxCoeff(), 1e-11);
  EXPECT_LT((back.current - network.swing * network.bias).cwiseAbs().maxCoeff(), 1e-18);
  EXPECT_EQ(back.gain, network.gain);

  const std::string end = "E7 z 0 zz 0 1\n";
  EXPECT_NE(refusal(text + end).find("e7: follows no amplifier"), std::string::npos) << refusal(text + end);
  const std::pair<std::string, std::string> amiss[] = {
      {"Xo9 o9 mp9 mn9 overlap\n", "follows no amplifier"},                               // hears nothing
      {"Xo9 o9 mp9 mn9 overlap\nRo8 vp2 o9 1k\nRo9 vp1 o9 1k\nCo o9 0 1p\n", "is a second source at o9"},   // with a time constant
      {"Xo9 o9 mp9 mn9 overlap\nRo9 vp1 o9 1k\nRg o9 0 1k\n", "rg: is between o9 and 0"},
      {"Xo9 o9 mp9 mn9 overlap\nRo9 vp1 o9 1k\nXo8 mp9 mp8 mn8 overlap\n", "follows no amplifier"},
      {"Xo9 o9 vp1 mn9 overlap\nRo9 vp1 o9 1k\n", "follows no amplifier"}};
  for (const auto& [more, says] : amiss) EXPECT_NE(refusal(text + more).find(says), std::string::npos) << refusal(text + more);
}

// A gain that the open loop lowers and an offset come back as the gain and threshold that they amount to; the rest as it is.
TEST(Deck, ThatBasinWritesOfSlewSaturationAndOffsetIsReadBack) {
  constexpr Index n = 5;
  Random random(21, Stream::test, 2);
  Circuit circuit = test::circuit_of(test::gaussian(n, random), 5.0);
  circuit.bias[1] = 0.2;
  circuit.unipolar[0] = true;
  circuit.resistance.setConstant(1e4);
  circuit.tau.setConstant(1e-7);
  const ResistorNetwork network = make_network(rescaled(circuit, passive_scale(circuit)), 2.5);
  AmplifierModel model;
  model.output_resistance = Vector::Constant(n, 75.0);
  model.pole_hz = Vector::LinSpaced(n, 1e6, 2e6);
  model.slew_v_per_s = Vector::LinSpaced(n, 1e7, 3e7);
  model.saturation_v = Vector::LinSpaced(n, 1.5, 2.0);
  model.open_loop_gain = Vector::Constant(n, 50.0);
  model.input_offset_v = Vector::LinSpaced(n, -0.02, 0.02);
  for (const bool pole : {true, false}) {
    if (!pole) {
      model.pole_hz.resize(0);
      model.slew_v_per_s.resize(0);
    }
    const DeckCircuit back = import_text("t\n.include circuit.cir\n", deck_text(network, &model, {}, "t"));
    EXPECT_LT((back.conductance - network.conductance).cwiseAbs().maxCoeff(), 1e-15 * 1e-4);
    EXPECT_LT((back.gain - model.gain(network)).cwiseAbs().maxCoeff(), 1e-12);
    EXPECT_LT((back.threshold - model.threshold(network)).cwiseAbs().maxCoeff(), 1e-15);
    EXPECT_EQ(back.saturation_v, model.saturation_v);
    EXPECT_EQ(back.output_resistance, model.output_resistance);
    ASSERT_EQ(back.pole_hz.size(), model.pole_hz.size());
    ASSERT_EQ(back.slew_v_per_s.size(), model.slew_v_per_s.size());
    if (!pole) continue;
    EXPECT_LT((back.pole_hz.cwiseQuotient(model.pole_hz).array() - 1.0).abs().maxCoeff(), 1e-12);
    EXPECT_LT((back.slew_v_per_s.cwiseQuotient(model.slew_v_per_s).array() - 1.0).abs().maxCoeff(), 1e-12);
  }
}

TEST(Deck, WithACurrentThatIsNoSlewingPoleIsRefused) {
  const std::string slewing = "1e-5*0.5*(abs(100*(V(p0)-V(x))+1)-abs(100*(V(p0)-V(x))-1))";
  EXPECT_NE(refusal(neuron + "G1 p0 x VALUE={1e-3*V(p0)}\n").find("d.cir:6: g1: is no current that slews"), std::string::npos);
  EXPECT_NE(refusal(neuron + "G1 p0 x VALUE={" + slewing + "}\n").find("d.cir:6: g1: is not from an amplifier"), std::string::npos);
  EXPECT_EQ(refusal(neuron + "G1 p0 x VALUE={" + slewing + "}\nC1 x 0 1p\n"), "accepted");
}

// 3 N + 2 ports are more than the 1,005 that ngspice allows.
TEST(Deck, OfMoreNeuronsThanASubcktHasPortsForIsFlat) {
  constexpr Index n = 340;
  Circuit circuit = test::circuit_of(Matrix::Zero(n, n), 2.0);
  for (Index i = 0; i < n; ++i) circuit.weights(i, (i + 1) % n) = i % 2 == 0 ? 0.5 : -0.5;
  circuit.resistance.setConstant(1e5);
  circuit.tau.setConstant(1e-6);
  const ResistorNetwork network = make_network(circuit, 1.0);
  const std::string deck = deck_text(network, nullptr, {}, "t");
  EXPECT_EQ(deck.find(".subckt network"), std::string::npos);
  const DeckCircuit back = import_text("t\n.include circuit.cir\n", deck);
  EXPECT_EQ(back.conductance, network.conductance);
}

}  // namespace basin
