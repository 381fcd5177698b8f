#include "sandoq/mixnet/mixer_secret.hpp"

#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

result<void> may_mix(const cascade& verified, const mixer_identity& who) {
  if (auto admitted = verified.admits(who.board, who.trustee); !admitted) {
    return tl::unexpected(std::move(admitted.error().why));
  }
  if (!verified.all_proved()) {
    return fail(errc::bad_proof, "stage " + std::to_string(verified.stages()) + "/proof",
                "a stage before has not been verified: mix only what is");
  }
  const board_keys& board = verified.election().boards[who.board.value()];
  if (!(board.signing_keys[who.trustee.value() - 1].element == who.key.public_key())) {
    return fail(errc::bad_witness, "key", "is not the one that the roster has for this trustee");
  }
  return {};
}

result<void> fits(const shuffle_prover_tables<group>& tables, const shuffle_shape& shape,
                  const mix_preparation& prepared) {
  const shuffle_shape& made = prepared.shape();
  if (made.width() != shape.width() || made.size() < shape.size()) {
    return fail(errc::bad_statement, "preparation",
                "it is for at most " + std::to_string(made.size()) + " ciphertexts of width " +
                    std::to_string(made.width()) + ", the list has " +
                    std::to_string(shape.size()) + " of width " + std::to_string(shape.width()));
  }
  if (tables.election().vector().size() < shape.bases()) {
    return fail(errc::bad_statement, "tables",
                "rows of this list take " + std::to_string(shape.bases()) + " bases");
  }
  return {};
}

result<wire_signature> sign_stage(const cascade& verified, const mixer_identity& who,
                                  const mix_stage& stage, random_source& source) {
  const auto& shuffles = verified.election().shuffles;
  return sign(who.key,
              signed_message{"mix", shuffles.domain(), shuffles.e1(), stage.signed_digest()},
              source);
}

mixed_stage unsigned_stage(const cascade& verified, const mixer_identity& who,
                           const shuffled_list<group>& made) {
  const byte_view outputs = made.lists.outputs().octets();
  mixed_stage out{{}, {outputs.begin(), outputs.end()}};
  out.item.group = verified.subject().group.group;
  out.item.stage = verified.stages() + 1;
  out.item.board = who.board;
  out.item.trustee = who.trustee;
  out.item.previous = verified.hash();
  out.item.list = shuffle_list_hash(made.lists.shape().total(), outputs);
  out.item.proof = made.proof.encode();
  return out;
}

void tell(const mix_progress& progress, mix_step step) {
  if (progress) {
    progress(step);
  }
}

}  // namespace

result<mix_preparation> prepare_mix(const shuffle_prover_tables<group>& tables, std::size_t longest,
                                    std::size_t width, random_source& source) {
  return shuffle_shape::of(longest, width).map([&](const shuffle_shape& shape) {
    return mix_preparation::make(tables, shape, source);
  });
}

result<mixed_stage> mix(const shuffle_prover_tables<group>& tables, const cascade& verified,
                        const mixer_identity& who, mix_preparation prepared, random_source& source,
                        executor& workers, const mix_progress& progress) {
  SANDOQ_EXPECTS(&tables.election() == &verified.election().shuffles,
                 "tables of the same election");
  if (auto allowed = may_mix(verified, who); !allowed) {
    return tl::unexpected(std::move(allowed.error()));
  }
  if (auto enough = fits(tables, verified.shape(), prepared); !enough) {
    return tl::unexpected(std::move(enough.error()));
  }
  auto inputs = verified.decoded(workers);
  if (!inputs) {
    return fail_within("inputs", std::move(inputs.error()));
  }
  tell(progress, mix_step::decoded);
  const auto made =
      shuffle(tables, verified.next_context(who.board, who.trustee), std::move(*inputs),
              std::move(prepared).shortened(tables, verified.shape()), source);
  if (!made) {
    return tl::unexpected(made.error());
  }
  tell(progress, mix_step::mixed);
  mixed_stage out = unsigned_stage(verified, who, *made);
  auto signature = sign_stage(verified, who, out.item, source);
  if (!signature) {
    return fail_within("signature", std::move(signature.error()));
  }
  out.item.signature = *signature;
  tell(progress, mix_step::done);
  return out;
}

}  // namespace sandoq
