#include "sandoq/tally/lot_secret.hpp"

#include "lib/ballot/secret_framed_hash.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {

lot_value lot_value::draw(board_index board, random_source& random) {
  return {board, random_secret<32>(random)};
}

lot_commit lot_value::commit(const lot_context& context) const {
  byte_writer prefix;
  prefix.fixed(context.election_hash.view());
  prefix.u8(static_cast<std::uint8_t>(context.domain));
  prefix.u32(board_.value());
  const auto hash =
      detail::secret_framed_hash("lot/commit").update(prefix.view()).update(value_).digest();
  return {board_, {declassify<"the hash of 32 unknown bytes shows nothing of them">(hash)}, {}};
}

lot_reveal lot_value::reveal() && {
  return {board_,
          declassify<"the results stand: the board's part of the lot is published">(value_)};
}

}  // namespace sandoq
