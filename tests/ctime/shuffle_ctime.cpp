// A mixer: permutation, nonces, masks and seed are secret. The finished list and proof are verified
// in variable time, so a value that was not released on purpose is found as well.

#include <array>
#include <optional>
#include <vector>

#include "sandoq/proofs/shuffle_prove.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/deterministic_random.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using G = ristretto255;

void permute(random_source& source) {
  const auto pi = secret_permutation::random(5, source);
  for (const auto& index : pi.order()) {
    claim(index, "secret_permutation::random");
  }
  const std::array<std::uint64_t, 5> items = {1, 2, 3, 4, 5};
  pi.arrange(std::span<const std::uint64_t>(items), 1, std::uint64_t{0},
             [](std::size_t, auto thing) { claim(thing[0], "secret_permutation::arrange"); });
  std::vector<secret<std::uint32_t>> ranks;
  for (const std::uint32_t rank : {1U, 0U, 2U}) {
    ranks.emplace_back(rank);
  }
  const auto given = secret_permutation::of_ranks(ranks);
  claim(given.order()[0], "secret_permutation::of_ranks");
}

void mix(const shuffle_election<G>& election, const shuffle_prover_tables<G>& tables,
         const shuffle_shape& shape, random_source& source,
         std::optional<shuffle_shape> longest = std::nullopt) {
  std::vector<G::element> inputs;
  for (std::size_t i = 0; i < shape.size() * shape.step(); ++i) {
    inputs.push_back(G::mul_base_vartime(G::scalar_from_u64(1000 + i)));
  }
  auto prepared = shuffle_preparation<G>::make(tables, longest.value_or(shape), source)
                      .shortened(tables, shape);
  for (const auto& factor : prepared.factors()) {
    claim(factor, "shuffle_preparation: factor");
  }
  for (const auto& rho : prepared.rho()) {
    claim(rho, "shuffle_preparation: nonce");
  }
  const shuffle_context<G> context{election, "contest", "set", {}, 1, 1, {}};
  const auto made =
      shuffle(tables, context, encoded_elements<G>(std::move(inputs)), std::move(prepared), source);
  require(made && verify(context, made->lists, made->proof), "the shuffle does not hold");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random source(48);
  permute(source);
  const auto key = G::mul_base_vartime(G::scalar_from_u64(987654321));
  const auto election = *shuffle_election<G>::make(digest32{}, digest32{}, election_domain::drill,
                                                   encoded_element<G>(key), 3);
  const shuffle_prover_tables<G> tables(election);
  mix(election, tables, shuffle_shape::of(3).value(), source);
  mix(election, tables, shuffle_shape::with_rows(5, 2, 2).value(), source);
  mix(election, tables, shuffle_shape::of(2).value(), source, shuffle_shape::of(3).value());
  return 0;
}
