#include <gtest/gtest.h>

#include <vector>

#include "sandoq/mixnet/mixer_secret.hpp"
#include "tests/support/mix_fixture.hpp"

namespace sandoq {
namespace {

using testing::mix_fixture;

result<mixed_stage> attempt(mix_fixture& f, const cascade& before, std::uint32_t board,
                            std::uint32_t trustee) {
  return mix(f.tables(), before, f.identity(board, trustee), f.prepared(5), f.random(),
             f.workers());
}

TEST(Mixer, TakesAPreparationForALongerListAndTellsHowFarItIs) {
  mix_fixture f(3, 2, 7);
  const auto election = f.election();
  auto chain = f.begin(election);
  std::vector<mix_step> steps;
  const auto made = mix(f.tables(), chain, f.identity(0, 1), f.prepared(7), f.random(), f.workers(),
                        [&](mix_step step) { steps.push_back(step); });
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(steps, (std::vector{mix_step::decoded, mix_step::mixed, mix_step::done}));
  ASSERT_TRUE(chain.take(made->item, made->outputs));
  EXPECT_TRUE(chain.check_proof(f.workers()));
  EXPECT_EQ(f.opened(chain.ciphertexts()), f.plaintexts());
}

TEST(Mixer, RefusesWhatItMayNotMix) {
  mix_fixture f(3, 1, 5);
  const auto election = f.election();
  auto chain = f.begin(election);
  EXPECT_EQ(attempt(f, chain, 1, 3).error().code, errc::mismatch);  // shut out
  const mixer_identity stranger{board_index(0), trustee_index(1), f.identity(0, 2).key};
  EXPECT_EQ(mix(f.tables(), chain, stranger, f.prepared(3), f.random(), f.workers()).error().code,
            errc::bad_witness);
  EXPECT_EQ(
      mix(f.tables(), chain, f.identity(0, 1), f.prepared(2), f.random(), f.workers()).error().code,
      errc::bad_statement);
  const auto first = attempt(f, chain, 0, 1);
  ASSERT_TRUE(first) << to_string(first.error());
  ASSERT_TRUE(chain.take(first->item, first->outputs));
  EXPECT_EQ(attempt(f, chain, 1, 1).error().code, errc::bad_proof);  // not verified yet
  ASSERT_TRUE(chain.check_proof(f.workers()));
  EXPECT_EQ(attempt(f, chain, 0, 1).error().code, errc::duplicate);
  EXPECT_TRUE(attempt(f, chain, 1, 1));
}

TEST(Mixer, PreparesForNoImpossibleLength) {
  mix_fixture f(3, 1, 5);
  EXPECT_FALSE(prepare_mix(f.tables(), 1, 1, f.random()));
  EXPECT_FALSE(prepare_mix(f.tables(), 2, 65, f.random()));
}

}  // namespace
}  // namespace sandoq
