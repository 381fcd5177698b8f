#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bulletin.hpp"
#include "exchange_items.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq::tool {

/// What signatures are bound to: e0, and e1 once the ceremony is over.
struct election_hashes {
  election_domain domain = election_domain::drill;
  digest32 e0;
  std::optional<digest32> e1;
};

/// False for an absence, which is signed before there is e1.
[[nodiscard]] bool is_bound_to_e1(item_kind of) noexcept;

/// What a quorum signs under a statement: purpose, election and digest by the item's section.
/// \return mismatch for a kind that no quorum signs, missing if there is no e1 yet.    SPEC(85.3)
[[nodiscard]] result<signed_message> message_of(const statement& what,
                                                const election_hashes& election);
/// The same of an item of that kind whose digest is known.
[[nodiscard]] result<signed_message> message_of(item_kind of, const digest32& digest,
                                                const election_hashes& election);

/// The statement about an item: what it encodes to, without its quorum or list of signatures. The
/// item's own signatures are not looked at.
template <class Item>
[[nodiscard]] statement state(item_kind of, Item item) {
  // An empty quorum, or list of signatures, is a count of 0: 4 bytes at the end.
  item.signatures = {};
  statement out{of, item.encode()};
  out.body.resize(out.body.size() - 4);
  return out;
}

/// The body and a quorum, or list, of one signature that is none: what the item's decoder reads.
[[nodiscard]] bytes with_placeholder(const statement& what);

/// The item of a statement, without signatures. Structure and bounds as in a record.
template <class Item>
[[nodiscard]] result<Item> decode_body(const statement& what) {
  auto item = Item::decode(with_placeholder(what));
  if (item) {
    item->signatures = {};
  }
  return item;
}

/// Who has signed so far. \pre boards as the ceremony has left them
struct signatures_so_far {
  quorum valid;  ///< of every board the lowest-numbered valid ones, at most the threshold
  std::vector<std::string> waiting_for;  ///< "1 more of board 0 (2 of 3 needed)"
  [[nodiscard]] bool complete() const noexcept { return waiting_for.empty(); }
};
/// Signatures that do not hold count for nothing. Once a quorum is agreed on and holds, it is that
/// one.                                                                                SPEC(85.3)
[[nodiscard]] result<signatures_so_far> collect(const bulletin& from, const statement& what,
                                                const election_hashes& election,
                                                std::span<const board_keys> boards);

/// One of the statements about a thing, and who has signed it. Anybody can state something: only
/// signatures tell.                                                                    SPEC(85.3)
struct candidate {
  statement what;
  signatures_so_far so_far;
};
/// All statements of one kind with their signatures.
[[nodiscard]] result<std::vector<candidate>> candidates_of(const bulletin& from, item_kind of,
                                                           const election_hashes& election,
                                                           std::span<const board_keys> boards);
/// The one that a quorum has signed, or nothing. \return duplicate if there are two: quorums that
/// contradict each other stop the work. \param thing  for the words of that
[[nodiscard]] result<std::optional<candidate>> signed_one_of(std::span<const candidate> all,
                                                             const std::string& thing);

/// Fixes the quorum of a statement, so that later signatures change nothing. \pre complete
/// \return the file's name; duplicate if another one was fixed.                       SPEC(85.3)
[[nodiscard]] result<std::string> agree(bulletin& board, const statement& what,
                                        const quorum& signatures, const election_hashes& election);

/// The item's canonical bytes with its signatures. \pre complete
[[nodiscard]] bytes complete(const statement& what, const quorum& signatures);

/// The file name that a statement, or a signature under it, is published by: "opening-4-1".
[[nodiscard]] std::string stem_of(const statement& what);

/// The name by which a person agrees to a statement: its stem and the first 8 bytes of
/// H("statement/agree"; statement), "recovery-4-2-1f09a2c45be07716". Whatever takes its place has
/// another name.                                                                       SPEC(85.3)
[[nodiscard]] std::string agreement_name(const statement& what);

}  // namespace sandoq::tool
