#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proofs/shuffle/argument.core.hpp"
#include "proofs/shuffle/native.core.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/shuffle.hpp"

namespace sandoq {

template <prime_order_group G>
result<shuffle_election<G>> shuffle_election<G>::make(const digest32& e0, const digest32& e1,
                                                      election_domain domain,
                                                      const encoded_element<G>& joint_key,
                                                      std::size_t bases) {
  if (joint_key.is_identity()) {
    return fail(errc::identity_element, "joint key",
                "the joint key is the identity, under which nothing would be encrypted");
  }
  shuffle_election out;
  out.e1_ = e1;
  out.domain_ = domain;
  out.joint_key_ = joint_key;
  out.bases_.add(joint_key.element());
  out.bases_.add(G::base("blind", e0, 1));
  for (std::size_t i = 1; i <= bases; ++i) {
    out.bases_.add(G::base("shuffle/G", e0, static_cast<std::uint32_t>(i)));
  }
  return out;
}

template <prime_order_group G>
encoded_elements<G> filled_up(const shuffle_shape& shape, encoded_elements<G> inputs) {
  const std::size_t missing = (shape.total() - shape.size()) * shape.step();
  if (missing != 0) {
    inputs.append(encoded_elements<G>(std::vector<element_of<G>>(missing, G::identity())));
  }
  return inputs;
}

namespace shuffling {

/// Every alpha of a list, as bytes.
template <prime_order_group G, class See>
[[nodiscard]] result<void> each_alpha(const encoded_elements<G>& list, std::string_view name,
                                      See&& see) {
  for (std::size_t i = 0; i < list.size(); i += 2) {
    if (G::is_identity(list[i])) {
      return fail(errc::identity_element,
                  std::string(name) + " " + std::to_string(i / 2) + "/alpha",
                  "it is the identity, so this is no ciphertext");
    }
    const byte_view octets = list.octets(i, 1);
    const std::string_view text(reinterpret_cast<const char*>(octets.data()), octets.size());
    if (!see(text)) {
      return fail(errc::duplicate, std::string(name) + " " + std::to_string(i / 2) + "/alpha",
                  "it is the alpha of an input: this ciphertext was not encrypted anew");
    }
  }
  return {};
}

/// The parts of a proof, in the order of the wire. \pre the shape's numbers of both  SPEC(48.9)
template <prime_order_group G>
[[nodiscard]] shuffle_part<G> parts_of(const shuffle_shape& shape, const shuffle_proof<G>& proof) {
  std::size_t element = 0;
  std::span<const scalar_of<G>> rest = proof.scalars;
  const auto elements = [&](std::size_t count) {
    const announced<G> out(proof.elements, element, count);
    element += count;
    return out;
  };
  const auto scalars = [&](std::size_t count) {
    const auto out = rest.first(count);
    rest = rest.subspan(count);
    return out;
  };
  const auto one = [&] { return scalars(1)[0]; };
  const std::size_t m = shape.rows();
  const std::size_t n = shape.columns();
  shuffle_part<G> out;
  out.c_A = elements(m);
  out.c_B = elements(m);
  if (m > 1) {
    auto& hadamard = out.product.hadamard.emplace();
    hadamard.commitments = elements(m - 1);
    auto& zero = hadamard.zero;
    zero.commitments = elements(2 + 2 * m);
    zero.a = scalars(n);
    zero.b = scalars(n);
    zero.r = one();
    zero.s = one();
    zero.t = one();
  }
  auto& single = out.product.single;
  single.commitments = elements(3);
  single.a = scalars(n);
  single.p = scalars(n - 2);
  single.r = one();
  single.s = one();
  auto& multi = out.multi;
  multi.commitments = elements(2 * m);
  multi.E = elements((2 * m - 1) * shape.step());
  multi.a = scalars(n);
  multi.r = one();
  multi.b = scalars(shape.width());
  multi.s = one();
  multi.tau = scalars(shape.width());
  SANDOQ_EXPECTS(element == proof.elements.size() && rest.empty(), "a proof of this shape");
  return out;
}

/// Adds up weighted equations block by block, each by one multi-scalar multiplication; the scalars
/// of shared bases go into the last.
template <prime_order_group G>
class folding_sink final : public equation_sink<G> {
 public:
  using typename equation_sink<G>::scalar;
  using typename equation_sink<G>::element;
  static constexpr std::size_t block = std::size_t{1} << 16U;

  folding_sink(const shared_bases<G>& bases, const weights& batch)
      : bases_(bases), weights_(batch), shared_(bases.size()) {}

  [[nodiscard]] const shared_bases<G>& bases() const noexcept override { return bases_; }
  void begin_equation() override { weight_ = weights_.template at<G>(1, equation_++); }
  void add(const scalar& s, const element& E) override {
    scalars_.push_back(weight_ * s);
    elements_.push_back(E);
    if (scalars_.size() == block) {
      fold();
    }
  }
  void add(const element& E) override { add(G::scalar_from_u64(1), E); }
  void subtract(const element& E) override { add(-G::scalar_from_u64(1), E); }
  void add(std::span<const scalar> scalars, std::span<const element> elements) override {
    for (std::size_t i = 0; i < scalars.size(); ++i) {
      add(scalars[i], elements[i]);
    }
  }
  void add_base(base_index base, const scalar& s) override { shared_[base.value()] += weight_ * s; }
  void add_bases(base_index first, std::span<const scalar> scalars) override {
    for (std::size_t i = 0; i < scalars.size(); ++i) {
      shared_[first.value() + i] += weight_ * scalars[i];
    }
  }
  [[nodiscard]] bool holds() {
    fold();
    return G::is_identity(sum_ + G::msm_vartime(shared_, bases_.elements()));
  }

 private:
  void fold() {
    sum_ += G::msm_vartime(scalars_, elements_);
    scalars_.clear();
    elements_.clear();
  }

  const shared_bases<G>& bases_;
  weights weights_;
  std::uint32_t equation_ = 0;
  scalar weight_{};
  std::vector<scalar> shared_;
  std::vector<scalar> scalars_;
  std::vector<element> elements_;
  element sum_ = G::identity();
};

}  // namespace shuffling

template <prime_order_group G>
result<shuffle_lists<G>> shuffle_lists<G>::make(const shuffle_shape& shape,
                                                encoded_elements<G> inputs,
                                                encoded_elements<G> outputs) {
  if (inputs.size() != shape.size() * shape.step() ||
      outputs.size() != shape.total() * shape.step()) {
    return fail(errc::bad_statement, "shuffle",
                "the lists have not the numbers of ciphertexts that the shape demands");
  }
  // Sorted: a table of hashes could be slowed down by whoever chooses ciphertexts.
  std::vector<std::string_view> alphas;
  alphas.reserve(inputs.size() / 2);
  auto seen = shuffling::each_alpha(inputs, "input", [&](std::string_view alpha) {
    alphas.push_back(alpha);
    return true;
  });
  std::sort(alphas.begin(), alphas.end());
  if (seen) {
    seen = shuffling::each_alpha(outputs, "output", [&](std::string_view alpha) {
      return !std::binary_search(alphas.begin(), alphas.end(), alpha);
    });
  }
  if (!seen) {
    return tl::unexpected<error>(std::move(seen.error()));
  }
  return shuffle_lists(shape, filled_up<G>(shape, std::move(inputs)), std::move(outputs));
}

template <prime_order_group G>
transcript open_transcript(const shuffle_context<G>& context, const shuffle_lists<G>& lists) {
  const shuffle_shape& shape = lists.shape();
  transcript tr("sandoq-1/shuffle");
  tr.absorb_integer("version", 1);
  tr.absorb_bytes("suite", bytes_of(suite_name));
  tr.absorb_bytes("group", bytes_of(G::name));
  tr.absorb_bytes("e1", context.election.e1().view());
  tr.absorb_integer("domain", static_cast<std::uint64_t>(context.election.domain()));
  tr.absorb_element<G>("K", context.election.joint_key());
  tr.absorb_bytes("contest", bytes_of(context.contest_id));
  tr.absorb_bytes("set", bytes_of(context.set));
  tr.absorb_bytes("root", context.root.view());
  tr.absorb_integer("stage", context.stage);
  tr.absorb_integer("mixer", context.mixer);
  tr.absorb_bytes("previous", context.previous.view());
  tr.absorb_integer("N", shape.size());
  tr.absorb_integer("m", shape.rows());
  tr.absorb_integer("n", shape.columns());
  tr.absorb_integer("w", shape.width());
  tr.absorb_encoded_elements<G>("inputs", lists.inputs().octets());
  tr.absorb_encoded_elements<G>("outputs", lists.outputs().octets());
  return tr;
}

namespace shuffling {

template <prime_order_group G>
verification emit_after(equation_sink<G>& sink, const shuffle_context<G>& context,
                        const shuffle_lists<G>& lists, const shuffle_proof<G>& proof,
                        const transcript& opened) {
  const shuffle_shape& shape = lists.shape();
  using election = shuffle_election<G>;
  SANDOQ_EXPECTS(&sink.bases() == &context.election.bases(),
                 "the sink works on the table of the election of the statement");
  SANDOQ_EXPECTS(shape.bases() <= context.election.vector().size(),
                 "the election has bases for its longest row");
  if (proof.elements.size() != shape.proof_elements() ||
      proof.scalars.size() != shape.proof_scalars()) {
    return verification::rejected(
        "the proof has not the numbers of elements and scalars of its "
        "shape");
  }
  native_challenges<G> challenges(opened);
  const ciphertext_layout layout = pairs_layout(shape.width(), election::joint_key_base);
  argument<G, native_challenges<G>> whole(sink, {election::blind_base, election::vector_base},
                                          layout, challenges);
  const auto done =
      whole.shuffle({lists.inputs().elements(), shape.step()},
                    {lists.outputs().elements(), shape.step()}, parts_of(shape, proof));
  return done ? verification::ok() : verification::rejected("challenge " + to_string(done.error()));
}

}  // namespace shuffling

template <prime_order_group G>
verification emit(equation_sink<G>& sink, const shuffle_context<G>& context,
                  const shuffle_lists<G>& lists, const shuffle_proof<G>& proof) {
  return shuffling::emit_after(sink, context, lists, proof, open_transcript(context, lists));
}

template <prime_order_group G>
verification verify(const shuffle_context<G>& context, const shuffle_lists<G>& lists,
                    const shuffle_proof<G>& proof) {
  checking_sink<G> sink(context.election.bases());
  if (auto emitted = emit(sink, context, lists, proof); !emitted) {
    return emitted;
  }
  if (!sink.holds()) {
    return verification::rejected("equation " + std::to_string(sink.first_failure().value_or(0)) +
                                  " does not hold");
  }
  return verification::ok();
}

template <prime_order_group G>
verification verify_folded(const shuffle_context<G>& context, const shuffle_lists<G>& lists,
                           const shuffle_proof<G>& proof) {
  const transcript opened = open_transcript(context, lists);
  // The statement by its hash, so that the lists are hashed once.
  const digest32 hash = framed_hash::of("shuffle/item", opened.fork("item").view(), proof.encode());
  shuffling::folding_sink<G> sink(context.election.bases(),
                                  batch_weights(context.election.e1(), std::span(&hash, 1)));
  if (auto emitted = shuffling::emit_after(sink, context, lists, proof, opened); !emitted) {
    return emitted;
  }
  if (!sink.holds()) {
    return verification::rejected("the weighted sum of its equations is not the identity");
  }
  return verification::ok();
}

template <prime_order_group G>
result<shuffle_proof<G>> shuffle_proof<G>::decode(const shuffle_shape& shape, byte_view in) {
  if (in.size() != shuffle_proof_bytes<G>(shape)) {
    return fail(errc::bad_statement, "shuffle proof",
                "it has not the length of a proof for so many ciphertexts");
  }
  const std::size_t cut = shape.proof_elements() * G::element_bytes;
  auto elements = encoded_elements<G>::decode(in.first(cut));
  if (!elements) {
    return fail_within("shuffle proof", std::move(elements.error()));
  }
  shuffle_proof out{std::move(*elements), std::vector<scalar_of<G>>(shape.proof_scalars())};
  for (std::size_t i = 0; i < out.scalars.size(); ++i) {
    auto s = G::decode_scalar(in.subspan(cut + i * G::scalar_bytes, G::scalar_bytes));
    if (!s) {
      return fail(s.error().code, "shuffle proof/scalar " + std::to_string(i), s.error().reason);
    }
    out.scalars[i] = *s;
  }
  return out;
}

template <prime_order_group G>
bytes shuffle_proof<G>::encode() const {
  bytes out(elements.octets().begin(), elements.octets().end());
  for (const auto& s : scalars) {
    const auto octets = G::encode_scalar(s);
    out.insert(out.end(), octets.begin(), octets.end());
  }
  return out;
}

}  // namespace sandoq
