#pragma once

#include "models/physical/resistor_network.hpp"

namespace basin {

/// The value of the series nearest to `value` > 0 by ratio (IEC 60063); `value` itself for `exact`.
double preferred_value(double value, PreferredSeries series);

/// The network of components that can be bought: every resistor and capacitor of a preferred value. The resistor to ground is
/// chosen last, so that the node's 1/R stays where it was as nearly as the series allows; it is left out where the others
/// take more already.
ResistorNetwork with_series(const ResistorNetwork& network, PreferredSeries series);

/// The network of programmable conductances: T and bias rounded to one of `levels` equal steps between 0 and the largest of
/// them. The resistor to ground keeps 1/R where the others leave room for it.
ResistorNetwork with_levels(const ResistorNetwork& network, int levels);

/// What the design asks for.
ResistorNetwork with_available_parts(const ResistorNetwork& network, const PhysicalSpec& spec);

/// Smallest ξ_i(Σ_j W_ij ξ_j + b_i) over the neurons, in core coordinates; `outputs` is ξ of all neurons.
double least_margin(const Circuit& circuit, const Vector& outputs);

}  // namespace basin
