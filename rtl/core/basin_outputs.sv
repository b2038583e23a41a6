// The outputs of the dense form in pages, a step's after the other: a step sums one page, and each output
// that it makes is written into the page of the step that hears it, a clock's look-up of its neuron's delay
// away (docs/arithmetic.md §3.1). Without delays there are two pages, one read while the other is written.
//
// Timing: coming_i is activated_i RamLatency clocks before; output_o and delay_o come RamLatency after
// their addresses. After a load of states the prime fills all pages but the one that no step reads before it
// is written, the front page last (refill_o at start_i, CfgPages - 1 passes); else it writes what is there.
`include "basin_assert.svh"

module basin_outputs
  import basin_pkg::*;
(
  input  logic    clk_i,
  input  logic    rst_ni,
  input  load_t   load_i,
  input  logic    fetch_i,             // fetch_index_i reads, of the front page
  input  index_t  fetch_index_i,
  input  logic    start_i,
  input  index_t  last_i,              // n - 1
  input  page_t   front_i,             // page of the step under way
  input  page_t   page_i,              // a column's V
  input  index_t  index_i,
  input  neuron_t coming_i,
  input  neuron_t activated_i,
  input  drive_t  drive_i,             // its output
  output logic    refill_o,            // states were loaded since the last start
  output page_t   write_page_o,        // of activated_i
  output drive_t  output_o,
  output word_t   delay_o
);
  if (CfgPages > 2) begin : gen_delays
    page_t delay, next_q, fill_q;      // fill: pages still to fill behind the one under way
    logic loaded_q;
    basin_ram #(
      .Width(PageBits), .Words(CfgNeurons), .Filled(CfgContents), .Contents(ContentsDelays)
    ) u_delays (
      .clk_i,
      .write_i(load_i.write[KindDelays]),
      .write_address_i(load_i.address[IndexBits-1:0]),
      .write_data_i(load_i.data[PageBits-1:0]),
      .read_address_i(fetch_i ? fetch_index_i : coming_i.index),
      .read_data_o(delay)
    );
    always_ff @(posedge clk_i) begin
      if (!rst_ni) loaded_q <= 1'b0;
      else         loaded_q <= (loaded_q && !start_i) || load_i.write[KindStates];
      next_q <= front_i + page_t'(1);
      if (start_i) fill_q <= loaded_q ? page_t'(CfgPages - 2) : '0;
      else if (activated_i.valid && activated_i.prime && activated_i.index == last_i && fill_q != '0) begin
        fill_q <= fill_q - page_t'(1);
      end
    end
    // While pages are filled delays do not count; in the last pass fill_q is 0 again and they would.
    logic filling_q;
    always_ff @(posedge clk_i) begin
      if (start_i) filling_q <= loaded_q;
    end
    page_t base, offset;
    assign base = activated_i.prime ? front_i : next_q;
    assign offset = activated_i.prime && filling_q ? fill_q : delay;
    assign write_page_o = base + offset;
    assign refill_o = loaded_q;
    assign delay_o = word_t'(delay);

    `BASIN_ASSERT(NextPageStands, !activated_i.valid || activated_i.prime || next_q == front_i + page_t'(1))
    `BASIN_ASSERT(FilledBeforeSteps, !activated_i.valid || activated_i.prime || fill_q == '0)
    `BASIN_ASSERT(DelayFits, !activated_i.valid || activated_i.prime || 32'(delay) <= CfgPages - 2)
  end else begin : gen_halves
    assign write_page_o = activated_i.prime ? front_i : !front_i;
    assign refill_o = 1'b0;
    assign delay_o = '0;
  end

  logic [PageBits+IndexBits-1:0] read_address;
  assign read_address = fetch_i ? {front_i, fetch_index_i} : {page_i, index_i};
  basin_ram #(.Width(CfgDriveBits), .Words(2 ** (PageBits + IndexBits))) u_outputs (
    .clk_i,
    .write_i(activated_i.valid),
    .write_address_i({write_page_o, activated_i.index}),
    .write_data_i(drive_i),
    .read_address_i(read_address),
    .read_data_o(output_o)
  );

  logic unused;
  assign unused = ^{rst_ni, load_i, start_i, last_i, coming_i, activated_i.last};

  `BASIN_ASSERT(StepsNeverWriteWhatTheyRead, !activated_i.valid || activated_i.prime || write_page_o != front_i)
endmodule
