// The core in vvp, as a child process: answers the requests of sim/rtl/child_port.hpp on standard input and output. Clocks,
// waits and flags are those of sim/verilator/shim.cpp, so that a step takes as many cycles here as there. Unlike that model
// this one has four-state bits: an output that is unknown when it means something is a problem, with its name. Any core with
// basin_core's ports fits.
`timescale 1ns / 1ns

module bench;
  parameter NEURONS = 1;
  parameter INDEX_BITS = 1;
  parameter STATE_BITS = 18;
  parameter PATIENCE = 65536;          // longest wait for anything, in clocks

  localparam STDIN = 32'h8000_0000;
  localparam STDOUT = 32'h8000_0001;

  // Operations, answers and flags of child_port.hpp.
  localparam READ_REGISTER = 1, WRITE_REGISTER = 2, LOAD = 3, READ = 4, FINISH = 5, STEP = 6;
  localparam DONE = 0, PROBLEM = 1;
  localparam MOST_WORDS = 1 << 20;

  reg clk, rst_n, reg_valid, reg_write, load_valid, load_last, read_ready;
  reg [3:0] reg_addr;
  reg [31:0] reg_wdata, load_data;
  wire [31:0] reg_rdata, read_data;
  wire load_ready, read_valid, read_last, monitor_valid, busy, settled, overflow, load_error;
  wire [INDEX_BITS-1:0] monitor_index;
  wire [STATE_BITS-1:0] monitor_state;

  basin_core dut (
    .clk_i(clk), .rst_ni(rst_n),
    .reg_valid_i(reg_valid), .reg_write_i(reg_write), .reg_addr_i(reg_addr), .reg_wdata_i(reg_wdata),
    .reg_rdata_o(reg_rdata),
    .load_valid_i(load_valid), .load_ready_o(load_ready), .load_data_i(load_data), .load_last_i(load_last),
    .read_valid_o(read_valid), .read_ready_i(read_ready), .read_data_o(read_data), .read_last_o(read_last),
    .monitor_valid_o(monitor_valid), .monitor_index_o(monitor_index), .monitor_state_o(monitor_state),
    .busy_o(busy), .settled_o(settled), .overflow_o(overflow), .load_error_o(load_error)
  );

  reg [31:0] answer [0:MOST_WORDS-1];  // of the request under way
  reg [31:0] ahead [0:NEURONS-1];      // what the monitor has shown ahead of the step that was asked for
  integer shown;                       // how many of them
  reg [63:0] now, step_end, started;   // clocks so far; when the last step's last state was shown
  reg failed;                          // in the request under way
  reg [8*80-1:0] reason;               // why: the first reason of a request stays

  task fail(input [8*80-1:0] text);
    if (!failed) begin
      failed = 1;
      reason = text;
    end
  endtask

  task unknown(input [8*24-1:0] name);
    fail({"the core's ", name, " is unknown (X)"});
  endtask

  // Handshakes and flags always mean something; what goes with a handshake, while it is raised.
  task check_known;
    begin
      if (^busy === 1'bx) unknown("busy_o");
      if (^settled === 1'bx) unknown("settled_o");
      if (^overflow === 1'bx) unknown("overflow_o");
      if (^load_error === 1'bx) unknown("load_error_o");
      if (^load_ready === 1'bx) unknown("load_ready_o");
      if (^read_valid === 1'bx) unknown("read_valid_o");
      if (^monitor_valid === 1'bx) unknown("monitor_valid_o");
      if (read_valid === 1'b1 && ^read_data === 1'bx) unknown("read_data_o");
      if (read_valid === 1'b1 && ^read_last === 1'bx) unknown("read_last_o");
      if (monitor_valid === 1'b1 && ^monitor_index === 1'bx) unknown("monitor_index_o");
      if (monitor_valid === 1'b1 && ^monitor_state === 1'bx) unknown("monitor_state_o");
    end
  endtask

  // Lets inputs set at the low clock reach the outputs, which then are what the next rising edge sees.
  task look;
    begin
      clk = 0;
      #1;
      if (rst_n) check_known;
    end
  endtask

  task rise;
    begin
      clk = 1;
      #1 now = now + 1;
    end
  endtask

  // Clocks through one cycle and notes the state that the monitor shows in it.
  task watch;
    begin
      if (monitor_valid === 1'b1) begin
        if (monitor_index !== shown) fail("the monitor shows a neuron out of turn");
        else begin
          ahead[shown] = {{32 - STATE_BITS{1'b0}}, monitor_state};
          shown = shown + 1;
        end
      end
      rise;
    end
  endtask

  reg [31:0] got;
  integer bytes;
  // One word of the request; the end of the input ends the simulation.
  task take_word;
    begin
      bytes = $fread(got, STDIN);
      if (bytes != 4) $finish(0);
      got = {got[7:0], got[15:8], got[23:16], got[31:24]};
    end
  endtask

  task put_answer(input integer count);
    integer i;
    begin
      $fwrite(STDOUT, "%u%u", DONE, count);
      for (i = 0; i < count; i = i + 1) $fwrite(STDOUT, "%u", answer[i]);
      $fflush(STDOUT);
    end
  endtask

  // The reason as text, padded with zero bytes.
  task put_problem;
    integer i, filled, words;
    reg [31:0] word;
    begin
      filled = 0;
      words = 0;
      word = 0;
      for (i = 79; i >= 0; i = i - 1) begin
        if (reason[8*i +: 8] != 0) begin
          word = word | (reason[8*i +: 8] << (8 * filled));
          filled = filled + 1;
        end
        if (filled == 4 || i == 0) begin
          answer[words] = word;
          words = words + 1;
          filled = 0;
          word = 0;
        end
      end
      $fwrite(STDOUT, "%u%u", PROBLEM, words);
      for (i = 0; i < words; i = i + 1) $fwrite(STDOUT, "%u", answer[i]);
      $fflush(STDOUT);
    end
  endtask

  task do_register(input write, input [31:0] address, input [31:0] data);
    begin
      reg_valid = 1;
      reg_write = write;
      reg_addr = address[3:0];
      reg_wdata = data;
      look;
      if (write) step_end = now;
      watch;
      reg_valid = 0;
      reg_write = 0;
      if (!write) begin
        look;
        if (^reg_rdata === 1'bx) unknown("reg_rdata_o");
        answer[0] = reg_rdata;         // comes a clock after the request and stays
      end
    end
  endtask

  task do_load(input keep_open, input integer count);
    integer i, waited;
    begin
      for (i = 0; i < count; i = i + 1) begin
        take_word;
        load_valid = !failed;
        load_data = got;
        load_last = i + 1 == count && !keep_open;
        waited = 0;
        look;
        while (!failed && load_ready !== 1'b1) begin
          waited = waited + 1;
          if (waited == PATIENCE) fail("the core does not take a word of a load packet");
          rise;
          look;
        end
        rise;
      end
      load_valid = 0;
    end
  endtask

  task do_read(input integer count);
    integer i, waited;
    begin
      for (i = 0; i < count && !failed; i = i + 1) begin
        read_ready = 1;
        waited = 0;
        look;
        while (!failed && read_valid !== 1'b1) begin
          waited = waited + 1;
          if (waited == PATIENCE) fail("the core does not answer a read request");
          rise;
          look;
        end
        answer[i] = read_data;
        if (read_last !== (i + 1 == count)) fail("a read ends at the wrong word");
        rise;
      end
      read_ready = 0;
    end
  endtask

  task do_finish;
    integer waited;
    begin
      waited = 0;
      look;
      while (!failed && busy !== 1'b0) begin
        waited = waited + 1;
        if (waited == PATIENCE) fail("the core does not become idle");
        rise;
        look;
      end
      shown = 0;
    end
  endtask

  task do_step(input integer count);
    integer i, waited;
    reg last_settled, last_overflow, last_busy;
    begin
      started = step_end;
      waited = 0;
      while (!failed && shown < count) begin
        look;
        if (waited == PATIENCE) fail("the core does not show its states");
        waited = waited + 1;
        watch;
      end
      {answer[1], answer[0]} = now - started;
      step_end = now;
      for (i = 0; i < count; i = i + 1) answer[3 + i] = ahead[i];
      shown = 0;
      // Whether the run goes on is known at its end or with the first state of the next step; the flags before that state.
      {last_settled, last_overflow, last_busy} = 3'b001;
      waited = 0;
      look;
      while (!failed && monitor_valid !== 1'b1 && last_busy) begin
        {last_settled, last_overflow, last_busy} = {settled, overflow, busy};
        if (last_busy) begin
          if (waited == PATIENCE) fail("the core neither goes on nor ends");
          waited = waited + 1;
          rise;
          look;
        end
      end
      answer[2] = {last_overflow, last_settled, last_busy};
    end
  endtask

  reg [31:0] operation, argument, count;
  task serve;
    begin
      take_word;
      operation = got;
      take_word;
      argument = got;
      take_word;
      count = got;
      failed = 0;
      case (operation)
        READ_REGISTER: do_register(0, argument, 0);
        WRITE_REGISTER: begin
          take_word;
          do_register(1, argument, got);
        end
        LOAD: do_load(argument != 0, count);
        READ: do_read(argument);
        FINISH: do_finish;
        STEP: do_step(argument);
        default: fail("a request of an unknown kind");
      endcase
      if (failed) put_problem;
      else case (operation)
        READ_REGISTER: put_answer(1);
        READ: put_answer(argument);
        STEP: put_answer(3 + argument);
        default: put_answer(0);
      endcase
    end
  endtask

  initial begin
    {clk, rst_n, reg_valid, reg_write, reg_addr, reg_wdata} = 0;
    {load_valid, load_last, load_data, read_ready} = 0;
    now = 0;
    step_end = 0;
    shown = 0;
    failed = 0;
    look;
    rise;
    look;
    rise;
    rst_n = 1;
    forever serve;
  end
endmodule
