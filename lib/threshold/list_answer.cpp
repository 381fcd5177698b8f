#include "sandoq/threshold/list_answer.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "lib/threshold/checked_answer.hpp"
#include "sandoq/proofs/shuffle.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using elements = encoded_elements<group>;

constexpr std::size_t pair_bytes = 2 * group::element_bytes;

result<void> check_list(const list_request& request, std::size_t width, byte_view list) {
  const std::size_t expected = width * request.ciphertexts * pair_bytes;
  if (list.size() != expected) {
    return fail(
        errc::mismatch, "ciphertexts",
        "the list has " + std::to_string(list.size()) + " bytes, not " + std::to_string(expected));
  }
  if (shuffle_list_hash(request.ciphertexts, list) != request.list) {
    return fail(errc::mismatch, "list", "is the hash of another list");
  }
  return {};
}

// The first or the second elements of all pairs. \param offset  of the element in its pair
result<elements> decode_column(byte_view list, std::size_t offset, executor& workers) {
  bytes column(list.size() / 2);
  for (std::size_t i = 0; i < list.size() / pair_bytes; ++i) {
    const byte_view element = list.subspan(i * pair_bytes + offset, group::element_bytes);
    std::copy(element.begin(), element.end(),
              column.begin() + static_cast<std::ptrdiff_t>(i * group::element_bytes));
  }
  return decode_elements(column, workers);
}

result<decoded_request> decode_pairs(const list_request& request, std::size_t width, byte_view list,
                                     executor& workers) {
  if (auto right = check_list(request, width, list); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  auto alphas = decode_column(list, 0, workers);
  if (!alphas) {
    return fail_within("alphas", std::move(alphas.error()));
  }
  const auto none = std::find_if(alphas->elements().begin(), alphas->elements().end(),
                                 [](const auto& alpha) { return group::is_identity(alpha); });
  if (none != alphas->elements().end()) {
    return fail(errc::identity_element,
                "alphas/element " + std::to_string(none - alphas->elements().begin()),
                "is the identity, which no shuffle puts out");
  }
  const auto betas = decode_column(list, group::element_bytes, workers);
  if (!betas) {
    return fail_within("betas", betas.error());
  }
  return decoded_request{
      request.hash(), request.domain,     request.election_hash,
      request.number, std::move(*alphas), {betas->elements().begin(), betas->elements().end()}};
}

}  // namespace

result<decoded_request> decode_elements(const list_request& request, std::size_t width,
                                        byte_view list, executor& workers) {
  auto out = decode_pairs(request, width, list, workers);
  if (!out) {
    return fail_within("request " + std::to_string(request.number), std::move(out.error()));
  }
  return out;
}

verification emit_request_signatures(equation_sink<group>& sink, const opening_context& context,
                                     std::span<const board_keys> boards,
                                     const list_request& request) {
  return detail::emit_quorum(sink, context, boards, request);
}

verification emit(equation_sink<group>& sink, const decoded_request& request,
                  const answering_trustee& trustee, const list_partial& answer,
                  const elements& factors, executor& workers) {
  if (auto fits = detail::check_answer(request, answer.number, factors.size()); !fits) {
    return fits;
  }
  if (factors_hash(factors.octets()) != answer.factors) {
    return verification::rejected("the factors beside it have another hash");
  }
  const digest32 digest = answer.signed_digest(request.hash);
  return emit(sink, request, trustee,
              {answer.board, answer.trustee, factors, answer.proof, digest, answer.signature},
              workers);
}

verification verify(const decoded_request& request, const answering_trustee& trustee,
                    const list_partial& answer, byte_view factors, executor& workers) {
  if (factors.size() % group::element_bytes != 0) {
    return verification::rejected("its factors end within an element");
  }
  const auto decoded = decode_elements(factors, workers);
  if (!decoded) {
    return detail::rejected(decoded.error());
  }
  return detail::check_alone(trustee, [&](equation_sink<group>& sink, const auto& alone) {
    return emit(sink, request, alone, answer, *decoded, workers);
  });
}

}  // namespace sandoq
