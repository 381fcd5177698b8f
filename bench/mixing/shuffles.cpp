// What mixing a list costs: preparing, shuffling with its proof, decoding, verifying.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/mixing/report.hpp"
#include "bench/sodium_ops.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#ifdef SANDOQ_INTEGER_GROUPS
#include "sandoq/group/integer_group_secret.hpp"
#endif

namespace sandoq::bench {
namespace {

// Ciphertexts are elements whatever they hold: multiples that follow one another are cheap.
template <class G>
encoded_elements<G> some_list(const shuffle_shape& shape) {
  std::vector<element_of<G>> list(shape.size() * shape.step());
  const auto start = G::base("blind", digest32{}, 3);
  element_of<G> running = start;
  for (auto& e : list) {
    e = running;
    running += start;
  }
  return encoded_elements<G>(std::move(list));
}

template <class G>
void measure_shuffle(report& out, std::size_t size, std::size_t rows, int samples) {
  forget_peak();
  system_random random;
  const auto shape =
      rows == 0 ? shuffle_shape::of(size).value() : shuffle_shape::with_rows(size, 1, rows).value();
  const auto key = encoded_element<G>(G::base("blind", digest32{}, 2));
  const auto election =
      shuffle_election<G>::make(digest32{}, digest32{}, election_domain::drill, key, shape.bases())
          .value();
  const shuffle_prover_tables<G> tables(election);
  const encoded_elements<G> inputs = some_list<G>(shape);
  const shuffle_context<G> context{election, "contest", "all", {}, 1, 1, {}};
  smallest decode, prepare, prove, verify;
  std::size_t proof_bytes = 0;
  for (int i = 0; i < samples; ++i) {
    std::optional<shuffle_preparation<G>> prepared;
    prepare.of([&] { prepared = shuffle_preparation<G>::make(tables, shape, random); });
    std::optional<shuffled_list<G>> made;
    prove.of(
        [&] { made = shuffle(tables, context, inputs, std::move(*prepared), random).value(); });
    const byte_view octets = made->lists.outputs().octets();
    decode.of([&] { require(encoded_elements<G>::decode(octets).has_value()); });
    verify.of([&] { require(verify_folded(context, made->lists, made->proof).holds()); });
    proof_bytes = made->proof.encode().size();
  }
  const auto add = [&](std::string operation, const smallest& time) {
    out.add({"shuffle", std::move(operation), std::string(G::name), "ciphertext", size,
             time.us() / static_cast<double>(shape.size()), shape.rows(), proof_bytes});
  };
  add("prepare", prepare);
  add("shuffle and prove", prove);
  add("decode outputs", decode);
  add("verify", verify);
}

// Of every number of rows that elections could take, whichever they do.
template <class G>
void add_shapes(std::vector<shape_size>& out, const std::vector<std::size_t>& sizes) {
  for (const std::size_t size : sizes) {
    for (std::size_t rows = 1; rows <= shuffle_shape::max_rows; rows *= 2) {
      if (const auto shape = shuffle_shape::with_rows(size, 1, rows)) {
        out.push_back({std::string(G::name), size, rows, shuffle_proof_bytes<G>(*shape)});
      }
    }
  }
}

}  // namespace

void measure_shuffles(report& out, const shuffle_plan& plan) {
  out.begin("Shuffles, ciphertexts of width 1");
  for (const std::size_t size : plan.sizes) {
    for (const std::size_t rows : plan.rows) {
      measure_shuffle<ristretto255>(out, size, rows, plan.samples);
    }
  }
#ifdef SANDOQ_INTEGER_GROUPS
  for (const std::size_t size : plan.integer_sizes) {
    measure_shuffle<swisspost3072>(out, size, 0, 1);
  }
#endif
  std::vector<shape_size> shapes;
  add_shapes<ristretto255>(shapes, plan.sizes);
#ifdef SANDOQ_INTEGER_GROUPS
  add_shapes<swisspost3072>(shapes, plan.integer_sizes);
#endif
  out.add_sizes(shapes);
}

}  // namespace sandoq::bench
