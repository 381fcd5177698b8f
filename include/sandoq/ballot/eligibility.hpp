#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "sandoq/ballot/chain.hpp"
#include "sandoq/ballot/manifest_index.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {

/// H("eligibility/token"; e1 || u8 domain || b32 token): what a record shows of the one-time token
/// with which a voter was let in.                                                        SPEC(52.9)
[[nodiscard]] digest32 token_hash(const chain_context& election, const byte_array<32>& token);

/// One token that was used up by a cast ballot.
struct used_token {
  digest32 hash;
  style_index style;  ///< what it entitled to
  friend auto operator<=>(const used_token&, const used_token&) = default;
};

/// The log of the tokens that a branch accepted, in the order of their hashes, so that it says
/// nothing about the order of voting.                                                    SPEC(52.9)
struct eligibility_item {
  static constexpr std::size_t max_tokens = 262'144;

  branch_index branch;
  std::vector<used_token> tokens;  ///< strictly ascending by hash
  quorum signatures;

  /// Structure and bounds only; the order of the tokens is check_tokens().
  [[nodiscard]] static result<eligibility_item> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  /// What the boards sign: everything before the quorum.
  [[nodiscard]] digest32 board_digest() const;
  friend bool operator==(const eligibility_item&, const eligibility_item&) = default;
};

/// What the boards sign.                                                                SPEC(52.9)
[[nodiscard]] signed_message board_message(const chain_context& election,
                                           const eligibility_item& item);

/// The token hashes of a log, ascending and each once, whatever its own order: none of them may
/// stand in another log of the record. SPEC(52.9)
[[nodiscard]] std::vector<digest32> distinct_tokens(const eligibility_item& item);

/// How many ballots of each style were cast in the journals of a branch, excluded ones aside.
using style_counts = std::map<style_index, std::uint64_t>;

/// Whether all journals of a branch count.
enum class branch_journals { all_count, some_excluded };

/// Hashes strictly ascending, styles of the branch, numbers of each style: exactly those that were
/// cast, or at least as many where a journal is excluded. Uniqueness across logs and the quorum
/// are checked besides.                                                                  SPEC(52.9)
/// \pre item.branch is a branch
[[nodiscard]] result<void> check_tokens(const manifest_index& index, const eligibility_item& item,
                                        const style_counts& cast, branch_journals journals);

/// A token that a branch accepted, as it was handed in.
struct accepted_token {
  byte_array<32> token{};
  style_index style;
};

/// The log of a branch, for the boards to sign: tokens in any order, those of cast ballots only.
/// \return duplicate if a token is named twice, too_large for more than 262,144. The quorum is
/// empty.
[[nodiscard]] result<eligibility_item> make_eligibility_log(const chain_context& election,
                                                            branch_index branch,
                                                            std::span<const accepted_token> tokens);

}  // namespace sandoq
