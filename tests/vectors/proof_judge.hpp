#pragma once

// What the runners of proof vectors share: reading a vector, and what the implementation says of it
// in the words of the vector files.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sandoq/group/encoded_element.hpp"
#include "sandoq/group/secret_ops.hpp"
#include "sandoq/transcript/nonce_secret.hpp"
#include "sandoq/transcript/transcript.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/support/vector_file.hpp"

namespace sandoq::testing {

using verdicts = std::vector<std::string>;

template <prime_order_group G>
encoded_element<G> element_of_vector(const vector_value& v) {
  return *encoded_element<G>::decode(v.octets());
}

template <proving_group G>
secret_scalar<G> secret_of(const vector_value& v) {
  return secret_scalar<G>(*G::decode_scalar(v.octets()));
}

inline nonce_seed seed_of(const vector_value& v) {
  return nonce_seed(v.at("seed").octets<32>());
}

inline transcript context(const vector_value& v) {
  transcript tr("sandoq-1/test");
  tr.absorb_bytes("context", v.at("context").octets());
  return tr;
}

/// A proof of fixed size, unless the bytes have another.
template <class Proof>
std::optional<Proof> sized(const bytes& octets) {
  Proof out;
  if (octets.size() != out.octets.size()) {
    return std::nullopt;
  }
  std::copy(octets.begin(), octets.end(), out.octets.begin());
  return out;
}

/// What the implementation says of a vector, in the words of the vector files.
struct judgement {
  std::string rejection;  // of an emission that did not reach the equations
  verdicts equations;

  [[nodiscard]] verdicts words() const {
    const auto says = [this](const char* part) {
      return rejection.find(part) != std::string::npos;
    };
    if (rejection.empty()) {
      return equations;
    }
    if (says("(identity element)")) {
      return {"identity"};
    }
    if (says("length of its statement") || says("branches") || says("components") ||
        says("values") || says("bounds")) {
      return {"structure"};
    }
    if (says("(bad statement)")) {
      return {"relation"};
    }
    return {says("(not in the group)") || says("(out of range)") || says("(bad encoding)")
                ? "membership"
                : rejection};
  }
};

/// Runs an emitter into a sink that looks at each equation; `single` is the verdict of the function
/// that checks at once, which must agree.
template <prime_order_group G, class Emit, class Verify>
verdicts judge(const Emit& emit, const Verify& single) {
  const shared_bases<G> bases;
  recording_sink<G> sink(bases);
  judgement out;
  if (const verification emitted = emit(sink); !emitted) {
    out.rejection = emitted.reason();
  }
  for (const std::size_t k : sink.failures()) {
    out.equations.push_back("equation-" + std::to_string(k));
  }
  const verification alone = single();
  EXPECT_EQ(alone.holds(), out.rejection.empty() && out.equations.empty()) << alone.reason();
  if (!out.rejection.empty()) {
    EXPECT_EQ(alone.reason(), out.rejection);
    EXPECT_EQ(sink.equations(), 0U) << "rejected after the first equation";
  }
  return out.words();
}

/// The same for a statement with a proof, after the context of the vector.
template <prime_order_group G, class Statement, class Proof>
verdicts judge_statement(const vector_value& v, const Statement& statement,
                         const std::optional<Proof>& proof) {
  if (!proof) {
    return {"structure"};
  }
  return judge<G>(
      [&](equation_sink<G>& sink) {
        transcript tr = context(v);
        return emit(sink, statement, *proof, tr);
      },
      [&] {
        transcript tr = context(v);
        return verify(statement, *proof, tr);
      });
}

/// What the vector says; empty if it is to be accepted.
inline verdicts expected_verdicts(const vector_value& v) {
  verdicts out;
  if (v.at("expect").text() == "reject") {
    for (const vector_value& item : v.at("fails_all").items()) {
      out.push_back(item.text());
    }
    EXPECT_FALSE(out.empty());
    EXPECT_EQ(out.empty() ? "" : out.front(), v.at("fails_check").text());
  }
  return out;
}

}  // namespace sandoq::testing
