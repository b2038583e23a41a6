// Turns the three drawings of the traces into plots with a cursor, of any cue the page holds. Without it the page still
// shows the drawings of one cue.
(function () {
  "use strict";
  const holder = document.getElementById("traces-data");
  if (!holder) return;
  const data = JSON.parse(holder.textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const number = (value) => (value == null ? "–" : Number(value).toPrecision(4));
  let plots = [];
  let chosen = data.first;

  const axis = (label, size) => ({
    label: label, size: size, labelSize: 20, stroke: colour("text"), font: "12px system-ui", labelFont: "13px system-ui",
    grid: { stroke: colour("rule"), width: 1 }, ticks: { stroke: colour("rule"), width: 1 },
  });
  const line = (label, name, dash) => ({
    label: label, stroke: colour(name), width: 2, dash: dash, points: { show: false }, value: (plot, value) => number(value),
  });
  const analog = (label) => Object.assign(line(label, "analog"), { width: 6, alpha: 0.4 });  // wide: the hardware lies on it

  function draw(name, series, columns, label, logarithmic) {
    const place = document.querySelector('[data-plot="' + name + '"]');
    const y = axis(label, 74);
    if (logarithmic) y.filter = (plot, ticks) => ticks.map((tick) => (Math.abs(Math.log10(tick) % 1) < 1e-9 ? tick : null));
    if (logarithmic) y.grid.filter = y.filter;
    y.values = (plot, ticks) => ticks.map((tick) => (tick == null ? "" :
      logarithmic && tick < 0.01 ? tick.toExponential(0) : String(Number(tick.toPrecision(3)))));
    const options = {
      width: place.clientWidth, height: 300,
      scales: { x: { time: false }, y: logarithmic ? { distr: 3 } : {} },
      axes: [axis(data.x, 36), y],
      series: [{ label: data.x, value: (plot, value) => number(value) }].concat(series),
      legend: { live: columns.length < 5 && window.innerWidth > 560, show: columns.length < 5 },
    };
    place.replaceChildren();
    plots.push(new uPlot(options, columns, place));
  }

  function show() {
    plots.forEach((plot) => plot.destroy());
    plots = [];
    const cue = data.cues[chosen];
    const states = [];
    const columns = [cue.t];
    cue.neurons.forEach((one) => {
      states.push(analog("circuit " + one.neuron), line("hardware " + one.neuron, "hardware"));
      columns.push(one.analog, one.hardware);
    });
    const positive = cue.deviation.map((value) => (value > 0 ? value : null));
    const overlaps = [];
    const shown = [cue.t];
    cue.overlaps.forEach((one, m) => {
      overlaps.push(Object.assign(line("circuit " + one.memory, "m" + m), { width: 6, alpha: 0.4 }), line("hardware " + one.memory, "m" + m));
      shown.push(one.analog, one.hardware);
    });
    if (document.querySelector('[data-plot="overlaps"]')) {
      draw("overlaps", overlaps, shown, "overlap ξ·V/N", false);
      document.getElementById("traces-memories").replaceChildren(...cue.overlaps.map((one, m) => {
        const name = document.createElement("span");
        name.className = "memory m" + m;
        name.textContent = one.memory;
        return name;
      }));
    }
    draw("energy", [analog("circuit"), line("hardware", "hardware")], [cue.t].concat(cue.energy), data.energy, false);
    draw("states", states, columns, data.u, false);
    draw("deviation", [line("deviation", "hardware"), line("limit", "bad", [7, 4])],
         [cue.t, positive, cue.t.map(() => data.limit)], "normalised deviation", true);
    document.getElementById("traces-neurons").textContent = cue.neurons.map((one) => one.neuron).join(", ");
  }

  const select = document.createElement("select");
  select.setAttribute("aria-label", "cue whose traces are shown");
  data.cues.forEach((cue, i) => select.add(new Option(cue.name + (i === data.first ? " (largest deviation)" : ""), i)));
  select.value = chosen;
  select.addEventListener("change", () => { chosen = Number(select.value); show(); });
  document.getElementById("traces-cue").replaceChildren(select);
  dark.addEventListener("change", show);
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) { width = window.innerWidth; show(); }
  });
  show();
})();
