#include "models/physical/activation_text.hpp"
#include "models/physical/slew_text.hpp"

#include <gtest/gtest.h>

namespace basin {
namespace {

SourceExpression example(const Activation& activation) { return {activation, "u3", 6.25, -0.125, 2.5, false, false}; }

std::vector<Activation> all_shapes() {
  Matrix points(4, 2);
  points << -2.0, -0.75, -0.5, -0.5, 1.0, 0.25, 3.0, 1.0;
  std::vector<Activation> shapes{Activation(points)};
  for (const ActivationKind kind : {ActivationKind::tanh, ActivationKind::erf, ActivationKind::algebraic, ActivationKind::arctan,
                                    ActivationKind::clipped_linear, ActivationKind::hard}) {
    shapes.emplace_back(kind);
  }
  return shapes;
}

}  // namespace

TEST(ActivationText, ReadsBackEveryShapeItWrites) {
  for (const Activation& shape : all_shapes()) {
    for (int variant = 0; variant < 16; ++variant) {
      SourceExpression source = example(shape);
      source.unipolar = (variant & 1) != 0;
      source.inverted = (variant & 2) != 0;
      if ((variant & 4) != 0) source.threshold = 0.0;
      if ((variant & 8) != 0) source.saturation = 0.75;
      const std::string text = expression_text(source);
      const auto back = parse_source(text);
      ASSERT_TRUE(back) << text;
      EXPECT_EQ(back->activation.kind(), shape.kind()) << text;
      EXPECT_EQ(back->node, "u3");
      EXPECT_EQ(back->gain_per_volt, 6.25);
      EXPECT_EQ(back->threshold, source.threshold);
      EXPECT_EQ(back->swing, 2.5);
      EXPECT_EQ(back->saturation, source.saturation) << text;
      EXPECT_EQ(back->unipolar, source.unipolar) << text;
      EXPECT_EQ(back->inverted, source.inverted) << text;
      if (shape.kind() == ActivationKind::table) {
        EXPECT_LT((back->activation.points() - shape.points()).cwiseAbs().maxCoeff(), 1e-12);
      }
    }
  }
}

TEST(ActivationText, ReadsWhatPeopleWrite) {
  const auto plain = parse_source("-tanh(6.6*V(U0))");
  ASSERT_TRUE(plain);
  EXPECT_TRUE(plain->inverted);
  EXPECT_EQ(plain->node, "u0");
  EXPECT_EQ(plain->gain_per_volt, 6.6);
  EXPECT_TRUE(parse_source("1.0*tanh(5.000000000e+01*V(u0))"));
  EXPECT_TRUE(parse_source("tanh( V(a) * 3 )"));
  EXPECT_TRUE(parse_source("0.636619772*atan(1.570796327*(4*V(u0)))"));
}

TEST(SlewText, IsReadBackAsWritten) {
  const SlewExpression source{"x0.g", "x0.x", 1.0 / 1000.0, 3.7e-5};
  const auto back = parse_slew(" " + slew_text(source) + " ");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->from, "x0.g");
  EXPECT_EQ(back->to, "x0.x");
  EXPECT_NEAR(back->per_volt, source.per_volt, 1e-18);
  EXPECT_EQ(back->limit, 3.7e-5);
}

TEST(SlewText, RefusesAnythingElse) {
  const std::string text = slew_text({"g", "x", 1e-3, 1e-5});
  EXPECT_FALSE(parse_slew(text + "+1"));
  EXPECT_FALSE(parse_slew("-" + text));
  for (std::size_t cut = 0; cut < text.size(); ++cut) EXPECT_FALSE(parse_slew(text.substr(0, cut))) << cut;
  for (const char* other : {"", "0*0.5*(abs(1*(V(g)-V(x))+1)-abs(1*(V(g)-V(x))-1))", "1*0.5*(abs(1*(V(g)-V(x))+1)-abs(1*(V(g)-V(y))-1))"}) {
    EXPECT_FALSE(parse_slew(other)) << other;
  }
}

TEST(ActivationText, RefusesASaturationThatIsNotOne) {
  EXPECT_TRUE(parse_source("0.5*(abs(1*tanh(3*V(u))+0.8)-abs(1*tanh(3*V(u))-0.8))"));
  for (const char* text : {"0.5*(abs(1*tanh(3*V(u))+0.8)-abs(1*tanh(3*V(u))-0.9))", "0.5*(abs(1*tanh(3*V(u))+0.8)-abs(1*tanh(4*V(u))-0.8))",
                           "0.4*(abs(1*tanh(3*V(u))+0.8)-abs(1*tanh(3*V(u))-0.8))", "0.5*(abs(1*tanh(3*V(u))+0)-abs(1*tanh(3*V(u))-0))",
                           "0.5*(abs(", "0.5*(abs(1*tanh(3*V(u))+0.8)-abs(1*tanh(3*V(u))-0.8)"}) {
    EXPECT_FALSE(parse_source(text)) << text;
  }
}

TEST(ActivationText, RefusesWhatIsNoAmplifier) {
  for (const char* text : {"", "tanh(V(u0)", "tanh(V(u0)+V(u1))", "sin(V(u0))", "tanh(3*V(u0))*2", "tanh(-3*V(u0))", "V(u0)",
                           "tanh(3*V(u0)); shell", "0*tanh(V(u0))", "tanh(1e999*V(u0))", "@", "tanh(@)", "(((((", "1*", "-"}) {
    EXPECT_FALSE(parse_source(text)) << text;
  }
}

}  // namespace basin
