#pragma once

// An election with two boards, its key in one hand, and a group of ciphertexts of known plaintexts.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/elgamal/ciphertext.hpp"
#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/mixnet/mixer_secret.hpp"
#include "tests/support/deterministic_random.hpp"

namespace sandoq::testing {

class mix_fixture {
 public:
  using group = ristretto255;

  /// Boards 0 and 1 of three trustees; the third of board 1 is shut out.
  mix_fixture(std::size_t size, std::size_t width, std::size_t bases,
              std::uint64_t seed = test_seed())
      : random_(seed), key_(random_scalar()), shuffles_(make_shuffles(bases)), tables_(shuffles_) {
    for (std::size_t b = 0; b < 2; ++b) {
      auto& keys = signing_.emplace_back();
      board_keys& board = boards_.emplace_back();
      board.threshold = 2;
      for (std::size_t j = 0; j < 3; ++j) {
        keys.push_back(signing_key<group>::generate(random_));
        board.signing_keys.push_back({keys.back().public_key(), not_shared});
      }
    }
    boards_[1].shut_out = {3};
    subject_.contest_id = "council";
    subject_.width = width;
    subject_.group = {
        3,
        contest_index(1),
        {{node_index(2), {random_.octets<32>()}}, {node_index(7), {random_.octets<32>()}}},
        size,
        static_cast<std::uint32_t>(size)};
    std::vector<group::element> pairs;
    for (std::size_t i = 0; i < size * width; ++i) {
      plaintexts_.push_back(group::mul_base_vartime(group::scalar_from_u64(1 + random_.below(50))));
      const auto r = random_scalar();
      pairs.push_back(group::mul_base_vartime(r));
      pairs.push_back(group::mul_vartime(r, shuffles_.joint_key().element()) + plaintexts_.back());
    }
    const encoded_elements<group> list(std::move(pairs));
    inputs_.assign(list.octets().begin(), list.octets().end());
  }

  [[nodiscard]] group::scalar random_scalar() {
    return group::scalar_from_wide(random_.octets<64>());
  }
  [[nodiscard]] mix_election election() { return {shuffles_, boards_, root_}; }
  [[nodiscard]] std::vector<board_keys>& boards() { return boards_; }
  [[nodiscard]] mix_subject& subject() { return subject_; }
  [[nodiscard]] bytes& inputs() { return inputs_; }
  [[nodiscard]] const shuffle_prover_tables<group>& tables() const { return tables_; }
  [[nodiscard]] deterministic_random& random() { return random_; }
  [[nodiscard]] executor& workers() { return workers_; }
  [[nodiscard]] mixer_identity identity(std::uint32_t board, std::uint32_t trustee) const {
    return {board_index(board), trustee_index(trustee), signing_[board][trustee - 1]};
  }
  [[nodiscard]] mix_preparation prepared(std::size_t longest) {
    return prepare_mix(tables_, longest, subject_.width, random_).value();
  }

  /// \param election  of election(), outliving what is begun
  [[nodiscard]] cascade begin(const mix_election& election) {
    return cascade::begin(election, subject_, inputs_).value();
  }
  /// The next stage, as an honest mixer makes it.
  [[nodiscard]] mixed_stage mixed(const cascade& before, std::uint32_t board,
                                  std::uint32_t trustee) {
    return mix(tables_, before, identity(board, trustee), prepared(before.shape().size()), random_,
               workers_)
        .value();
  }
  /// Hashes its list and signs it as the trustee whom it names, whatever it says.
  void sign_again(mixed_stage& stage) {
    stage.item.list =
        shuffle_list_hash(stage.outputs.size() / (64 * subject_.width), stage.outputs);
    sign_item(stage.item);
  }
  void sign_item(mix_stage& item) {
    item.signature =
        sign(signing_[item.board.value()][item.trustee.value() - 1],
             signed_message{"mix", shuffles_.domain(), shuffles_.e1(), item.signed_digest()},
             random_)
            .value();
  }

  /// What the ciphertexts hold, ciphertext by ciphertext, in order of bytes.
  [[nodiscard]] std::vector<std::string> opened(byte_view list) const {
    const auto elements = encoded_elements<group>::decode(list).value();
    std::vector<group::element> plaintexts;
    for (std::size_t i = 0; i < elements.size(); i += 2) {
      plaintexts.push_back(elements[i + 1] - group::mul_vartime(key_, elements[i]));
    }
    return in_order(plaintexts);
  }
  [[nodiscard]] std::vector<std::string> plaintexts() const { return in_order(plaintexts_); }

 private:
  [[nodiscard]] std::vector<std::string> in_order(const std::vector<group::element>& of) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < of.size(); ++i) {
      const std::string one = to_hex(group::encode(of[i]));
      if (i % subject_.width == 0) {
        out.emplace_back();
      }
      out.back() += one;
    }
    std::sort(out.begin(), out.end());
    return out;
  }
  [[nodiscard]] shuffle_election<group> make_shuffles(std::size_t bases) {
    return shuffle_election<group>::make(
               {random_.octets<32>()}, {random_.octets<32>()}, election_domain::drill,
               encoded_element<group>(group::mul_base_vartime(key_)), bases)
        .value();
  }

  deterministic_random random_;
  group::scalar key_;
  shuffle_election<group> shuffles_;
  shuffle_prover_tables<group> tables_;
  digest32 root_{random_.octets<32>()};
  std::vector<std::vector<signing_key<group>>> signing_;
  std::vector<board_keys> boards_;
  mix_subject subject_;
  std::vector<group::element> plaintexts_;
  bytes inputs_;
  sequential_executor workers_;
};

}  // namespace sandoq::testing
