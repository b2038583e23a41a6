// Gives a byte-wide link the registers and streams of basin_core. A transfer is a command byte and
// what follows; words go most significant byte first. docs/rtl/basin_serial.md lists the commands.
//
// Timing: command and data bytes act in the clock after byte_valid_i; byte_o is then stable until
// the next byte_valid_i. A link leaves 24 clocks or more between bytes.
`include "basin_assert.svh"

module basin_serial (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        selected_i,           // a transfer is under way
  input  logic        byte_valid_i,
  input  logic [7:0]  byte_i,
  output logic [7:0]  byte_o,
  output logic        reg_valid_o,
  output logic        reg_write_o,
  output logic [3:0]  reg_addr_o,
  output logic [31:0] reg_wdata_o,
  input  logic [31:0] reg_rdata_i,
  output logic        load_valid_o,
  input  logic        load_ready_i,
  output logic [31:0] load_data_o,
  output logic        load_last_o,
  input  logic        read_valid_i,
  output logic        read_ready_o,
  input  logic [31:0] read_data_i,
  input  logic        read_last_i,
  input  logic [3:0]  flags_i               // load_error, overflow, settled, busy
);
  typedef enum logic [3:0] { WriteRegister = 4'd1, ReadRegister = 4'd2, Load = 4'd3, Read = 4'd4 } command_e;
  typedef enum logic [1:0] { Command, Turn, Data } state_e;

  state_e state_d, state_q;
  logic [3:0] command_d, command_q, detail_d, detail_q;
  logic [1:0] index_d, index_q;
  logic [31:0] in_d, in_q, out_d, out_q;
  logic write_d, write_q, fetch_d, fetch_q, pop_d, pop_q, load_d, load_q, late_d, late_q;
  logic have_d, have_q;                     // the word going out came from the read stream
  logic reads, done;

  assign reads = command_q == ReadRegister || command_q == Read;
  assign done = byte_valid_i && state_q == Data && index_q == 2'd3;

  always_comb begin
    state_d = state_q;
    command_d = command_q;
    detail_d = detail_q;
    index_d = index_q;
    in_d = in_q;
    out_d = out_q;
    have_d = have_q;
    fetch_d = 1'b0;
    if (byte_valid_i) begin
      unique case (state_q)
        Command: begin
          {command_d, detail_d} = byte_i;
          fetch_d = byte_i[7:4] == ReadRegister;
          state_d = byte_i[7:4] inside {ReadRegister, Read} ? Turn : Data;
        end
        Turn: begin
          out_d = command_q == Read ? (read_valid_i ? read_data_i : '0) : reg_rdata_i;
          have_d = command_q == Read && read_valid_i;
          state_d = Data;
        end
        default: begin
          in_d = {in_q[23:0], byte_i};
          out_d = out_q << 8;
          index_d = index_q + 2'd1;
          if (done && reads) state_d = Turn;
          fetch_d = done && command_q == ReadRegister;
        end
      endcase
    end
    if (!selected_i) begin
      state_d = Command;
      index_d = '0;
    end
  end

  // A word that comes while the one before still waits is lost, and late_q says so until a clear
  // byte: any command of another number.
  always_comb begin
    write_d = done && command_q == WriteRegister;
    pop_d = done && command_q == Read && have_q;
    load_d = (load_q && !load_ready_i) || (done && command_q == Load);
    late_d = late_q;
    if (byte_valid_i && state_q == Command && byte_i[7:4] == '0) late_d = 1'b0;
    if (done && command_q == Load && load_q) late_d = 1'b1;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Command;
      index_q <= '0;
      write_q <= 1'b0;
      fetch_q <= 1'b0;
      pop_q   <= 1'b0;
      load_q  <= 1'b0;
      late_q  <= 1'b0;
      have_q  <= 1'b0;
    end else begin
      state_q <= state_d;
      index_q <= index_d;
      write_q <= write_d;
      fetch_q <= fetch_d;
      pop_q   <= pop_d;
      load_q  <= load_d;
      late_q  <= late_d;
      have_q  <= have_d;
    end
    command_q <= command_d;
    detail_q  <= detail_d;
    in_q      <= in_d;
    out_q     <= out_d;
  end

  logic [7:0] status;
  assign status = {read_valid_i && read_last_i, read_valid_i, load_q, late_q, flags_i};
  assign byte_o = state_q == Data && reads ? out_q[31:24] : status;
  assign reg_valid_o = write_q || fetch_q;
  assign reg_write_o = write_q;
  assign reg_addr_o = detail_q;
  assign reg_wdata_o = in_q;
  assign load_valid_o = load_q;
  assign load_data_o = in_q;
  assign load_last_o = detail_q[0];
  assign read_ready_o = pop_q;

  `BASIN_ASSERT(OneAccess, !(write_q && fetch_q))
  `BASIN_ASSERT(PopsWhatItGave, !pop_q || read_valid_i)
endmodule
