// The register map (docs/arithmetic.md §6): settings, commands, sticky flags. Each access takes one
// clock; the word of a read is at reg_rdata_o in the clock after it and stays until the next read.
// Start, check and read act in the clock after their write, in which busy_i already says so (accept_o);
// clear and stop act at once.
`include "basin_assert.svh"

module basin_registers
  import basin_pkg::*;
(
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        reg_valid_i,
  input  logic        reg_write_i,
  input  logic [3:0]  reg_addr_i,
  input  word_t       reg_wdata_i,
  output word_t       reg_rdata_o,
  input  logic        busy_i,
  input  logic        settled_i,
  input  phase_t      phase_i,
  input  logic        overflow_i,            // sets the sticky flag
  input  logic        load_error_i,          // sets the sticky flag
  input  word_t       steps_i,
  input  word_t       cycles_i,
  input  word_t       network_id_i,
  output settings_t   settings_o,
  output logic        accept_o,              // one of the next three follows
  output logic        start_o,
  output logic        check_o,
  output logic        clear_o,
  output logic        stop_o,
  output logic        read_o,
  output header_t     read_header_o,
  output logic        overflow_o,
  output logic        load_error_o
);
  settings_t settings_d, settings_q;     // `last` follows `neurons` a clock later
  logic overflow_d, overflow_q, load_error_d, load_error_q, load_error, refused_q;
  word_t rdata_d, rdata_q, status;
  logic write, control, refused, neurons_fit, delay_fits, above, wants_start, wants_check;
  logic start_d, start_q, check_d, check_q, read_d, read_q;
  header_t header_q;
  count_t neurons;
  lengths_t lengths_d;                   // of the phases
  word_t length;                         // that is read

  assign write = reg_valid_i && reg_write_i;
  assign control = write && reg_addr_i == RegControl;
  assign wants_start = control && reg_wdata_i[ControlStart];
  assign wants_check = control && reg_wdata_i[ControlCheck];
  assign clear_o = control && reg_wdata_i[ControlClear];
  assign stop_o = control && reg_wdata_i[ControlStop];
  // Clear comes first when several are written at once, then start, then check.
  assign start_d = wants_start && !busy_i && (!load_error || clear_o);
  assign check_d = wants_check && !busy_i && !start_d;
  assign read_d = write && reg_addr_i == RegRead && !busy_i;
  assign load_error = load_error_q || refused_q;     // a refused write joins the flag a clock later
  assign accept_o = start_d || check_d || read_d;
  assign delay_fits = reg_wdata_i <= CfgPages - 2;
  assign neurons = reg_wdata_i[CountBits-1:0];
  assign neurons_fit = (reg_wdata_i >> CountBits) == '0 && neurons != '0
                       && !above;
  if (CfgNeurons == 2 ** CountBits - 1) begin : gen_every_count_fits
    assign above = 1'b0;
  end else begin : gen_some_counts_fit
    assign above = neurons > count_t'(CfgNeurons);
  end

  always_comb begin
    settings_d = settings_q;
    settings_d.last = index_t'(settings_q.neurons - count_t'(1));
    refused = 1'b0;
    if (write && busy_i) begin
      refused = reg_addr_i != RegControl || wants_start || wants_check;
    end else if (write) begin
      unique case (reg_addr_i)
        RegNeurons: begin
          refused = !neurons_fit;
          if (neurons_fit) settings_d.neurons = neurons;
        end
        RegStep: begin
          settings_d.exponent = reg_wdata_i[3:0];
          settings_d.order2 = reg_wdata_i[StepOrder2];
        end
        RegSettle: settings_d.threshold = reg_wdata_i;
        RegLimit: settings_d.limit = reg_wdata_i;
        RegDelay: begin
          refused = CfgPages > 2 && !delay_fits;
          if (CfgPages > 2 && delay_fits) settings_d.delay = reg_wdata_i[PageBits-1:0];
        end
        default: ;
      endcase
    end
    settings_d.lengths = lengths_d;
    overflow_d = (overflow_q && !clear_o) || overflow_i;
    load_error_d = (load_error && !clear_o) || load_error_i;
  end

  // The lengths of the phases. Without any there is no such register.
  localparam logic [2:0][3:0] LengthAddresses = {RegPhase2, RegPhase1, RegPhase0};
  if (CfgPhases > 1) begin : gen_lengths
    always_comb begin
      lengths_d = settings_q.lengths;
      length = '0;
      for (int unsigned p = 0; p < TimedPhases; p++) begin
        if (reg_addr_i == LengthAddresses[p]) begin
          length = settings_q.lengths[p];
          if (write && !busy_i) lengths_d[p] = reg_wdata_i;
        end
      end
    end
  end else begin : gen_no_lengths
    assign lengths_d = '0;
    assign length = '0;
    logic unused;
    assign unused = ^LengthAddresses;
  end

  always_comb begin
    status = '0;
    status[StatusBusy] = busy_i;
    status[StatusSettled] = settled_i;
    status[StatusOverflow] = overflow_q;
    status[StatusLoadError] = load_error;
    status[StatusPhase+:2] = 2'(phase_i);
    unique case (reg_addr_i)
      RegConfigId: rdata_d = CfgConfigId;
      RegStatus: rdata_d = status;
      RegNeurons: rdata_d = word_t'(settings_q.neurons);
      RegStep: begin
        rdata_d = word_t'(settings_q.exponent);
        rdata_d[StepOrder2] = settings_q.order2;
      end
      RegSettle: rdata_d = settings_q.threshold;
      RegLimit: rdata_d = settings_q.limit;
      RegSteps: rdata_d = steps_i;
      RegCycles: rdata_d = cycles_i;
      RegNetworkId: rdata_d = network_id_i;
      RegCapacity: rdata_d = {16'(CfgLanes), 16'(CfgNeurons)};
      RegDelay: rdata_d = word_t'(settings_q.delay);
      default: rdata_d = length;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      settings_q   <= '{
        neurons: count_t'(ResetNeurons),
        last: '0,
        exponent: ResetStep[3:0],
        order2: ResetStep[StepOrder2],
        threshold: ResetSettle,
        limit: ResetLimit,
        lengths: lengths_t'({ResetPhase2, ResetPhase1, ResetPhase0}),
        delay: ResetDelay[PageBits-1:0]
      };
      overflow_q   <= 1'b0;
      load_error_q <= 1'b0;
      refused_q    <= 1'b0;
      start_q      <= 1'b0;
      check_q      <= 1'b0;
      read_q       <= 1'b0;
    end else begin
      settings_q   <= settings_d;
      overflow_q   <= overflow_d;
      load_error_q <= load_error_d;
      refused_q    <= refused;
      start_q      <= start_d;
      check_q      <= check_d;
      read_q       <= read_d;
    end
    header_q <= header_t'(reg_wdata_i);
    if (reg_valid_i && !reg_write_i) rdata_q <= rdata_d;
  end

  assign reg_rdata_o = rdata_q;
  assign start_o = start_q;
  assign check_o = check_q;
  assign read_o = read_q;
  assign read_header_o = header_q;
  assign settings_o = settings_q;
  assign overflow_o = overflow_q;
  assign load_error_o = load_error;

  `BASIN_ASSERT(NeuronsFit, settings_q.neurons != '0 && 32'(settings_q.neurons) <= CfgNeurons)
  `BASIN_ASSERT(CommandsOnlyWhileIdle, !busy_i || !accept_o)
  `BASIN_ASSERT(CommandsAreBusy, busy_i || !(start_o || check_o || read_o))
  `BASIN_ASSERT(OneCommand, 32'(start_o) + 32'(check_o) + 32'(read_o) <= 1)
endmodule
