#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sandoq/ballot/label.hpp"
#include "sandoq/ballot/party_list.hpp"
#include "sandoq/ballot/rule.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/schnorr.hpp"

namespace sandoq {

/// One person on one board, with the public keys of their programs and proofs that they hold them.
struct trustee_entry {
  std::string id;
  label_list labels;
  wire_element signing_key;
  wire_element encryption_key;
  schnorr_proof<ristretto255> signing_proof;
  schnorr_proof<ristretto255> encryption_proof;
  friend bool operator==(const trustee_entry&, const trustee_entry&) = default;
};

/// One board: how many of its trustees must act together, and who they are.
struct board_entry {
  std::string id;
  label_list labels;
  std::uint32_t threshold = 0;
  std::vector<trustee_entry> trustees;  ///< trustee i of the specification is trustees[i - 1]
  friend bool operator==(const board_entry&, const board_entry&) = default;
};

/// Who signs the attributes by which ties are broken, and nothing else. SPEC(50.3) SPEC(75.4)
struct authority_entry {
  std::string id;
  label_list labels;
  wire_element signing_key;
  schnorr_proof<ristretto255> signing_proof;
  friend bool operator==(const authority_entry&, const authority_entry&) = default;
};

/// Whether branches log the one-time tokens that they accepted. SPEC(52.9)
enum class eligibility_log : std::uint8_t { none = 0, tokens = 1 };

/// Levels of the tree of places. On the wire a u8, so any other value may be read. SPEC(50.4)
enum class node_level : std::uint8_t {
  nation = 0,
  province = 1,
  constituency = 2,
  county = 3,
  city = 4,
  district = 5,
  neighbourhood = 6,
  branch = 7
};

inline constexpr node_index no_parent{0xffffffffU};

/// A place: the nation, or one below another place.
struct tree_node {
  std::string id;
  node_level level = node_level::nation;
  node_index parent = no_parent;
  label_list labels;
  friend bool operator==(const tree_node&, const tree_node&) = default;
};

/// What can be chosen in a contest.
struct option_entry {
  std::string id;
  label_list labels;
  friend bool operator==(const option_entry&, const option_entry&) = default;
};

/// By what ties are broken before the lot, the first attribute first. SPEC(75.4)
struct attribute_entry {
  std::string id;
  label_list labels;
  friend bool operator==(const attribute_entry&, const attribute_entry&) = default;
};

/// How choices are encrypted. On the wire a u8, so any other value may be read.        SPEC(50.5)
enum class contest_encoding : std::uint8_t {
  bit_vector = 1,  ///< a ciphertext an option, added up (45)
  slots,           ///< a ciphertext a choice, mixed (46)
  packed_subset,   ///< all choices in one ciphertext, mixed (47)
  packed_ranking   ///< the same of a ranking
};
/// How seats follow from counts: the plurality of 75.2, or the contest's own rule. SPEC(50.5)
enum class seat_rule : std::uint8_t { plurality_at_large = 1, by_law };

/// One question to the voters: where it is asked, what can be chosen, how many, for how many seats.
struct contest_entry {
  std::string id;
  label_list labels;
  node_index scope;  ///< the node whose branches vote on it
  contest_encoding encoding = contest_encoding::bit_vector;
  std::vector<option_entry> options;
  std::uint32_t max_choices = 0;
  std::uint32_t min_choices = 0;
  blank_option blank = blank_option::absent;
  std::uint32_t seats = 0;
  std::uint32_t alternates = 0;
  seat_rule rule = seat_rule::plurality_at_large;
  /// The smallest number of ballots whose sum may become public, the contest's total excepted; 0:
  /// nothing but the total is ever opened. SPEC(55.10)
  std::uint32_t floor = 0;
  std::vector<attribute_entry> attributes;
  std::uint32_t text_bytes = 0;     ///< room for a write-in; of packed encodings only
  std::optional<sandoq::rule> law;  ///< of seat_rule::by_law only
  std::vector<party_list> lists;    ///< beside it
  friend bool operator==(const contest_entry&, const contest_entry&) = default;
};

/// What one kind of ballot paper asks.
struct style_entry {
  std::string id;
  std::vector<contest_index> contests;  ///< strictly ascending
  friend bool operator==(const style_entry&, const style_entry&) = default;
};

/// What the election is: places, contests, ballot styles, boards and trustees. SPEC(50)
struct manifest {
  static constexpr std::size_t max_bytes = std::size_t{16} << 20;
  static constexpr std::size_t max_boards = 8;
  static constexpr std::size_t max_trustees = 64;
  static constexpr std::size_t max_nodes = 1'048'576;
  static constexpr std::size_t max_contests = 1'024;
  static constexpr std::size_t max_options = 8'192;
  static constexpr std::size_t max_styles = 4'096;
  static constexpr std::size_t max_style_contests = 64;
  static constexpr std::size_t max_authorities = 1;
  static constexpr std::size_t max_attributes = 8;
  /// Of all contests together: what the sums of one place hold at most. SPEC(50.5)
  static constexpr std::uint32_t max_ciphertexts = 32'768;
  /// Of n*L over all packed subsets: what their tables take 80 MB for at most. SPEC(50.5)
  static constexpr std::uint32_t max_packed_choices = 1'048'576;
  static constexpr std::size_t max_id_bytes = 256;

  election_domain domain = election_domain::drill;
  std::string election;
  label_list title;
  std::vector<board_entry> boards;
  std::optional<authority_entry> authority;
  label_list beacon;  ///< the public value that decides lots; without labels there is no lot
  eligibility_log eligibility = eligibility_log::none;
  std::vector<tree_node> nodes;  ///< depth-first pre-order
  std::vector<contest_entry> contests;
  std::vector<style_entry> styles;
  /// One entry a branch, in node order: the styles a voter may be given there, strictly ascending.
  std::vector<std::vector<style_index>> branch_styles;

  /// Reads canonical bytes: structure, bounds, texts, format, suite, domain, eligibility and blank.
  /// Elements and proofs stay bytes; the rules of 50.3 to 50.7 are check_rules(). SPEC(50.1)
  /// \return the first fault with its field and byte offset. Memory: at most 8 times the input.
  [[nodiscard]] static result<manifest> decode(byte_view canonical);

  /// The canonical bytes. A manifest made by hand may still break bounds: decode(encode()) tells.
  /// \pre texts are valid UTF-8 SPEC(50.1)
  [[nodiscard]] bytes encode() const;

  /// Every rule of 50.3 to 50.7 that needs no key: distinct ids, thresholds, the shape of the tree,
  /// limits of contests, styles and where they are given, known levels, encodings and rules.
  /// \return the first breach, with the place ("contest 2 \"mayor\"") and what to do.
  [[nodiscard]] result<void> check_rules() const;

  friend bool operator==(const manifest&, const manifest&) = default;
};

/// The bytes of one contest, as they stand in the manifest and in its descriptor. SPEC(50.6)
[[nodiscard]] bytes encode(const contest_entry& contest);

/// e0 = H("manifest"; canonical manifest), what people publish, compare and pin. SPEC(50.2)
[[nodiscard]] digest32 manifest_hash(byte_view canonical) noexcept;

/// Whether its ballots are opened one by one after a mix, not added up.       SPEC(50.5) SPEC(60.1)
[[nodiscard]] bool is_mixed(contest_encoding encoding) noexcept;
/// Packed encodings have room for a write-in, and may hold invalid votes.              SPEC(47.4)
[[nodiscard]] bool is_packed(contest_encoding encoding) noexcept;
/// How many ciphertexts the sum of the contest has; 0 if it has none. \pre the contest keeps 50.5
/// SPEC(70.2)
[[nodiscard]] std::size_t sum_ciphertexts(const contest_entry& contest) noexcept;
/// How many counts its result has: codes, blank, invalid votes.                         SPEC(75.1)
[[nodiscard]] std::size_t count_places(const contest_entry& contest) noexcept;

/// n*, L* and Lmin* of the contest, as its proof needs them.                           SPEC(50.10)
[[nodiscard]] choice_limits limits_of(const contest_entry& contest) noexcept;

}  // namespace sandoq
