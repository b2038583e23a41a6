// Gives a byte-wide line the registers and streams of basin_core, by the protocol of docs/protocol.md:
// frames, commands, and the buffer between them. Requests are kept in the lower half of the buffer,
// replies in the upper one, so that a repeated request does not touch the reply that answers it.
//
// Timing: a register access gives its data two clocks after reg_valid_o.
module basin_link #(
  parameter int unsigned GapClocks = 30720
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        enable_i,
  input  logic        rx_valid_i,
  input  logic [7:0]  rx_byte_i,
  output logic        tx_valid_o,
  input  logic        tx_ready_i,
  output logic [7:0]  tx_byte_o,
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
  input  logic        boot_error_i,
  input  logic        booted_i,
  input  logic [3:0]  flags_i                // load_error, overflow, settled, busy
);
  logic request, done, refused, fresh, acting_d, acting_q, frame_write, command_write;
  logic [3:0] command;
  logic [6:0] count, reply_count;
  logic [5:0] frame_index, command_index, command_write_index;
  logic [31:0] frame_word, command_word, word;

  basin_frame #(.GapClocks(GapClocks)) u_frame (
    .clk_i,
    .rst_ni,
    .enable_i,
    .rx_valid_i,
    .rx_byte_i,
    .tx_valid_o,
    .tx_ready_i,
    .tx_byte_o,
    .request_o(request),
    .command_o(command),
    .count_o(count),
    .done_i(done),
    .reply_count_i(reply_count),
    .flags_i({booted_i, boot_error_i, refused, fresh, flags_i}),
    .write_o(frame_write),
    .index_o(frame_index),
    .word_o(frame_word),
    .word_i(word)
  );
  basin_command u_command (
    .clk_i,
    .rst_ni,
    .request_i(request),
    .command_i(command),
    .count_i(count),
    .done_o(done),
    .reply_count_o(reply_count),
    .refused_o(refused),
    .fresh_o(fresh),
    .index_o(command_index),
    .word_i(word),
    .write_o(command_write),
    .write_index_o(command_write_index),
    .write_word_o(command_word),
    .busy_i(flags_i[0]),
    .reg_valid_o,
    .reg_write_o,
    .reg_addr_o,
    .reg_wdata_o,
    .reg_rdata_i,
    .load_valid_o,
    .load_ready_i,
    .load_data_o,
    .load_last_o,
    .read_valid_i,
    .read_ready_o,
    .read_data_i
  );

  // The buffer is the commands' from a request to its end, else the frames'.
  assign acting_d = (acting_q || request) && !done;
  always_ff @(posedge clk_i) acting_q <= rst_ni && acting_d;

  // A register in front of the buffer: nobody reads a word so soon.
  logic write_q;
  logic [6:0] write_address_q;
  logic [31:0] write_data_q;
  always_ff @(posedge clk_i) begin
    write_q         <= frame_write || command_write;
    write_address_q <= command_write ? {1'b1, command_write_index} : {1'b0, frame_index};
    write_data_q    <= command_write ? command_word : frame_word;
  end

  basin_ram #(.Width(32), .Words(128)) u_buffer (
    .clk_i,
    .write_i(write_q),
    .write_address_i(write_address_q),
    .write_data_i(write_data_q),
    .read_address_i(acting_q ? {1'b0, command_index} : {1'b1, frame_index}),
    .read_data_o(word)
  );
endmodule
