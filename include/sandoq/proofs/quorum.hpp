#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {

/// The signing keys of one board, trustee 1 first, and how many of them must sign.
struct board_keys {
  std::uint32_t threshold = 0;
  std::vector<verification_key<ristretto255>> signing_keys;
  /// Trustees whose signatures do not count, ascending.                                 SPEC(55.5)
  std::vector<std::uint32_t> shut_out{};
};

/// One trustee's signature in a quorum.
struct quorum_signature {
  std::uint32_t trustee = 0;  ///< from 1
  wire_signature signature;
  friend bool operator==(const quorum_signature&, const quorum_signature&) = default;
};

/// The signatures of all boards under one message, as they stand in a record:
///   quorum := list (1..8) of list (1..64) of (u32 trustee || b64 signature)           SPEC(52.1)
struct quorum {
  static constexpr std::size_t max_boards = 8;
  static constexpr std::size_t max_trustees = 64;
  std::vector<std::vector<quorum_signature>> boards;

  /// Structure only.
  [[nodiscard]] static result<quorum> read(byte_reader& in, std::string_view field);
  /// A whole byte string; nothing may follow.
  [[nodiscard]] static result<quorum> decode(byte_view in);
  void write(byte_writer& out) const;
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const quorum&, const quorum&) = default;
};

/// One entry per board, in order; in each exactly the threshold of trustees, strictly ascending
/// all of the board and none shut out; and every signature in it valid. Emits one equation a
/// signature, in order; rejects what is wrong besides the equations. SPEC(52.1) SPEC(40.8)
verification emit(equation_sink<ristretto255>& sink, std::span<const board_keys> boards,
                  const signed_message& message, const quorum& signatures);

/// The same, checked at once.
verification verify(std::span<const board_keys> boards, const signed_message& message,
                    const quorum& signatures);

/// The rules of a quorum's entry for the signatures of one board alone, checked at once.
/// \pre board < boards.size()                                                          SPEC(52.1)
verification verify_board(std::span<const board_keys> boards, std::size_t board,
                          const signed_message& message,
                          std::span<const quorum_signature> signatures);

}  // namespace sandoq
