// Every way a packet or a request can be wrong, and that the core is as good as new after a clear.
#include "tests/rtl/models.hpp"

namespace basin::rtl_test {
namespace {

using namespace protocol;
using Words = std::vector<std::uint32_t>;

template <class Elaboration>
class LoadError : public CoreTest<Elaboration> {
 protected:
  using Model = typename Elaboration::Model;
  Bench<Model> bench_{this->config_, this->seed, 0.2};
  const std::uint32_t n_ = static_cast<std::uint32_t>(this->config_.neurons);
  const std::uint32_t entries_ = static_cast<std::uint32_t>(this->config_.tables * this->config_.table_segments);

  static Words packet(std::uint32_t kind, std::uint32_t first, std::uint32_t count) {
    Words words(count + 1, 1);
    words[0] = header(kind, first, count);
    return words;
  }

  /// `words` raise load_error; after a clear the next packet is taken as if nothing had been.
  void expect_refused(const Words& words, const std::string& what, std::optional<std::size_t> last_at = {}) {
    bench_.load(words, last_at);
    EXPECT_TRUE(bench_.status(status_load_error)) << what;
    bench_.write(reg_control, control_clear);
    expect_taken(packet(kind_states, 0, n_), what);
  }
  void expect_taken(const Words& words, const std::string& what) {
    bench_.load(words);
    EXPECT_FALSE(bench_.status(status_load_error)) << what;
  }
  void expect_unreadable(std::uint32_t header, const std::string& what) {
    EXPECT_TRUE(bench_.read_words(header).empty()) << what;
    EXPECT_TRUE(bench_.status(status_load_error)) << what;
    bench_.write(reg_control, control_clear);
    EXPECT_EQ(bench_.read_words(protocol::header(kind_states, 0, 1)).size(), 1U) << what;
  }
};
TYPED_TEST_SUITE(LoadError, Elaborations, ElaborationName);

TYPED_TEST(LoadError, ComesWithAnUnknownKind) {
  std::vector<std::uint32_t> unknown{0, 15};
  const bool factored = this->config_.memories > 0;
  const std::vector<std::uint32_t> of_the_other_form =
      factored ? std::vector<std::uint32_t>{kind_weights} : std::vector<std::uint32_t>{kind_factors, kind_core, kind_diagonal};
  unknown.insert(unknown.end(), of_the_other_form.begin(), of_the_other_form.end());
  for (const std::uint32_t kind : unknown) {
    this->expect_refused(this->packet(kind, 0, 1), "kind " + std::to_string(kind));
    this->expect_unreadable(header(kind, 0, 1), "kind " + std::to_string(kind));
  }
}

TYPED_TEST(LoadError, ComesWithOutputsWhichAreReadOnly) {
  this->expect_refused(this->packet(kind_outputs, 0, 1), "outputs");
  EXPECT_EQ(this->bench_.read_words(header(kind_outputs, 0, this->n_)).size(), this->n_);
}

TYPED_TEST(LoadError, ComesWithAFeatureThatThisElaborationLacks) {
  const CoreConfig& core = this->config_;
  const std::vector<std::pair<std::uint32_t, bool>> features{
      {kind_gains, core.gain}, {kind_taus, core.tau}, {kind_selectors, core.tables > 1}, {kind_clamps, core.phases > 0},
      {kind_delays, core.pages > 2}};
  for (const auto& [kind, exists] : features) {
    const std::string what = "kind " + std::to_string(kind);
    if (exists) {
      this->expect_taken(this->packet(kind, 0, 1), what);
      EXPECT_EQ(this->bench_.read_words(header(kind, 0, 1)), Words{1}) << what;
    } else {
      this->expect_refused(this->packet(kind, 0, 1), what);
      this->expect_unreadable(header(kind, 0, 1), what);
    }
  }
}

TYPED_TEST(LoadError, ComesWithACountOfZero) {
  this->expect_refused({header(kind_biases, 0, 0)}, "header alone");
  this->expect_refused({header(kind_biases, 0, 0), 1, 2}, "words after it");
  this->expect_unreadable(header(kind_biases, 0, 0), "read");
}

TYPED_TEST(LoadError, ComesOneBeyondTheEndOfEveryList) {
  const std::uint32_t n = this->n_, entries = this->entries_;
  std::vector<std::uint32_t> lists{kind_biases, kind_states};
  if (this->config_.memories > 0) lists.push_back(kind_diagonal);
  for (const std::uint32_t kind : lists) {
    this->expect_taken(this->packet(kind, n - 1, 1), "the last one");
    this->expect_refused(this->packet(kind, n, 1), "first = n");
    this->expect_refused(this->packet(kind, 0, n + 1), "count = n + 1");
    this->expect_unreadable(header(kind, n, 1), "first = n");
    this->expect_unreadable(header(kind, 1, n), "the end is n + 1");
  }
  for (const std::uint32_t kind : {kind_bases, kind_rises}) {
    this->expect_taken(this->packet(kind, entries - 1, 1), "the last one");
    this->expect_refused(this->packet(kind, entries, 1), "first = entries");
    this->expect_unreadable(header(kind, 0, entries + 1), "count = entries + 1");
  }
  this->expect_unreadable(header(kind_states, max_count, 1), "the largest first");
  this->expect_unreadable(header(kind_states, max_count, max_count), "the largest sum");
}

/// `count` words each of the rows 0 … rows − 1.
struct Rows {
  std::uint32_t kind, rows, count;
};

/// What is loaded row by row with n neurons.
std::vector<Rows> row_kinds(const CoreConfig& core, std::uint32_t n) {
  const auto memories = static_cast<std::uint32_t>(core.memories);
  if (memories == 0) return {{kind_weights, n, n}};
  return {{kind_factors, n, memories}, {kind_core, memories, memories}};
}

TYPED_TEST(LoadError, ComesWithARowThatIsNotWholeOrNotThere) {
  for (const auto& [kind, rows, count] : row_kinds(this->config_, this->n_)) {
    SCOPED_TRACE("kind " + std::to_string(kind));
    this->expect_taken(this->packet(kind, rows - 1, count), "the last row");
    this->expect_refused(this->packet(kind, rows, count), "one row too many");
    this->expect_refused(this->packet(kind, 0, count + 1), "one too long");
    if (count > 1) this->expect_refused(this->packet(kind, 0, count - 1), "one too short");
    this->expect_unreadable(header(kind, rows, count), "one row too many");
    this->expect_unreadable(header(kind, 0, count + 1), "one too long");
  }
}

TYPED_TEST(LoadError, FollowsTheSizeInUseNotTheCapacity) {
  if (this->n_ == 1) return;
  this->bench_.write(reg_neurons, this->n_ - 1);
  this->bench_.load(this->packet(kind_biases, this->n_ - 1, 1));
  EXPECT_TRUE(this->bench_.status(status_load_error));
  this->bench_.write(reg_control, control_clear);
  const Rows all = row_kinds(this->config_, this->n_ - 1).front();
  this->expect_taken(this->packet(all.kind, all.rows - 1, all.count), "a row of the smaller network");
  this->bench_.load(this->packet(all.kind, all.rows, all.count));
  EXPECT_TRUE(this->bench_.status(status_load_error)) << "a row of the larger one";
}

TYPED_TEST(LoadError, ComesWithAShortPacket) {
  if (this->n_ == 1) this->expect_refused({header(kind_biases, 0, 1)}, "header alone");
  for (std::uint32_t words = 0; words + 1 < this->n_; words += 5) {
    Words short_packet = this->packet(kind_biases, 0, this->n_);
    short_packet.resize(words + 1);
    this->expect_refused(short_packet, std::to_string(words) + " words");
  }
}

TYPED_TEST(LoadError, ComesWithALongPacketWhoseRestIsDropped) {
  this->expect_taken(this->packet(kind_biases, 0, this->n_), "as it should be");
  Words words{header(kind_biases, 0, 1), 0, 2, 2, 2};
  this->expect_refused(words, "three words too many");
  Words expected(this->n_, 1);
  expected[0] = 0;
  EXPECT_EQ(this->bench_.read_words(header(kind_biases, 0, this->n_)), expected);
}

TYPED_TEST(LoadError, KeepsTheWordsOfAShortPacketThatCame) {
  this->expect_taken(this->packet(kind_biases, 0, this->n_), "ones");
  if (this->n_ < 3) return;
  this->expect_refused({header(kind_biases, 0, this->n_), 0, 0}, "two words of many");
  Words expected(this->n_, 1);
  expected[0] = expected[1] = 0;
  EXPECT_EQ(this->bench_.read_words(header(kind_biases, 0, this->n_)), expected);
}

TYPED_TEST(LoadError, EndsAPacketThatAClearInterrupts) {
  const Words words{header(kind_biases, 0, this->n_)};
  this->bench_.load(words, 1);   // no last: the packet is under way
  this->bench_.write(reg_control, control_clear);
  this->expect_taken(this->packet(kind_states, 0, 1), "a new packet");
}

TYPED_TEST(LoadError, ComesWithARequestDuringARead) {
  this->bench_.write(reg_read, header(kind_states, 0, 1));
  this->bench_.write(reg_read, header(kind_states, 0, 1));
  EXPECT_TRUE(this->bench_.status(status_load_error));
}

}  // namespace
}  // namespace basin::rtl_test
