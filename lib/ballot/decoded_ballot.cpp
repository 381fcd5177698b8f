#include "lib/ballot/decoded_ballot.hpp"

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "sandoq/ballot/ballot_elements.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

using G = ristretto255;

result<void> check_alphas(const encoded_elements<G>& ciphertexts) {
  for (std::size_t i = 0; i < ciphertexts.size(); i += 2) {
    if (G::is_identity(ciphertexts[i])) {
      return fail(errc::identity_element, "ciphertext " + std::to_string(i / 2) + "/alpha",
                  "it is the identity, so the ciphertext hides nothing");
    }
  }
  return {};
}

using knowledge_proof = plaintext_knowledge_proof<G>;

result<decoded_contest::proof_form> decode_scalar(const knowledge_proof& proof) {
  if (auto z = G::decode_scalar(proof.view().subspan(G::element_bytes)); !z) {
    return fail_within("z", std::move(z.error()));
  }
  return decoded_contest::proof_form(proof);
}

/// The whole proof, or its scalars alone if `commitments` were decoded before.
result<decoded_contest::proof_form> decode_proof(
    const contest_ballot& contest, std::optional<encoded_elements<G>> commitments = {}) {
  return std::visit(
      [&](const auto& wire) -> result<decoded_contest::proof_form> {
        if constexpr (std::is_same_v<std::decay_t<decltype(wire)>, knowledge_proof>) {
          if (!commitments) {
            if (auto W = G::decode(wire.view().first(G::element_bytes)); !W) {
              return fail_within("W", std::move(W.error()));
            }
          }
          return decode_scalar(wire);
        } else {
          auto proof = commitments ? decode(wire, std::move(*commitments)) : decode(wire);
          return std::move(proof).map(
              [](auto&& decoded) { return decoded_contest::proof_form(std::move(decoded)); });
        }
      },
      contest.proof);
}

result<decoded_contest> decode_contest(const contest_ballot& contest) {
  auto ciphertexts = decode_ciphertexts(contest.ciphertexts);
  if (!ciphertexts) {
    return tl::unexpected<error>(std::move(ciphertexts.error()));
  }
  if (auto alphas = check_alphas(*ciphertexts); !alphas) {
    return tl::unexpected<error>(std::move(alphas.error()));
  }
  auto proof = decode_proof(contest);
  if (!proof) {
    return fail_within("proof", std::move(proof.error()));
  }
  return decoded_contest{std::move(*ciphertexts), std::move(*proof)};
}

/// The elements of many ballots, decoded as one batch: for each contest its ciphertexts and the
/// commitments of its proof, in the order of their bytes. Fails if any does not decode, and says no
/// more.
result<std::vector<encoded_elements<G>>> decode_elements_of(
    std::span<const ballot_item* const> ballots, std::span<const byte_view> hints) {
  byte_writer octets;
  byte_writer all_hints;
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < ballots.size(); ++i) {
    write_elements(octets, *ballots[i]);
    if (!hints.empty()) {
      all_hints.fixed(hints[i]);
    }
    for (const contest_ballot& contest : ballots[i]->contests) {
      sizes.push_back(2 * contest.ciphertexts.size());
      sizes.push_back(count_commitments(contest));
    }
  }
  return encoded_elements<G>::decode_lists(octets.view(), sizes, all_hints.view());
}

/// The next ballot from such lists, unless its scalars do not decode or an alpha is the identity.
result<decoded_ballot> decode_scalars_of(const ballot_item& ballot,
                                         std::span<encoded_elements<G>> lists) {
  decoded_ballot out;
  out.reserve(ballot.contests.size());
  for (std::size_t c = 0; c < ballot.contests.size(); ++c) {
    if (auto alphas = check_alphas(lists[2 * c]); !alphas) {
      return tl::unexpected<error>(std::move(alphas.error()));
    }
    auto proof = decode_proof(ballot.contests[c], std::move(lists[2 * c + 1]));
    if (!proof) {
      return tl::unexpected<error>(std::move(proof.error()));
    }
    out.push_back({std::move(lists[2 * c]), std::move(*proof)});
  }
  return out;
}

}  // namespace

result<decoded_ballot> decode_ballot(const ballot_item& ballot) {
  decoded_ballot out;
  out.reserve(ballot.contests.size());
  for (std::size_t c = 0; c < ballot.contests.size(); ++c) {
    auto contest = decode_contest(ballot.contests[c]);
    if (!contest) {
      return fail_within("contest " + std::to_string(c), std::move(contest.error()));
    }
    out.push_back(std::move(*contest));
  }
  return out;
}

std::vector<result<decoded_ballot>> decode_ballots(std::span<const ballot_item* const> ballots,
                                                   std::span<const byte_view> hints) {
  std::vector<result<decoded_ballot>> out;
  out.reserve(ballots.size());
  auto lists = decode_elements_of(ballots, hints);
  std::size_t used = 0;
  for (const ballot_item* ballot : ballots) {
    if (lists) {
      const std::size_t own = 2 * ballot->contests.size();
      out.push_back(decode_scalars_of(*ballot, std::span(*lists).subspan(used, own)));
      used += own;
      if (out.back()) {
        continue;
      }
      out.pop_back();
    }
    out.push_back(decode_ballot(*ballot));
  }
  return out;
}

}  // namespace sandoq
