// What dishonest mixers can do (threats T7, T18, T19 of docs/threat_model.md): each refused by its
// own name.

#include "sandoq/mixnet/cascade.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/mix_fixture.hpp"

namespace sandoq {
namespace {

using testing::mix_fixture;
using group = ristretto255;

constexpr std::size_t pair_bytes = 64;

/// Five ciphertexts mixed by both boards, made once.
struct honest_cascade {
  honest_cascade() : f(5, 1, 5), election(f.election()) {
    cascade chain = f.begin(election);
    for (const std::uint32_t board : {1U, 0U}) {
      stages.push_back(f.mixed(chain, board, 2));
      EXPECT_TRUE(chain.take(stages.back().item, stages.back().outputs));
      EXPECT_TRUE(chain.check_proof(f.workers()));
    }
  }
  static honest_cascade& shared() {
    static honest_cascade made;
    return made;
  }

  mix_fixture f;
  mix_election election;
  std::vector<mixed_stage> stages;
};

/// The name of the fault that the stages have, or nothing.
std::string fault_of(cascade begun, const std::vector<mixed_stage>& stages) {
  sequential_executor workers;
  const auto done = verify_cascade(std::move(begun), stages, workers);
  if (done) {
    return "";
  }
  EXPECT_FALSE(done.error().why.place.empty());
  EXPECT_FALSE(done.error().why.reason.empty());
  return std::string(name_of(done.error().fault));
}

/// The same of the honest cascade with a changed stage, whose mixer stands by it.
std::string fault_if(const std::function<void(mixed_stage&)>& change, std::size_t stage = 1) {
  honest_cascade& h = honest_cascade::shared();
  auto stages = h.stages;
  change(stages[stage]);
  h.f.sign_again(stages[stage]);
  return fault_of(h.f.begin(h.election), stages);
}

void put(mixed_stage& stage, std::size_t to, byte_view pair) {
  std::copy(pair.begin(), pair.end(),
            stage.outputs.begin() + static_cast<std::ptrdiff_t>(to * pair_bytes));
}
bytes pair_at(const bytes& list, std::size_t i) {
  const auto from = list.begin() + static_cast<std::ptrdiff_t>(i * pair_bytes);
  return {from, from + pair_bytes};
}

TEST(Cascade, OfBothBoardsKeepsThePlaintexts) {
  honest_cascade& h = honest_cascade::shared();
  sequential_executor workers;
  const auto done = verify_cascade(h.f.begin(h.election), h.stages, workers);
  ASSERT_TRUE(done) << to_string(done.error().why);
  EXPECT_EQ(done->stages, 2U);
  EXPECT_TRUE(done->all_proved);
  EXPECT_EQ(done->shape.size(), 5U);
  EXPECT_EQ(done->hash, h.stages.back().item.list);
  EXPECT_EQ(done->hash, shuffle_list_hash(5, done->ciphertexts));
  EXPECT_NE(done->ciphertexts, h.f.inputs());
  EXPECT_EQ(h.f.opened(done->ciphertexts), h.f.plaintexts());
}

TEST(Cascade, OfTwoWideBallots) {
  mix_fixture f(2, 3, 3);
  const auto election = f.election();
  auto chain = f.begin(election);
  for (const std::uint32_t board : {0U, 1U}) {
    const auto stage = f.mixed(chain, board, 1);
    ASSERT_TRUE(chain.take(stage.item, stage.outputs));
    ASSERT_TRUE(chain.check_proof(f.workers()));
  }
  EXPECT_EQ(f.opened(chain.ciphertexts()), f.plaintexts());
}

TEST(Cascade, NothingIsReplacedDroppedDoubledOrSwapped) {
  honest_cascade& h = honest_cascade::shared();
  EXPECT_EQ(fault_if([&](auto& s) { put(s, 0, pair_at(h.stages[0].outputs, 1)); }), "unchanged");
  const encoded_elements<group> other(std::vector<group::element>{
      group::mul_base_vartime(h.f.random_scalar()), group::mul_base_vartime(h.f.random_scalar())});
  EXPECT_EQ(fault_if([&](auto& s) { put(s, 0, other.octets()); }), "proof");
  EXPECT_EQ(fault_if([](auto& s) { put(s, 0, pair_at(s.outputs, 1)); }), "proof");
  EXPECT_EQ(fault_if([](auto& s) {
              const bytes first = pair_at(s.outputs, 0);
              put(s, 0, pair_at(s.outputs, 3));
              put(s, 3, first);
            }),
            "proof");
  EXPECT_EQ(fault_if([](auto& s) { s.outputs.resize(s.outputs.size() - pair_bytes); }), "length");
  EXPECT_EQ(fault_if([&](auto& s) {
              s.outputs.insert(s.outputs.end(), other.octets().begin(), other.octets().end());
            }),
            "length");
}

TEST(Cascade, AListThatWasNotEncryptedAnewIsNoStage) {
  honest_cascade& h = honest_cascade::shared();
  EXPECT_EQ(fault_if([&](auto& s) { s.outputs = h.stages[0].outputs; }), "unchanged");
}

TEST(Cascade, ElementsAreDecodedAndNoAlphaIsTheIdentity) {
  EXPECT_EQ(fault_if([](auto& s) { s.outputs[63] = std::byte{0xFF}; }), "elements");
  EXPECT_EQ(fault_if([](auto& s) { std::fill_n(s.outputs.begin(), 32, std::byte{0}); }),
            "identity");
  EXPECT_EQ(fault_if([](auto& s) { s.item.proof[31] = std::byte{0xFF}; }), "elements");
  EXPECT_EQ(fault_if([](auto& s) { s.item.proof.back() = std::byte{0xFF}; }), "elements");
}

TEST(Cascade, TheListIsTheOneThatWasSigned) {
  honest_cascade& h = honest_cascade::shared();
  auto stages = h.stages;
  put(stages[1], 2, pair_at(stages[1].outputs, 1));
  EXPECT_EQ(fault_of(h.f.begin(h.election), stages), "list");
  stages = h.stages;
  stages[1].item.signature.octets[40] ^= std::byte{1};
  EXPECT_EQ(fault_of(h.f.begin(h.election), stages), "signature");
  stages = h.stages;
  stages[0].item.proof[5] ^= std::byte{1};
  EXPECT_EQ(fault_of(h.f.begin(h.election), stages), "signature");
}

TEST(Cascade, AProofIsOfNoUseElsewhere) {
  honest_cascade& h = honest_cascade::shared();
  // Another mixer, who signs it.
  EXPECT_EQ(fault_if([](auto& s) { s.item.trustee = trustee_index(1); }), "proof");
  // Another stage's, another list's.
  EXPECT_EQ(fault_if([&](auto& s) { s.item.proof = h.stages[0].item.proof; }), "proof");
  EXPECT_EQ(fault_if([](auto& s) { s.item.proof.pop_back(); }), "proof_length");
  EXPECT_EQ(fault_if([](auto& s) { s.item.group = 4; }), "order");
  // Another group with the same number, another contest, another tree.
  auto subject = h.f.subject();
  ++subject.group.ballots;
  EXPECT_EQ(fault_of(cascade::begin(h.election, subject, h.f.inputs()).value(), h.stages), "proof");
  subject = h.f.subject();
  subject.contest_id = "mayor";
  EXPECT_EQ(fault_of(cascade::begin(h.election, subject, h.f.inputs()).value(), h.stages), "proof");
  auto election = h.f.election();
  election.root.octets[0] ^= std::byte{1};
  EXPECT_EQ(fault_of(h.f.begin(election), h.stages), "proof");
}

TEST(Cascade, AProofIsOfNoUseUnderAnotherKeyOrElection) {
  honest_cascade& h = honest_cascade::shared();
  const auto& s = h.election.shuffles;
  const auto other = [&](const digest32& e1, election_domain domain, const auto& key) {
    const auto made = shuffle_election<group>::make({}, e1, domain, key, 5).value();
    auto stages = h.stages;
    for (auto& stage : stages) {
      stage.item.signature =
          sign(h.f.identity(stage.item.board.value(), 2).key,
               signed_message{"mix", domain, e1, stage.item.signed_digest()}, h.f.random())
              .value();
    }
    const mix_election election{made, h.election.boards, h.election.root};
    return fault_of(h.f.begin(election), stages);
  };
  const encoded_element<group> key(group::mul_base_vartime(h.f.random_scalar()));
  EXPECT_EQ(other(s.e1(), s.domain(), key), "proof");
  EXPECT_EQ(other({h.f.random().octets<32>()}, s.domain(), s.joint_key()), "proof");
  EXPECT_EQ(other(s.e1(), election_domain::real, s.joint_key()), "proof");
}

TEST(Cascade, StagesStandInOneChain) {
  honest_cascade& h = honest_cascade::shared();
  EXPECT_EQ(fault_of(h.f.begin(h.election), {h.stages[1], h.stages[0]}), "order");
  EXPECT_EQ(fault_of(h.f.begin(h.election), {h.stages[0], h.stages[0]}), "order");
  EXPECT_EQ(fault_if([](auto& s) { s.item.previous.octets[0] ^= std::byte{1}; }), "previous");
  auto inputs = h.f.inputs();
  std::swap_ranges(inputs.begin(), inputs.begin() + pair_bytes, inputs.begin() + pair_bytes);
  EXPECT_EQ(fault_of(cascade::begin(h.election, h.f.subject(), inputs).value(), h.stages),
            "previous");
}

TEST(Cascade, EveryBoardMixesAndNobodyTwice) {
  honest_cascade& h = honest_cascade::shared();
  EXPECT_EQ(fault_of(h.f.begin(h.election), {}), "board");
  EXPECT_EQ(fault_of(h.f.begin(h.election), {h.stages[0]}), "board");
  EXPECT_EQ(fault_if([](auto& s) { s.item.board = board_index(1); }), "repeated");
  auto shut_out = h.f.boards();
  shut_out[0].shut_out = {1, 2};
  const mix_election without{h.election.shuffles, shut_out, h.election.root};
  EXPECT_EQ(fault_of(h.f.begin(without), h.stages), "shut_out");
  for (const auto& [board, trustee] : {std::pair{2U, 1U}, {0U, 0U}, {0U, 4U}}) {
    auto stages = h.stages;
    stages[1].item.board = board_index(board);
    stages[1].item.trustee = trustee_index(trustee);
    EXPECT_EQ(fault_of(h.f.begin(h.election), stages), "mixer");
  }
}

TEST(Cascade, ARefusedStageChangesNothing) {
  honest_cascade& h = honest_cascade::shared();
  sequential_executor workers;
  auto chain = h.f.begin(h.election);
  EXPECT_FALSE(chain.take(h.stages[1].item, h.stages[1].outputs));
  EXPECT_EQ(chain.stages(), 0U);
  for (const auto& stage : h.stages) {
    EXPECT_TRUE(chain.take(stage.item, stage.outputs));
    EXPECT_FALSE(chain.all_proved());
    EXPECT_TRUE(chain.check_proof(workers));
  }
  EXPECT_TRUE(chain.all_proved());
}

TEST(Cascade, TellsThatOnlyASampleWasVerified) {
  honest_cascade& h = honest_cascade::shared();
  sequential_executor workers;
  auto chain = h.f.begin(h.election);
  ASSERT_TRUE(chain.take(h.stages[0].item, h.stages[0].outputs));
  ASSERT_TRUE(chain.take(h.stages[1].item, h.stages[1].outputs));
  EXPECT_TRUE(chain.check_proof(workers));
  EXPECT_FALSE(std::move(chain).finish()->all_proved);
}

TEST(Cascade, HasTwoToAMillionCiphertexts) {
  honest_cascade& h = honest_cascade::shared();
  auto subject = h.f.subject();
  for (const std::uint32_t size : {0U, 1U, (1U << 20U) + 1}) {
    subject.group.ciphertexts = size;
    EXPECT_EQ(cascade::begin(h.election, subject, bytes(pair_bytes * size)).error().code,
              errc::out_of_range);
  }
  subject.group.ciphertexts = 4;
  EXPECT_EQ(cascade::begin(h.election, subject, h.f.inputs()).error().code, errc::mismatch);
}

/// A stage in the form of one, of any list.
mixed_stage form_of_stage(mix_fixture& f, const cascade& before, std::uint32_t board,
                          std::uint32_t trustee) {
  mixed_stage out{{before.subject().group.group,
                   before.stages() + 1,
                   board_index(board),
                   trustee_index(trustee),
                   before.hash(),
                   {},
                   {},
                   {}},
                  bytes(before.shape().total() * pair_bytes)};
  out.item.proof.resize(shuffle_proof_bytes<group>(before.shape()));
  f.sign_again(out);
  return out;
}

TEST(Cascade, FillingsStayInTheList) {
  mix_fixture f(2, 1, 2);
  const auto election = f.election();
  f.subject().group.ciphertexts = 131'074;  // three rows of 43,692
  f.inputs().resize(131'074 * pair_bytes);
  auto chain = f.begin(election);
  auto stage = form_of_stage(f, chain, 0, 1);
  auto without = stage;
  without.outputs.resize(131'074 * pair_bytes);
  f.sign_again(without);
  EXPECT_EQ(chain.take(without.item, without.outputs).error().fault, mix_fault::length);
  ASSERT_TRUE(chain.take(stage.item, stage.outputs));
  EXPECT_EQ(chain.shape().size(), 131'076U);
}

TEST(Cascade, HasSixteenStagesAtMost) {
  mix_fixture f(2, 1, 2);
  auto many = f.boards();
  many[0].signing_keys.resize(17, many[0].signing_keys[0]);
  for (auto& key : many[0].signing_keys) {
    key = many[0].signing_keys[0];
  }
  const mix_election election{f.election().shuffles, many, {}};
  auto chain = f.begin(election);
  for (std::uint32_t trustee = 1; trustee <= 17; ++trustee) {
    auto stage = form_of_stage(f, chain, 0, 1);
    stage.item.trustee = trustee_index(trustee);
    stage.item.signature = sign(f.identity(0, 1).key,
                                signed_message{"mix", election.shuffles.domain(),
                                               election.shuffles.e1(), stage.item.signed_digest()},
                                f.random())
                               .value();
    const auto taken = chain.take(stage.item, stage.outputs);
    ASSERT_EQ(taken.has_value(), trustee <= cascade::max_stages);
    if (!taken) {
      EXPECT_EQ(taken.error().fault, mix_fault::order);
    }
  }
}

TEST(MixFault, NamesTheCheckOfTheRecord) {
  EXPECT_EQ(check_of(mix_fault::board), "mix.stages");
  EXPECT_EQ(check_of(mix_fault::elements), "mix.proofs");
}

}  // namespace
}  // namespace sandoq
