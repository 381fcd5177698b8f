// spec/55-threshold/vectors/ceremony.json: ceremonies with attempts that failed, and who is blamed.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/threshold/blame.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/ceremony_collector.hpp"
#include "sandoq/threshold/lagrange.hpp"
#include "sandoq/threshold/share_box.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::vector_value;

template <class Item>
Item read(const vector_value& octets) {
  auto item = Item::decode(octets.octets());
  EXPECT_TRUE(item) << to_string(item.error());
  EXPECT_EQ(item->encode(), octets.octets());
  return std::move(*item);
}

struct ceremony_vector {
  std::vector<ceremony_items> attempts;
  std::vector<election_key> published;
};

ceremony_vector ceremony_of(const vector_value& list) {
  ceremony_collector collector;
  std::vector<election_key> published;
  for (const vector_value& v : list.items()) {
    const vector_value& octets = v.at("bytes");
    switch (v.at("kind").number()) {
      case 10:
        collector.put(read<dkg_commit>(octets));
        break;
      case 11:
        collector.put(read<dkg_reveal>(octets));
        break;
      case 12:
        collector.put(read<dkg_deal>(octets));
        break;
      case 13:
        collector.put(read<dkg_confirm>(octets));
        break;
      case 14:
        published.push_back(read<election_key>(octets));
        break;
      case 15:
        collector.put(read<dkg_complaint>(octets));
        break;
      case 16:
        collector.put(read<dkg_absence>(octets));
        break;
      default:
        ADD_FAILURE() << v.at("kind").number();
    }
  }
  return {collector.attempts(), std::move(published)};
}

class AttemptVectors : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const vector_value& v : vectors_) {
      if (v.at("kind").text() == "manifest-of-attempts") {
        const auto source = manifest::decode(v.at("manifest").octets()).value();
        context_ = {manifest_hash(v.at("manifest").octets()), source.domain};
        for (const auto& entry : source.boards) {
          board made{entry.threshold, {}};
          for (const auto& trustee : entry.trustees) {
            made.trustees.push_back(
                {encoded_element<G>::decode(trustee.signing_key.view()).value(),
                 encoded_element<G>::decode(trustee.encryption_key.view()).value()});
          }
          boards_.push_back(std::move(made));
        }
      }
    }
  }

  template <class Test>
  void each(std::string_view kind, Test test) {
    std::size_t found = 0;
    for (const vector_value& v : vectors_) {
      if (v.at("kind").text() == kind) {
        ++found;
        SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
        test(v);
      }
    }
    EXPECT_GT(found, 0U) << kind;
  }

  std::vector<vector_value> vectors_ = testing::load_vectors("55-threshold/vectors/ceremony.json");
  ceremony_context context_;
  std::vector<board> boards_;
  sequential_executor here_;
};

TEST_F(AttemptVectors, FailExactlyTheChecksThatTheReferenceNames) {
  each("attempts", [&](const vector_value& v) {
    const auto ceremony = ceremony_of(v.at("items"));
    ASSERT_EQ(ceremony.published.size(), 1U);
    const bool accept = v.at("expect").text() == "accept";
    const auto verdict =
        check_ceremony(context_, boards_, ceremony.attempts, ceremony.published[0], here_);
    std::vector<std::string> failed;
    for (const auto& check : verdict.checks()) {
      if (check.status == check_status::fail) {
        failed.push_back(check.id);
        EXPECT_TRUE(!accept) << check.place << ": " << check.reason;
      }
    }
    std::vector<std::string> expected;
    if (!accept) {
      for (const vector_value& id : v.at("fails_all").items()) {
        expected.push_back(id.text());
      }
    }
    EXPECT_EQ(failed, expected);
    EXPECT_EQ(verdict.accepted(), accept);
  });
}

TEST_F(AttemptVectors, HashesAndWhoIsShutOutAreThoseOfTheReference) {
  each("attempts", [&](const vector_value& v) {
    if (v.at("expect").text() != "accept") {
      return;
    }
    const auto ceremony = ceremony_of(v.at("items"));
    const auto sizes = sizes_of(boards_);
    const auto& hashes = v.at("commitments_hashes").items();
    ASSERT_EQ(hashes.size(), ceremony.attempts.size());
    for (std::size_t a = 0; a < hashes.size(); ++a) {
      const auto attempt = context_of(context_, sizes, ceremony.attempts, a);
      EXPECT_EQ(hash_of_commitments(attempt, ceremony.attempts[a].commits),
                digest32{hashes[a].octets<32>()});
    }
    std::vector<board_keys> keys;
    const auto last = context_of(context_, sizes, ceremony.attempts, hashes.size() - 1);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> shut_out;
    const auto marked = without_shut_out(keys_of(boards_), last.who);
    for (std::uint32_t b = 0; b < marked.size(); ++b) {
      for (const std::uint32_t j : marked[b].shut_out) {
        shut_out.emplace_back(b, j);
      }
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
    for (const vector_value& who : v.at("shut_out").items()) {
      expected.emplace_back(static_cast<std::uint32_t>(who.items()[0].number()),
                            static_cast<std::uint32_t>(who.items()[1].number()));
    }
    EXPECT_EQ(shut_out, expected);
    EXPECT_EQ(ceremony.published[0].election_hash, digest32{v.at("e1").octets<32>()});
    EXPECT_EQ(ceremony.published[0].joint_key.octets, v.at("key").octets<32>());
  });
}

TEST_F(AttemptVectors, CommitmentsHash) {
  each("commitments-hash", [&](const vector_value& v) {
    byte_writer earlier;
    for (const vector_value& item : v.at("earlier").items()) {
      earlier.var(item.octets());
    }
    std::vector<dkg_commit> commits;
    for (const vector_value& c : v.at("commits").items()) {
      commits.push_back({{0, board_index(static_cast<std::uint32_t>(c.at("board").number())),
                          trustee_index(static_cast<std::uint32_t>(c.at("trustee").number()))},
                         {c.at("h").octets<32>()},
                         {}});
    }
    const attempt_context context{{{v.at("e0").octets<32>()}, election_domain::drill},
                                  static_cast<std::uint32_t>(v.at("attempt").number()),
                                  {},
                                  framed_hash::of("dkg/earlier", earlier.view())};
    EXPECT_EQ(hash_of_commitments(context, commits),
              digest32{v.at("commitments_hash").octets<32>()});
  });
}

// A complaint alone: the proof, and what the box holds.
TEST_F(AttemptVectors, ComplaintsBlameOneOfTheTwo) {
  each("complaint", [&](const vector_value& v) {
    const auto complaint = dkg_complaint::decode(v.at("complaint").octets()).value();
    const digest32 e0{v.at("e0").octets<32>()};
    const digest32 hcom{v.at("commitments_hash").octets<32>()};
    const auto key = encoded_element<G>::decode(v.at("encryption_key").octets()).value();
    const auto c1 = encoded_element<G>::decode(v.at("c1").octets()).value();
    const auto shared = encoded_element<G>::decode(complaint.shared.view()).value();
    auto tr = complaint_transcript(e0, hcom, complaint.origin, complaint.dealer);
    const bool proved =
        verify(chaum_pedersen_statement<G>{encoded_element<G>(G::generator()), c1, key, shared},
               complaint.proof, tr)
            .holds();
    const auto share = open_share_vartime(
        {e0, hcom, complaint.origin.board, complaint.dealer, complaint.origin.trustee}, key,
        {{v.at("c1").octets<32>()}, v.at("box").octets<48>()}, complaint.shared);
    std::vector<G::element> coefficients;
    for (const vector_value& a : v.at("coefficients").items()) {
      coefficients.push_back(G::decode(a.octets()).value());
    }
    const bool good =
        share && G::mul_base_vartime(*share) ==
                     evaluate_commitments<G>(coefficients, complaint.origin.trustee.value());
    EXPECT_EQ(!proved || good ? "accuser" : "dealer", v.at("guilty").text());
  });
}

}  // namespace
}  // namespace sandoq
