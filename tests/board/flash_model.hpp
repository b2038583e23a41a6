#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace basin::board_test {

/// What a SPI flash does at its pins, as far as a boot asks: it sleeps until 0xAB, answers 0x03 and an address with the bytes
/// from there on, and 0xFF where nothing was written. Mode 0.
class FlashModel {
 public:
  FlashModel(std::string content, std::size_t at) : content_(std::move(content)), at_(at) {}

  /// The pins of one clock; gives MISO.
  bool pins(bool cs_n, bool sck, bool mosi) {
    if (cs_n) {
      if (asleep_ && bits_ == 8 && in_ == 0xAB) asleep_ = false;
      bits_ = 0;
      in_ = 0;
    } else if (sck && !sck_) {
      in_ = in_ << 1 | (mosi ? 1U : 0U);
      ++bits_;
    } else if (!sck && sck_ && !asleep_ && bits_ >= 32) {
      if (bits_ == 32) reading_ = (in_ >> 24 & 0xFF) == 0x03, address_ = in_ & 0xFFFFFF;
      const std::size_t bit = bits_ - 32;
      miso_ = reading_ && (byte_at(address_ + bit / 8) >> (7 - bit % 8) & 1) != 0;
    }
    sck_ = sck;
    return miso_;
  }

 private:
  [[nodiscard]] unsigned byte_at(std::size_t address) const {
    if (address < at_ || address - at_ >= content_.size()) return 0xFF;
    return static_cast<unsigned char>(content_[address - at_]);
  }

  std::string content_;
  std::size_t at_;
  std::size_t bits_ = 0;      // since chip select
  unsigned in_ = 0;
  std::size_t address_ = 0;
  bool asleep_ = true;
  bool reading_ = false;
  bool sck_ = false;
  bool miso_ = true;
};

}  // namespace basin::board_test
