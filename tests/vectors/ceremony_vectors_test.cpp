// spec/55-threshold/vectors/ceremony.json: a ceremony, boxes, requests and openings by the
// reference.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/combine.hpp"
#include "sandoq/threshold/lagrange.hpp"
#include "sandoq/threshold/polynomial_secret.hpp"
#include "sandoq/threshold/share_box_secret.hpp"
#include "tests/support/vector_file.hpp"
#include "tests/vectors/vector_fields.hpp"

namespace sandoq {
namespace {

using G = ristretto255;
using testing::vector_value;

G::scalar scalar_of_hex(const vector_value& v) {
  return *G::decode_scalar(v.octets());
}

template <class Item>
std::vector<Item> items_of(const vector_value& list) {
  std::vector<Item> out;
  for (const vector_value& v : list.items()) {
    auto item = Item::decode(v.octets());
    EXPECT_TRUE(item) << (item ? "" : to_string(item.error()));
    if (item) {
      EXPECT_EQ(item->encode(), v.octets());
      out.push_back(std::move(*item));
    }
  }
  return out;
}

ceremony_items ceremony_items_of(const vector_value& v) {
  ceremony_items out;
  out.commits = items_of<dkg_commit>(v.at("commits"));
  out.reveals = items_of<dkg_reveal>(v.at("reveals"));
  out.deals = items_of<dkg_deal>(v.at("deals"));
  out.confirms = items_of<dkg_confirm>(v.at("confirms"));
  return out;
}

std::string hex(byte_view octets) {
  return to_hex(octets);
}

class CeremonyVectors : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const vector_value& v : vectors_) {
      by_id_[v.at("id").text()] = &v;
    }
    const auto& base = *by_id_.at("55-001");
    const auto source = manifest::decode(base.at("manifest").octets()).value();
    context_ = {manifest_hash(base.at("manifest").octets()), source.domain};
    EXPECT_EQ(context_.manifest_hash, digest_of(base.at("e0")));
    for (const auto& entry : source.boards) {
      board made{entry.threshold, {}};
      for (const auto& trustee : entry.trustees) {
        made.trustees.push_back(
            {encoded_element<G>::decode(trustee.signing_key.view()).value(),
             encoded_element<G>::decode(trustee.encryption_key.view()).value()});
      }
      boards_.push_back(std::move(made));
    }
    published_ = election_key::decode(base.at("election_key").octets()).value();
    keys_ = decode_keys(published_).value();
  }

  template <class Test>
  void each(std::string_view kind, Test test) {
    std::size_t found = 0;
    for (const vector_value& v : vectors_) {
      if (v.at("kind").text() == kind) {
        ++found;
        SCOPED_TRACE(v.at("id").text() + " " + v.at("comment").text());
        test(v, v.at("expect").text() == "accept");
      }
    }
    EXPECT_GT(found, 0U) << kind;
  }

  opening_request request_of(const vector_value& v) {
    EXPECT_EQ(v.at("ceremony_id").text(), "55-001");
    auto out = opening_request::decode(v.at("request").octets()).value();
    EXPECT_EQ(out.encode(), v.at("request").octets());
    return out;
  }
  [[nodiscard]] answering_trustee trustee(const partial_decryption& answer) const {
    const std::size_t b = answer.board.value();
    const std::size_t j = answer.trustee.value() - 1;
    return {{boards_[b].trustees[j].signing, not_shared}, keys_.share_keys[b][j]};
  }

  std::vector<vector_value> vectors_ = testing::load_vectors("55-threshold/vectors/ceremony.json");
  std::map<std::string, const vector_value*> by_id_;
  ceremony_context context_;
  std::vector<board> boards_;
  election_key published_;
  election_keys keys_;
  sequential_executor here_;
};

TEST_F(CeremonyVectors, FailExactlyTheChecksThatTheReferenceNames) {
  each("ceremony", [&](const vector_value& v, bool accept) {
    const auto items = ceremony_items_of(v);
    const auto published = election_key::decode(v.at("election_key").octets()).value();
    EXPECT_EQ(published.encode(), v.at("election_key").octets());
    const auto verdict = check_ceremony(context_, boards_, {&items, 1}, published, here_);
    std::vector<std::string> failed;
    for (const auto& check : verdict.checks()) {
      if (check.status == check_status::fail) {
        failed.push_back(check.id);
      }
    }
    std::vector<std::string> expected;
    if (!accept) {
      for (const vector_value& id : v.at("fails_all").items()) {
        expected.push_back(id.text());
      }
    }
    EXPECT_EQ(verdict.accepted(), accept);
    EXPECT_EQ(failed, expected);
  });
}

TEST_F(CeremonyVectors, KeysAndHashesAreThoseOfTheReference) {
  const auto& v = *by_id_.at("55-001");
  const auto items = ceremony_items_of(v);
  auto attempt = first_attempt(context_, sizes_of(boards_));
  attempt.attempt = u32_of(v.at("attempt"));
  EXPECT_EQ(hash_of_commitments(attempt, items.commits), digest_of(v.at("commitments_hash")));
  const auto elements = decode_elements(items).value();
  const auto derived = derive_key(attempt, sizes_of(boards_), items, elements.coefficients);
  for (std::size_t b = 0; b < boards_.size(); ++b) {
    EXPECT_EQ(hex(derived.boards[b].key.view()), v.at("board_keys").items()[b].text());
    for (std::size_t j = 0; j < boards_[b].trustees.size(); ++j) {
      EXPECT_EQ(hex(derived.boards[b].share_keys[j].view()),
                v.at("share_keys").items()[b].items()[j].text());
    }
  }
  EXPECT_EQ(hex(derived.joint_key.view()), v.at("key").text());
  EXPECT_EQ(derived.transcript_hash, digest_of(v.at("transcript_hash")));
  const auto made = make_election_key(context_, derived, {&items, 1});
  EXPECT_EQ(made.election_hash, digest_of(v.at("e1")));
  EXPECT_EQ(made, published_);
}

// The secret half of the same ceremony: commitments from polynomials, shares out of the boxes.
TEST_F(CeremonyVectors, PolynomialsGiveCommitmentsAndShares) {
  const auto& v = *by_id_.at("55-001");
  const auto items = ceremony_items_of(v);
  const digest32 commitments_hash = digest_of(v.at("commitments_hash"));
  std::map<std::pair<std::uint32_t, std::uint32_t>, G::scalar> sums;
  for (std::size_t dealer = 0; dealer < items.deals.size(); ++dealer) {
    const auto& secrets = v.at("secrets").items()[dealer];
    const std::uint32_t b = u32_of(secrets.at("board"));
    std::vector<secret_scalar<G>> coefficients;
    for (const vector_value& a : secrets.at("polynomial").items()) {
      coefficients.emplace_back(scalar_of_hex(a));
    }
    const secret_polynomial<G> f(std::move(coefficients));
    const auto commitments = f.commitments();
    ASSERT_EQ(commitments.size(), items.reveals[dealer].coefficients.size());
    for (std::size_t l = 0; l < commitments.size(); ++l) {
      EXPECT_EQ(G::encode(commitments[l]), items.reveals[dealer].coefficients[l].octets);
    }
    EXPECT_EQ(items.reveals[dealer].salt, secrets.at("salt").octets<32>());
    for (const vector_value& receiver : v.at("secrets").items()) {
      if (u32_of(receiver.at("board")) != b) {
        continue;
      }
      const std::uint32_t j = u32_of(receiver.at("trustee"));
      const share_route route{context_.manifest_hash, commitments_hash, board_index(b),
                              trustee_index(u32_of(secrets.at("trustee"))), trustee_index(j)};
      const auto opened =
          open_share(route, secret_scalar<G>(scalar_of_hex(receiver.at("encryption_key"))),
                     boards_[b].trustees[j - 1].encryption, items.deals[dealer].shares[j - 1]);
      ASSERT_TRUE(opened) << to_string(opened.error());
      const auto share = declassify<"compared in a test">(*opened);
      EXPECT_EQ(share, declassify<"compared in a test">(f.evaluate(j)));
      sums[{b, j}] += share;
    }
  }
  for (const vector_value& secrets : v.at("secrets").items()) {
    const std::pair at(u32_of(secrets.at("board")), u32_of(secrets.at("trustee")));
    EXPECT_EQ(sums.at(at), scalar_of_hex(secrets.at("share")));
  }
}

TEST_F(CeremonyVectors, BoxesOpenOrNot) {
  each("share-box", [&](const vector_value& v, bool accept) {
    const share_route route{digest_of(v.at("e0")), digest_of(v.at("commitments_hash")),
                            board_index(u32_of(v.at("board"))),
                            trustee_index(u32_of(v.at("dealer"))),
                            trustee_index(u32_of(v.at("receiver")))};
    const sealed_share box{{v.at("c1").octets<32>()}, v.at("box").octets<48>()};
    const auto opened =
        open_share(route, secret_scalar<G>(scalar_of_hex(v.at("secret"))),
                   *encoded_element<G>::decode(v.at("encryption_key").octets()), box);
    ASSERT_EQ(opened.has_value(), accept);
    if (accept) {
      EXPECT_EQ(declassify<"compared in a test">(*opened), scalar_of_hex(v.at("share")));
    } else {
      EXPECT_EQ(opened.error().code, errc::mismatch);
    }
  });
}

TEST_F(CeremonyVectors, RequestsAreSignedByTheBoards) {
  each("request", [&](const vector_value& v, bool accept) {
    const auto request = request_of(v);
    EXPECT_EQ(request.hash(), digest_of(v.at("request_hash")));
    checking_sink<G> sink;
    const auto emitted = emit_request_signatures(sink, {published_.election_hash, context_.domain},
                                                 keys_of(boards_), request);
    EXPECT_EQ(emitted.holds() && sink.holds(), accept) << emitted.reason();
  });
}

TEST_F(CeremonyVectors, AnswersHoldOrNot) {
  each("partial", [&](const vector_value& v, bool accept) {
    const auto request = decode_elements(request_of(v)).value();
    const auto answer = partial_decryption::decode(v.at("partial").octets()).value();
    EXPECT_EQ(answer.encode(), v.at("partial").octets());
    const auto verdict = verify(request, trustee(answer), answer);
    EXPECT_EQ(verdict.holds(), accept) << verdict.reason();
    // The batch that a combiner runs says the same.
    const auto batch =
        verify_answers(request, keys_of(boards_), keys_, std::span(&answer, 1), here_);
    EXPECT_EQ(batch.answers().size(), accept ? 1U : 0U);
    EXPECT_EQ(batch.rejected().size(), accept ? 0U : 1U);
    if (accept) {
      for (std::size_t i = 0; i < answer.factors.size(); ++i) {
        EXPECT_EQ(answer.factors[i].octets,
                  G::encode(G::mul_vartime(scalar_of_hex(v.at("share")), request.alphas[i])));
      }
    }
  });
}

TEST_F(CeremonyVectors, AnswersCombineOrNot) {
  each("combine", [&](const vector_value& v, bool accept) {
    const auto request = decode_elements(request_of(v)).value();
    const auto answers = items_of<partial_decryption>(v.at("partials"));
    const auto verified = verify_answers(request, keys_of(boards_), keys_, answers, here_);
    EXPECT_TRUE(verified.rejected().empty());
    const auto opened = combine(request, sizes_of(boards_), verified);
    ASSERT_EQ(opened.has_value(), accept);
    if (!accept) {
      EXPECT_EQ(opened.error().code, errc::missing);
      return;
    }
    std::vector<std::uint64_t> counts;
    for (std::size_t i = 0; i < opened->size(); ++i) {
      EXPECT_EQ(hex(G::encode((*opened)[i])), v.at("values").items()[i].text());
      counts.push_back(static_cast<std::uint64_t>(v.at("counts").items()[i].number()));
    }
    EXPECT_EQ(decode_counts(*opened, 100, small_dlog<G>(100)).value(), counts);
  });
}

TEST_F(CeremonyVectors, LagrangeWeights) {
  each("lagrange", [&](const vector_value& v, bool) {
    std::vector<std::uint32_t> points;
    for (const vector_value& index : v.at("indices").items()) {
      points.push_back(u32_of(index));
    }
    const auto weights = lagrange_at_zero<G>(points);
    ASSERT_EQ(weights.size(), v.at("coefficients").items().size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      EXPECT_EQ(weights[i], scalar_of_hex(v.at("coefficients").items()[i]));
    }
  });
}

}  // namespace
}  // namespace sandoq
