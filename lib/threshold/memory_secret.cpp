#include "sandoq/threshold/memory_secret.hpp"

#include <utility>
#include <vector>

#include "sandoq/core/canonical_secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/quorum.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using ops = secret_ops<group>;

// K_b, count and Y_{b,j} of every board; the count of boards, K, e1 (55.6).
constexpr std::size_t max_board_bytes =
    ristretto255::element_bytes * (1 + quorum::max_trustees) + 4;
constexpr std::size_t max_key_bytes =
    4 + quorum::max_boards * max_board_bytes + ristretto255::element_bytes + 32;

secret_scalar<group> read_scalar(secret_reader& in, std::string_view field) {
  return in.take(ops::decode_scalar(in.secret_fixed<32>(field)), field);
}

// Y of that trustee, as the keys publish it.
result<encoded_element<group>> share_key_of(const election_key& published, board_index board,
                                            trustee_index trustee) {
  const std::size_t b = board.value();
  const std::size_t j = trustee.value();
  if (b >= published.boards.size() || j < 1 || j > published.boards[b].share_keys.size()) {
    return fail(errc::mismatch, name_trustee(board, trustee),
                "the election key knows no such trustee");
  }
  return encoded_element<group>::decode(published.boards[b].share_keys[j - 1].view());
}

}  // namespace

secret_bytes encode(const ceremony_memory& memory) {
  secret_writer out;
  const auto coefficients = memory.polynomial.coefficients();
  out.count(coefficients.size());
  for (const auto& a : coefficients) {
    out.fixed(ops::encode_scalar(a));
  }
  out.fixed(byte_view(memory.salt));
  return std::move(out).take();
}

result<ceremony_memory> decode_ceremony_memory(const secret_bytes& stored) {
  secret_reader in(stored, "ceremony memory");
  const std::size_t count =
      in.count(1, quorum::max_trustees, ristretto255::element_bytes, "coefficients");
  std::vector<secret_scalar<group>> coefficients;
  for (std::size_t i = 0; i < count; ++i) {
    coefficients.push_back(read_scalar(in, "coefficient"));
  }
  const auto salt = in.fixed<32>("salt");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return ceremony_memory{secret_polynomial<group>(std::move(coefficients)), salt};
}

secret_bytes encode(const holder_memory& memory) {
  secret_writer out;
  out.u32(memory.share.board.value());
  out.u32(memory.share.trustee.value());
  out.fixed(ops::encode_scalar(memory.share.share));
  out.var(memory.published.encode());
  return std::move(out).take();
}

result<holder_memory> decode_holder_memory(const secret_bytes& stored) {
  secret_reader in(stored, "holder memory");
  const board_index board(in.u32("board"));
  const trustee_index trustee(in.u32("trustee"));
  auto share = read_scalar(in, "share");
  const bytes keys = in.var(max_key_bytes, "election_key");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  auto published = election_key::decode(keys);
  if (!published) {
    return fail_within("holder memory/election_key", std::move(published.error()));
  }
  auto share_key = share_key_of(*published, board, trustee);
  if (!share_key) {
    return fail_within("holder memory", std::move(share_key.error()));
  }
  return holder_memory{{board, trustee, *share_key, std::move(share)}, std::move(*published)};
}

}  // namespace sandoq
