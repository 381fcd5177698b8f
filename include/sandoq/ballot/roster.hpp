#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/trustee_keys.hpp"
#include "sandoq/transcript/transcript.hpp"

namespace sandoq {

/// Which trustee of which election a key belongs to: what its proof is bound to. SPEC(50.3)
struct roster_place {
  election_domain domain = election_domain::drill;
  std::string_view election;  ///< the election id of the manifest
  board_index board;
  trustee_index trustee;  ///< from 1
};

/// The context of the two proofs of possession, before the Schnorr proof on (G, the key).
/// SPEC(50.3)
[[nodiscard]] transcript signing_key_transcript(const roster_place& place,
                                                const trustee_keys& keys);
/// The same for the encryption key.
[[nodiscard]] transcript encryption_key_transcript(const roster_place& place,
                                                   const trustee_keys& keys);

/// The context of the proof that the authority holds its key. SPEC(50.3)
/// \param election  the election id of the manifest
[[nodiscard]] transcript authority_key_transcript(election_domain domain, std::string_view election,
                                                  const encoded_element<ristretto255>& key);

/// All keys of a manifest, decoded once.
class roster {
 public:
  /// \return the first key that is no element, with its trustee. Cost: 2 decodings a trustee, one
  /// of the authority.
  [[nodiscard]] static result<roster> decode(const manifest& source);

  /// Thresholds and signing keys of all boards, as quorums are checked against.
  [[nodiscard]] std::span<const board_keys> boards() const noexcept { return boards_; }
  /// Puts in who was shut out by the ceremony (55.5). \pre as many boards and keys as there are
  void replace_boards(std::vector<board_keys> boards);
  /// The key that signs the attributes of ties; nothing if the manifest has no authority.
  [[nodiscard]] const std::optional<verification_key<ristretto255>>& authority() const noexcept {
    return authority_;
  }
  /// \pre the trustee exists
  [[nodiscard]] const trustee_keys& keys_of(board_index board, trustee_index trustee) const;

 private:
  std::vector<board_keys> boards_;
  std::vector<std::vector<trustee_keys>> keys_;
  std::optional<verification_key<ristretto255>> authority_;
};

/// No key is the identity, and no key occurs twice in the manifest, as signing or encryption key of
/// a trustee or as the authority's. \return identity_element or duplicate, with the owner.
/// SPEC(50.3)
[[nodiscard]] result<void> check_keys(const manifest& source, const roster& keys);

/// Emits the equations of all proofs of possession, signing and encryption key of each trustee in
/// order, then the authority's: one equation each. Rejects what is wrong besides the equations.
/// SPEC(50.3)
verification emit(equation_sink<ristretto255>& sink, const manifest& source, const roster& keys);

/// check_keys and all proofs, each checked at once; names whose proof fails. SPEC(50.3)
verification verify(const manifest& source, const roster& keys);

}  // namespace sandoq
