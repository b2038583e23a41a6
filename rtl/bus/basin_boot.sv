// Loads a core from the boot image in a SPI flash (docs/protocol.md §6) once after reset: reads the
// image to check its CRC, then reads it again and plays its records into the register and load ports.
//
// Timing: busy_o from reset to the end; then error_o or booted_o stays high. reg_valid_o for a clock
// with its word; load_valid_o until it is taken.
`include "basin_assert.svh"

module basin_boot #(
  parameter logic [23:0] Address = 24'h10_0000
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  output logic        flash_cs_no,
  output logic        flash_sck_o,
  output logic        flash_mosi_o,
  input  logic        flash_miso_i,
  output logic        busy_o,
  output logic        error_o,
  output logic        booted_o,
  output logic        reg_valid_o,           // a write of word_o
  output logic [3:0]  reg_addr_o,
  output logic        load_valid_o,
  input  logic        load_ready_i,
  output logic        load_last_o,
  output logic [31:0] word_o
);
  localparam logic [31:0] Magic = 32'h424E_5342;   // "BSNB"
  localparam logic [3:0] RecordRegister = 4'd1;
  localparam logic [3:0] RecordPacket = 4'd2;
  typedef logic [19:0] length_t;
  typedef enum logic [2:0] { First, Length, Body, Check, Again, Failed, Booted } state_e;
  typedef enum logic [1:0] { Head, Register, Packet } record_e;

  state_e state_d, state_q;
  record_e record_d, record_q;
  logic acting_d, acting_q;                  // the second reading
  length_t left_d, left_q;                   // words of the body still to come
  length_t record_left_d, record_left_q;     // of the record
  logic [3:0] addr_d, addr_q;
  logic [1:0] byte_index_d, byte_index_q;
  logic [31:0] word_d, word_q;
  logic word_whole_d, word_whole_q, right_q, last_word_q, record_end_q;
  logic busy_q, word_valid_q, load_d, load_q, load_last_d, load_last_q, reg_d, reg_q;
  logic byte_valid, running;
  logic [7:0] flash_byte;
  logic [31:0] crc;

  assign running = state_q inside {First, Length, Body, Check};
  basin_flash #(.Address(Address)) u_flash (
    .clk_i,
    .rst_ni,
    .run_i(running),
    .hold_i(load_q),
    .cs_no(flash_cs_no),
    .sck_o(flash_sck_o),
    .mosi_o(flash_mosi_o),
    .miso_i(flash_miso_i),
    .valid_o(byte_valid),
    .byte_o(flash_byte)
  );
  basin_crc u_crc (
    .clk_i,
    .start_i(state_q == First),
    .valid_i(state_q == Body && byte_valid),
    .byte_i(flash_byte),
    .crc_o(crc)
  );

  always_comb begin
    word_d = byte_valid ? {flash_byte, word_q[31:8]} : word_q;
    byte_index_d = byte_valid ? byte_index_q + 2'd1 : byte_index_q;
    word_whole_d = byte_valid && byte_index_q == 2'd3;
    if (!running) byte_index_d = '0;
  end

  always_comb begin
    state_d = state_q;
    record_d = record_q;
    acting_d = acting_q;
    left_d = left_q;
    record_left_d = record_left_q;
    addr_d = addr_q;
    load_d = load_q && !load_ready_i;
    load_last_d = load_last_q;
    reg_d = 1'b0;
    if (word_valid_q) begin
      unique case (state_q)
        First: state_d = word_q == Magic ? Length : Failed;
        Length: begin
          left_d = word_q[19:0];
          state_d = word_q[19:0] == '0 ? Check : Body;
          if (word_q[31:20] != '0) state_d = Failed;
        end
        Body: begin
          left_d = left_q - length_t'(1);
          if (last_word_q) state_d = Check;
        end
        Check: begin
          state_d = acting_q ? Booted : Again;
          if (!right_q || record_q != Head) state_d = Failed;
        end
        default: ;
      endcase
    end
    if (state_q == Again) begin
      acting_d = 1'b1;
      state_d = First;
    end
    if (word_valid_q && state_q == Body && acting_q) begin
      record_left_d = record_left_q - length_t'(1);
      unique case (record_q)
        Head: begin
          addr_d = word_q[3:0];
          record_left_d = word_q[19:0];
          unique case (word_q[31:28])
            RecordRegister: record_d = Register;
            RecordPacket: begin
              record_d = Packet;
              if (word_q[19:0] == '0) state_d = Failed;
            end
            default: state_d = Failed;
          endcase
        end
        Register: begin
          reg_d = 1'b1;
          record_d = Head;
        end
        default: begin
          load_d = 1'b1;
          load_last_d = record_end_q;
          if (record_end_q) record_d = Head;
        end
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q      <= First;
      record_q     <= Head;
      acting_q     <= 1'b0;
      byte_index_q <= '0;
      busy_q       <= 1'b1;
      word_whole_q <= 1'b0;
      word_valid_q <= 1'b0;
      load_q       <= 1'b0;
      reg_q        <= 1'b0;
    end else begin
      state_q      <= state_d;
      record_q     <= record_d;
      acting_q     <= acting_d;
      byte_index_q <= byte_index_d;
      busy_q       <= !(state_q inside {Failed, Booted}) || load_q || reg_q;
      word_whole_q <= word_whole_d;
      word_valid_q <= word_whole_q;   // when what is compared below is known
      load_q       <= load_d;
      reg_q        <= reg_d;
    end
    left_q        <= left_d;
    record_left_q <= record_left_d;
    addr_q        <= addr_d;
    word_q        <= word_d;
    load_last_q   <= load_last_d;
    right_q       <= word_q == crc;
    last_word_q   <= left_q == length_t'(1);
    record_end_q  <= record_left_q == length_t'(1);
  end

  assign busy_o = busy_q;
  assign error_o = state_q == Failed;
  assign booted_o = state_q == Booted;
  assign reg_valid_o = reg_q;
  assign reg_addr_o = addr_q;
  assign load_valid_o = load_q;
  assign load_last_o = load_last_q;
  assign word_o = word_q;

  `BASIN_ASSERT(ActsInTheSecondReading, acting_q || !(reg_q || load_q))
  `BASIN_ASSERT(WordStandsUntilTaken, !$past(rst_ni && load_q && !load_ready_i) || word_q == $past(word_q))
  `BASIN_ASSERT(OneEnd, !(error_o && booted_o))
endmodule
