#pragma once

// A complete election of a few ballots in one process, for tests. It is made from the functions of
// the secret halves and not from their typestates, which refuse to do wrong: between any two steps
// a test may change the draft, and everything after that is computed and signed over the changed
// values, as a dishonest party with all keys would. So a record can carry exactly one fault.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/encrypt_secret.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/roster_secret.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/polynomial_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// One voter: where, on which style, what (n' choices of each contest), and how it ended.
struct vote {
  std::size_t branch;  ///< place among the branches, from 0
  std::uint32_t device;
  std::uint32_t style;
  std::vector<std::vector<std::uint8_t>> choices;
  journal_kind resolution = journal_kind::cast;
  std::uint16_t digits = ballot_item::no_digits;
};

/// What is to happen. The manifest has no trustees yet.
struct scenario {
  std::vector<board_size> boards;
  manifest election;
  std::vector<std::vector<std::uint32_t>> devices;  ///< of each branch: capacities
  std::vector<vote> votes;                          ///< in the order of branches and devices
};

/// Two boards of 2-of-3, a nation with a province, two cities and three branches, one of them with
/// two devices; two contests (k of n with blank; 1 of n in one city only) in two styles; nine
/// ballots, among them blanks, a challenge and a void; one device without ballots.
[[nodiscard]] scenario small_scenario();
/// Two boards of one trustee, a nation with one branch, one contest, three ballots.
[[nodiscard]] scenario tiny_scenario();

/// Like small_scenario with two of two trustees and five ballots: every list of every item has
/// something in it (trustees get their labels at stage::roster).
[[nodiscard]] scenario every_field_scenario();

/// Counts of cast ballots by contest, in ciphertext order, straight from the votes.
[[nodiscard]] std::vector<std::vector<std::uint64_t>> plain_counts(const scenario& plan);

struct ballot_draft {
  ballot_item ballot;
  std::variant<cast_item, challenge_item, void_item> resolution;
  byte_array<32> seed{};  ///< the ballot seed, kept: nothing is secret in a test
};

struct journal_draft {
  opening_item opening;
  std::vector<ballot_draft> ballots;
  close_item close;
};

struct opening_draft {
  opening_request request;
  std::vector<partial_decryption> partials;
};

struct framed_item {
  item_kind kind;
  bytes canonical;
};

/// All that a record will hold.
struct election_draft {
  manifest election;
  digest32 e0;
  ceremony_items ceremony;
  election_key key;
  std::vector<journal_draft> journals;
  std::vector<tally_node> nodes;
  std::vector<opening_draft> openings;
  std::vector<contest_result> results;
  std::map<record_section, std::vector<framed_item>> items;
  record_head head;
};

/// When a test may look at the draft. "x" comes before x is signed, "x_signed" after; of things
/// that are made one by one it is the last one's turn (journals.back(), ballots.back(), ...).
enum class stage {
  manifest,  ///< rosters are there, their proofs are not
  roster,
  commits,
  commits_signed,
  reveals,  ///< with proofs of possession
  reveals_signed,
  deals,
  deals_signed,
  confirms,
  confirms_signed,
  key,
  opening,  ///< with key proof; neither device nor boards have signed
  opening_device_signed,
  opening_signed,
  ballot,  ///< without its code
  ballot_coded,
  resolution,
  close,
  close_device_signed,
  close_signed,
  nodes,
  request,
  request_signed,
  partials,  ///< all of the last request
  results,
  items,  ///< everything is encoded
  head,
  head_signed,
};

class small_election {
 public:
  using tampering = std::function<void(stage, small_election&)>;

  small_election(scenario plan, std::uint64_t seed, tampering tamper = {});
  ~small_election();

  /// Runs all of it; the draft holds the result. Aborts if the election cannot be made.
  void make();
  /// Writes the record as it is drafted, also where record_writer would refuse.
  void write(const std::filesystem::path& directory) const;
  /// The bytes of every file by name.
  [[nodiscard]] std::map<std::string, bytes> files() const;

  election_draft draft;

  // For those who tamper.
  [[nodiscard]] scenario& plan() noexcept { return plan_; }
  [[nodiscard]] deterministic_random& random() noexcept { return random_; }
  [[nodiscard]] const election_context& context() const { return *context_; }
  [[nodiscard]] const ballot_prover& prover() const { return *prover_; }
  [[nodiscard]] const signing_key<ristretto255>& device_key() const { return *device_key_; }
  [[nodiscard]] const trustee_secrets& secrets(std::size_t board, std::size_t trustee) const {
    return trustees_[board][trustee - 1];
  }
  /// Signatures of the first threshold of each board.
  [[nodiscard]] quorum sign_quorum(const signed_message& message);
  [[nodiscard]] wire_signature sign_as(std::size_t board, std::size_t trustee,
                                       const signed_message& message);
  /// Lists the files of draft.items in draft.head; done before stage::head.
  void list_files();
  void sign_head();

 private:
  void at(stage s);
  void make_roster();
  void run_ceremony();
  void commit_and_reveal(const ceremony_context& context);
  void deal(const ceremony_context& context);
  void run_device(std::size_t branch, std::uint32_t device, std::uint32_t capacity);
  void open_device(const device_place& place, std::uint32_t capacity);
  void vote_on(const vote& v, const device_place& place);
  void resolve(const vote& v, std::vector<seed_opening> board_seeds, seed_opening device_seed);
  void close_device(const device_place& place);
  void make_tally();
  void open_totals();
  void answer(const opening_request& request);
  void make_results();
  void encode_items();
  template <class Item>
  void sign_round(std::vector<Item>& items, literal purpose);
  [[nodiscard]] time_ms now() { return time_ms{++clock_}; }

  scenario plan_;
  deterministic_random random_;
  tampering tamper_;
  std::unique_ptr<executor> workers_;
  std::uint64_t clock_ = 1'790'000'000'000;
  std::vector<std::vector<trustee_secrets>> trustees_;
  std::vector<std::vector<secret_polynomial<ristretto255>>> polynomials_;
  std::optional<election_context> context_;
  std::unique_ptr<ballot_prover> prover_;
  std::optional<signing_key<ristretto255>> device_key_;  // of the present device
  std::vector<seed_ratchet> ratchets_;                   // device, then boards
  digest32 link_;
};

}  // namespace sandoq::testing
