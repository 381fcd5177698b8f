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

inline std::uint32_t number_32(const vector_value& v) {
  return static_cast<std::uint32_t>(v.number());
}

/// The election of a vector; empty if its K is refused. Without e0 there are no derived bases.
inline std::optional<proof_election<ristretto255>> election_of(const vector_value& v,
                                                               const base_counts& counts) {
  using G = ristretto255;
  auto key = encoded_element<G>::decode(v.at("key").octets());
  EXPECT_TRUE(key);
  const digest32 e0{v.has("e0") ? v.at("e0").octets<32>() : byte_array<32>{}};
  auto made =
      proof_election<G>::make(e0, {v.at("e1").octets<32>()},
                              static_cast<election_domain>(v.at("domain").number()), *key, counts);
  return made ? std::optional(std::move(*made)) : std::nullopt;
}

/// The ballot context of a vector.
template <class Shape>
contest_context<ristretto255, Shape> context_of(const vector_value& v,
                                                const proof_election<ristretto255>& election,
                                                const Shape& shape, const std::string& contest_id) {
  return {.election = election,
          .shape = shape,
          .contest_id = contest_id,
          .descriptor = {v.at("descriptor").octets<32>()},
          .branch = branch_index(number_32(v.at("branch"))),
          .device = device_index(number_32(v.at("device"))),
          .number = serial(number_32(v.at("serial"))),
          .style = style_index(number_32(v.at("style"))),
          .digits = static_cast<std::uint16_t>(v.at("digits").number())};
}

/// Everything that a vector says of election, contest and ballot.
template <class Shape>
struct contest_setting {
  using G = ristretto255;

  std::string contest_id;
  Shape shape;
  std::optional<proof_election<G>> election;  // empty if K is refused

  contest_setting(const vector_value& v, base_counts (*counts)(const Shape&))
      : shape(*Shape::derive(
            {.options = number_32(v.at("options")),
             .max_choices = number_32(v.at("max")),
             .min_choices = number_32(v.at("min")),
             .blank = v.at("blank").number() != 0 ? blank_option::counted : blank_option::absent})),
        election(election_of(v, counts(shape))) {
    for (const std::byte octet : v.at("contest").octets()) {
      contest_id.push_back(static_cast<char>(octet));
    }
  }

  [[nodiscard]] contest_context<G, Shape> context(const vector_value& v) const {
    return context_of(v, *election, shape, contest_id);
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
