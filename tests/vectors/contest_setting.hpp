#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/elgamal/wire.hpp"
#include "sandoq/proofs/choice_limits.hpp"
#include "sandoq/proofs/contest_context.hpp"
#include "sandoq/proofs/proof_election.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq::testing {

inline std::uint32_t u32_of(const vector_value& v) {
  return static_cast<std::uint32_t>(v.number());
}

/// Everything that a vector says of election, contest and ballot.
template <class Shape>
struct contest_setting {
  using G = ristretto255;

  std::string contest_id;
  Shape shape;
  std::optional<proof_election<G>> election;  // empty if K is refused

  contest_setting(const vector_value& v, base_counts (*counts)(const Shape&))
      : shape(*Shape::derive({.options = u32_of(v.at("options")),
                              .max_choices = u32_of(v.at("max")),
                              .min_choices = u32_of(v.at("min")),
                              .blank = v.at("blank").number() != 0 ? blank_option::counted
                                                                   : blank_option::absent})) {
    for (const std::byte octet : v.at("contest").octets()) {
      contest_id.push_back(static_cast<char>(octet));
    }
    auto key = encoded_element<G>::decode(v.at("key").octets());
    EXPECT_TRUE(key);
    auto made = proof_election<G>::make({v.at("e0").octets<32>()}, {v.at("e1").octets<32>()},
                                        static_cast<election_domain>(v.at("domain").number()), *key,
                                        counts(shape));
    if (made) {
      election = std::move(*made);
    }
  }

  [[nodiscard]] contest_context<G, Shape> context(const vector_value& v) const {
    return {.election = *election,
            .shape = shape,
            .contest_id = contest_id,
            .descriptor = {v.at("descriptor").octets<32>()},
            .branch = branch_index(u32_of(v.at("branch"))),
            .device = device_index(u32_of(v.at("device"))),
            .number = serial(u32_of(v.at("serial"))),
            .style = style_index(u32_of(v.at("style"))),
            .digits = static_cast<std::uint16_t>(v.at("digits").number())};
  }
};

inline std::vector<wire_ciphertext> wire_ciphertexts(const vector_value& v) {
  std::vector<wire_ciphertext> out;
  for (const vector_value& item : v.at("ciphertexts").items()) {
    const auto octets = item.octets<64>();
    wire_ciphertext& c = out.emplace_back();
    std::copy_n(octets.begin(), 32, c.alpha.octets.begin());
    std::copy_n(octets.begin() + 32, 32, c.beta.octets.begin());
  }
  return out;
}

/// What a vector says must fail, all of it; the first is also in fails_check. Empty: it is
/// accepted.
inline std::vector<std::string> expected_failures(const vector_value& v) {
  std::vector<std::string> out;
  if (v.at("expect").text() == "reject") {
    for (const vector_value& item : v.at("fails_all").items()) {
      out.push_back(item.text());
    }
    EXPECT_FALSE(out.empty());
    EXPECT_EQ(out.front(), v.at("fails_check").text());
  }
  return out;
}

}  // namespace sandoq::testing
