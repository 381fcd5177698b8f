#pragma once

// A mixed list of known plaintexts under the key of a ceremony, and the request to open it. Nothing
// was mixed: whoever opens a list cannot tell.

#include <span>
#include <utility>
#include <vector>

#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/threshold/list_answer.hpp"
#include "sandoq/threshold/list_answer_secret.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "tests/support/ceremony_fixture.hpp"

namespace sandoq::testing {

class list_fixture {
 public:
  using group = ristretto255;

  /// \param plaintexts  width of them a ciphertext
  list_fixture(ceremony_fixture& election, std::span<const group::element> plaintexts,
               std::size_t width)
      : election_(election), width_(width) {
    const auto joint_key = group::decode(election.published().joint_key.view()).value();
    std::vector<group::element> pairs;
    for (const auto& plaintext : plaintexts) {
      const auto r = group::scalar_from_wide(election.random().octets<64>());
      pairs.push_back(group::mul_base_vartime(r));
      pairs.push_back(group::mul_vartime(r, joint_key) + plaintext);
    }
    list_ = encoded_elements<group>(std::move(pairs));
    request_.election_hash = election.published().election_hash;
    request_.domain = election.context().domain;
    request_.number = 4;
    request_.previous = digest32{election.random().octets<32>()};
    request_.group = 2;
    request_.contest = contest_index(1);
    request_.stages = 2;
    request_.ciphertexts = static_cast<std::uint32_t>(plaintexts.size() / width);
    request_.list = shuffle_list_hash(request_.ciphertexts, list_.octets());
    request_.closings = digest32{election.random().octets<32>()};
    decoded_ = decode_elements(request_, width, list_.octets(), election.workers()).value();
  }

  [[nodiscard]] list_request& request() { return request_; }
  [[nodiscard]] const encoded_elements<group>& list() const { return list_; }
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] const decoded_request& decoded() const { return decoded_; }

  /// The answer of the trustee at that place of the ceremony.
  [[nodiscard]] list_answer answer(std::size_t place, executor& workers) {
    return prove_list_answer(decoded_, election_.holders()[place].memory().share,
                             election_.identity(place).signing, election_.random(), workers)
        .value();
  }
  [[nodiscard]] list_answer answer(std::size_t place) { return answer(place, election_.workers()); }
  /// Whose answer that is.
  [[nodiscard]] answering_trustee trustee(std::size_t place) {
    return {{election_.identity(place).signing.public_key(), not_shared},
            election_.holders()[place].memory().share.share_key};
  }
  /// Signs a changed answer again as the trustee at that place would.
  void sign_again(list_answer& answer, std::size_t place) {
    answer.item.signature = sign(election_.identity(place).signing,
                                 signed_message{"partial", decoded_.domain, decoded_.election_hash,
                                                answer.item.signed_digest(decoded_.hash)},
                                 election_.random())
                                .value();
  }

 private:
  ceremony_fixture& election_;
  std::size_t width_;
  list_request request_;
  encoded_elements<group> list_;
  decoded_request decoded_;
};

}  // namespace sandoq::testing
