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
#include <utility>
#include <variant>
#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/encrypt_secret.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/roster_secret.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/items.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/subtotal.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/tally/ties.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/board.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/factors.hpp"
#include "sandoq/threshold/factors_secret.hpp"
#include "sandoq/threshold/list_combine.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/polynomial_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

/// One voter: where, on which style, what (of each contest the bytes that
/// contest_selection::of_choices takes), and how it ended.
struct vote {
  std::size_t branch;  ///< place among the branches, from 0
  std::uint32_t device;
  std::uint32_t style;
  std::vector<std::vector<std::uint8_t>> choices;
  journal_kind resolution = journal_kind::cast;
  std::uint16_t digits = ballot_item::no_digits;
};

/// A device that does not close: the boards recover its journal, or exclude it for a reason.
struct lost_device {
  std::size_t branch;
  std::uint32_t device;
  std::optional<exclusion_reason> excluded;
  std::string remark;
};

/// A trustee who spoils one attempt of the key ceremony, and how; it is shut out from the next.
struct cheat {
  enum class way { wrong_share, false_complaint, wrong_reveal };
  std::uint32_t board = 0;
  std::uint32_t trustee = 1;  ///< from 1
  way how = way::wrong_share;
};

/// A sum to be opened besides the totals.
struct planned_opening {
  contest_index contest;
  std::vector<node_index> nodes;
};

/// What is to happen. The manifest has no trustees yet.
struct scenario {
  std::vector<board_size> boards;
  manifest election;
  std::vector<std::vector<std::uint32_t>> devices;  ///< of each branch: capacities
  std::vector<vote> votes;                          ///< in the order of branches and devices
  std::vector<lost_device> lost{};
  std::vector<cheat> cheats{};  ///< one failed attempt each, in order
  std::vector<std::pair<std::uint32_t, std::uint32_t>> absent{};  ///< board, trustee: of attempt 1
  std::vector<planned_opening> parts{};
  std::vector<planned_opening> groups{};  ///< of the mix, in order
  bool resolves_ties = true;
  std::size_t items_a_ballot_file = std::size_t(-1);  ///< at least 1
};

/// Two boards of 2-of-3, a nation with a province, two cities and three branches, one of them with
/// two devices; two contests (k of n with blank; 1 of n in one city only) in two styles; nine
/// ballots, among them blanks, a challenge and a void; one device without ballots.
[[nodiscard]] scenario small_scenario();
/// Two boards of one trustee, a nation with one branch, one contest, three ballots.
[[nodiscard]] scenario tiny_scenario();
/// The small scenario with what a polling day may bring: branches log tokens, one device is lost
/// and its journal recovered, and the only ballots of the last branch are excluded.
[[nodiscard]] scenario eventful_scenario();

/// The smallest election that has every kind of item: tiny_scenario with a false dealer, an absent
/// trustee, tokens, a recovery, an exclusion, a subtotal and a tie.
[[nodiscard]] scenario tiny_eventful_scenario();

/// The same with a contest of slots and one of packed subsets with a write-in, mixed each in one
/// group: the smallest that has all that a mix adds.
[[nodiscard]] scenario tiny_mixed_scenario();

/// The small scenario with three more contests: slots with counted blanks, mixed in two groups,
/// packed subsets with room for a write-in, mixed in one, and rankings under a rule of their own,
/// mixed in one.
[[nodiscard]] scenario mixed_scenario();

/// What befell a device; nullptr if it closed as it should.
[[nodiscard]] const lost_device* fate_of(const scenario& plan, std::size_t branch,
                                         std::uint32_t device);

/// Like small_scenario with six ballots, but with everything that may befall an election: every
/// kind of item occurs, and every list of every item has something in it (trustees get their labels
/// at stage::roster).
[[nodiscard]] scenario every_field_scenario();
/// mixed_scenario(), and two contests that are on no ballot, with rules of their own.
[[nodiscard]] scenario laws_scenario();

/// The codes of the ranks that the choices of a ranking use, best first; there is no write-in.
[[nodiscard]] std::vector<std::uint32_t> ranks_of(const std::vector<std::uint8_t>& choices);
/// Whether a vote counts: it was cast, and its journal is not excluded.
[[nodiscard]] bool counts(const scenario& plan, const vote& v);

/// Counts of cast ballots by contest, in ciphertext order, straight from the votes.
[[nodiscard]] std::vector<std::vector<std::uint64_t>> plain_counts(const scenario& plan);

/// The same for the ballots in or below some nodes of a small scenario.
[[nodiscard]] std::vector<std::uint64_t> counts_of_part(const scenario& plan,
                                                        const planned_opening& part);

struct ballot_draft {
  ballot_item ballot;
  std::variant<cast_item, challenge_item, void_item> resolution;
  byte_array<32> seed{};  ///< the ballot seed, kept: nothing is secret in a test
};

struct journal_draft {
  opening_item opening;
  std::vector<ballot_draft> ballots;
  close_item close;
  std::optional<recovery_item> recovery;    ///< stands in place of the close
  std::optional<exclusion_item> exclusion;  ///< stands in front; then there is no close

  [[nodiscard]] std::uint32_t cast_ballots() const;
  /// Opening, ballots and resolutions, close or recovery if there is one.
  [[nodiscard]] std::vector<journal_entry> entries() const;
};

struct opening_draft {
  std::optional<planned_opening> part;  ///< what it opens, unless it is a total
  opening_request request;
  std::vector<partial_decryption> partials;
};

/// w: of how many pairs the ciphertexts of the contest consist that are mixed.         SPEC(60.1)
[[nodiscard]] std::size_t width_of(const contest_terms& terms);

/// A group of the mix, and how its list was opened.
struct mixed_draft {
  mix_group group;
  std::vector<mixed_stage> stages;
  list_request request;
  std::vector<list_answer> answers;  ///< with the factors that stand beside the list
};

struct framed_item {
  item_kind kind;
  bytes canonical;
};

/// All that a record will hold.
struct election_draft {
  manifest election;
  digest32 e0;
  std::vector<ceremony_items> earlier;  ///< attempts that failed
  ceremony_items ceremony;              ///< the one that succeeded
  election_key key;

  [[nodiscard]] std::vector<ceremony_items> attempts() const;
  std::vector<journal_draft> journals;
  std::vector<eligibility_item> eligibility;  ///< of each branch, if the manifest asks for them
  std::vector<tally_node> nodes;
  std::vector<lot_commit> lot_commits;
  std::vector<mixed_draft> mixed;
  std::vector<opening_draft> openings;
  std::vector<contest_result> results;
  std::vector<subtotal> subtotals;
  tie_items ties;
  std::vector<contest_allocation> allocations;
  std::map<record_section, std::vector<framed_item>> items;
  record_head head;
};

/// When a test may look at the draft. "x" comes before x is signed, "x_signed" after; of things
/// that are made one by one it is the last one's turn (journals.back(), ballots.back(), ...).
enum class stage {
  manifest,  ///< rosters are there, their proofs are not
  roster,
  earlier_attempt,  ///< the last of draft.earlier is complete and signed
  absences,         ///< of the attempt that succeeds
  absences_signed,
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
  recovery,
  recovery_signed,
  exclusion,
  exclusion_signed,
  eligibility,
  eligibility_signed,
  nodes,
  lot_commits,
  lot_commits_signed,
  mix_group,  ///< of draft.mixed.back(), before it is mixed
  mix_stage,  ///< the last one of it is made and signed
  request,
  request_signed,
  partials,      ///< all of the last request
  list_request,  ///< of the present group, at_group()
  list_request_signed,
  list_partials,
  results,      ///< with subtotals
  ties,         ///< attributes, reveals and beacon, without signatures; only if there is a tie
  ties_signed,  ///< with resolutions
  allocations,
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
  /// Of the present device, and of the one with that journal of the draft.
  [[nodiscard]] const signing_key<ristretto255>& device_key() const { return device_keys_.back(); }
  [[nodiscard]] const signing_key<ristretto255>& device_key(std::size_t journal) const {
    return device_keys_[journal];
  }
  /// \pre the scenario's manifest has an authority, whose key and proof are made here
  [[nodiscard]] const signing_key<ristretto255>& authority_key() const { return *authority_key_; }
  [[nodiscard]] const trustee_secrets& secrets(std::size_t board, std::size_t trustee) const {
    return trustees_[board][trustee - 1];
  }
  [[nodiscard]] const participants& who() const noexcept { return who_; }
  /// The group whose list is opened, of draft.mixed.
  [[nodiscard]] mixed_draft& at_group() { return draft.mixed[opened_groups_]; }
  /// Hashes the list of a changed stage and signs it again as the trustee whom it names.
  void sign_again(mixed_stage& stage);
  /// Signs all items of a round again.
  template <class Item>
  void sign_round(std::vector<Item>& items, literal purpose) {
    for (Item& item : items) {
      item.signature = sign_as(item.origin.board.value(), item.origin.trustee.value(),
                               {purpose, draft.election.domain, draft.e0, item.signed_digest()});
    }
  }
  /// Signatures of the first threshold of the participants of each board.
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
  void spoil_attempt(const cheat& spoiler);
  void spoil_deal(const cheat& spoiler, ceremony_items& items);
  void begin_attempt(ceremony_items& items);
  void prove_reveals(ceremony_items& items);
  void deal(ceremony_items& items);
  [[nodiscard]] attempt_context attempt() const;
  void run_device(std::size_t branch, std::uint32_t device, std::uint32_t capacity);
  void open_device(const device_place& place, std::uint32_t capacity);
  void vote_on(const vote& v, const device_place& place);
  void resolve(const vote& v, std::vector<seed_opening> board_seeds, seed_opening device_seed);
  void close_device(const device_place& place);
  void recover_device(const std::string& remark);
  void exclude_device(exclusion_reason reason, const std::string& remark);
  void log_tokens(branch_index branch);
  void make_tally();
  void commit_to_lot();
  void mix_ballots();
  void mix(const planned_opening& group, const mix_election& election);
  [[nodiscard]] bytes inputs_of(const planned_opening& group) const;
  void open_sums();
  void open_list();
  void answer_list(const decoded_request& request);
  void open(contest_index contest, const std::vector<node_index>& nodes,
            std::optional<planned_opening> part);
  void answer(const opening_request& request);
  [[nodiscard]] decryption_share share_of(board_index board, trustee_index trustee) const;
  /// Those of the board who answer: of board 0 its last threshold, of others all.
  [[nodiscard]] std::span<const trustee_index> answering(board_index board) const;
  template <class Request>
  void chain(Request& request);
  void make_results();
  void make_ties();
  void make_allocations();
  void encode_items();
  [[nodiscard]] time_ms now() { return time_ms{++clock_}; }

  scenario plan_;
  deterministic_random random_;
  tampering tamper_;
  std::unique_ptr<executor> workers_;
  std::uint64_t clock_ = 1'790'000'000'000;
  std::vector<std::vector<trustee_secrets>> trustees_;
  participants who_;
  std::uint32_t attempt_number_ = 1;
  std::map<std::pair<std::size_t, std::size_t>, secret_polynomial<ristretto255>> polynomials_;
  std::optional<election_context> context_;
  std::unique_ptr<ballot_prover> prover_;
  std::optional<signing_key<ristretto255>> authority_key_;
  std::vector<signing_key<ristretto255>> device_keys_;
  std::vector<seed_ratchet> ratchets_;  // device, then boards
  digest32 link_;
  std::vector<lot_reveal> lot_values_;
  closings_hash closings_{digest32{}};
  std::uint32_t requests_ = 0;
  std::function<digest32()> last_request_;  // its hash, as the draft has it
  std::size_t opened_groups_ = 0;
};

}  // namespace sandoq::testing
