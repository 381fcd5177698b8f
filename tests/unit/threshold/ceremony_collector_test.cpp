#include "sandoq/threshold/ceremony_collector.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sandoq {
namespace {

// One letter an item: a(bsence), c(ommit), r(eveal), d(eal), p (complaint), f (confirm).
ceremony_collector collected(std::string_view items) {
  ceremony_collector out;
  for (const char item : items) {
    switch (item) {
      case 'a':
        out.put(dkg_absence{});
        break;
      case 'c':
        out.put(dkg_commit{});
        break;
      case 'r':
        out.put(dkg_reveal{});
        break;
      case 'd':
        out.put(dkg_deal{});
        break;
      case 'p':
        out.put(dkg_complaint{});
        break;
      default:
        out.put(dkg_confirm{});
    }
  }
  return out;
}

// The items of each attempt, in the order of rounds.
std::vector<std::string> attempts_of(std::string_view items) {
  std::vector<std::string> out;
  const ceremony_collector all = collected(items);
  for (const ceremony_items& attempt : all.attempts()) {
    out.push_back(
        std::string(attempt.absences.size(), 'a') + std::string(attempt.commits.size(), 'c') +
        std::string(attempt.reveals.size(), 'r') + std::string(attempt.deals.size(), 'd') +
        std::string(attempt.complaints.size(), 'p') + std::string(attempt.confirms.size(), 'f'));
  }
  return out;
}

TEST(CeremonyCollector, BeginsAnAttemptWithItsFirstAbsenceOrCommit) {
  using list = std::vector<std::string>;
  EXPECT_EQ(attempts_of(""), list{});
  EXPECT_EQ(attempts_of("ccrrddff"), list{"ccrrddff"});
  EXPECT_EQ(attempts_of("ccrrccrrddff"), (list{"ccrr", "ccrrddff"}));
  EXPECT_EQ(attempts_of("aaccrrddpp"
                        "accrrddff"),
            (list{"aaccrrddpp", "accrrddff"}));
  EXPECT_EQ(attempts_of("ccrrdd"
                        "aacrdf"),
            (list{"ccrrdd", "aacrdf"}));
  // Out of order, as no record may be: still one list each, and nothing is lost.
  EXPECT_EQ(attempts_of("rd"), list{"rd"});
  EXPECT_EQ(attempts_of("cacr"), (list{"c", "acr"}));
}

TEST(CeremonyCollector, KeepsOneMoreThanThereMayBe) {
  std::string many;
  for (std::size_t i = 0; i < ceremony_items::max_attempts + 5; ++i) {
    many += "cr";
  }
  const auto attempts = attempts_of(many);
  ASSERT_EQ(attempts.size(), ceremony_items::max_attempts + 1);
  EXPECT_EQ(attempts.front(), "cr");
  EXPECT_EQ(attempts.back(), "cccccrrrrr");
  const ceremony_collector long_one = collected(std::string(600, 'c') + std::string(600, 'd'));
  EXPECT_EQ(long_one.attempts()[0].commits.size(), 8U * 64 + 1);
  EXPECT_EQ(long_one.attempts()[0].deals.size(), 8U * 64 + 1);
  const ceremony_collector accused = collected(std::string(40'000, 'p'));
  EXPECT_EQ(accused.attempts()[0].complaints.size(), 8U * 64 * 63 + 1);
}

}  // namespace
}  // namespace sandoq
