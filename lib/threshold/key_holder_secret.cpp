#include "sandoq/threshold/key_holder_secret.hpp"

#include <string>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

std::string place_of(const opening_request& request) {
  return "request " + std::to_string(request.number);
}

}  // namespace

key_holder::key_holder(const opening_context& context, std::vector<board_keys> boards,
                       election_key published, decryption_share share, signing_key<group> signing)
    : context_(context),
      boards_(std::move(boards)),
      published_(std::move(published)),
      share_(std::move(share)),
      signing_(std::move(signing)) {
  SANDOQ_EXPECTS(published_.election_hash == context_.election_hash, "one election");
}

result<wire_signature> key_holder::sign(literal purpose, const digest32& digest,
                                        random_source& source) const {
  SANDOQ_EXPECTS(purpose.view() != "open", "requests are signed by approve(), which reads them");
  return sandoq::sign(
      signing_, signed_message{purpose, context_.domain, context_.election_hash, digest}, source);
}

result<decoded_request> key_holder::admit(const opening_request& request,
                                          const opening_subject& own) const {
  const auto refuse = [&](errc code, std::string_view field, std::string_view reason) {
    return fail(code, place_of(request) + "/" + std::string(field), reason);
  };
  if (request.election_hash != context_.election_hash || request.domain != context_.domain) {
    return refuse(errc::mismatch, "e1", "is for another election or domain");
  }
  if (!(request.subject() == own)) {
    return refuse(errc::mismatch, "subject",
                  "is not what the verified record holds for this contest");
  }
  if (request.number != log_.size() + 1) {
    return refuse(errc::mismatch, "number",
                  "the next request is number " + std::to_string(log_.size() + 1));
  }
  const digest32 last = log_.empty() ? digest32{} : log_.back().request_hash;
  if (request.previous != last) {
    return refuse(errc::mismatch, "previous", "is not the last request that was answered here");
  }
  for (const auto& entry : log_) {
    if (entry.contest == request.contest) {
      return refuse(errc::duplicate, "contest", "was opened before; a set is opened once");
    }
  }
  if (!log_.empty() && request.contest < log_.back().contest) {
    return refuse(errc::out_of_range, "contest", "contests are opened in ascending order");
  }
  if (request.ballots == 0 || request.lo >= request.hi ||
      request.ballots > request.hi - request.lo) {
    return refuse(errc::out_of_range, "ballots", "the set has no ballots, or more than it spans");
  }
  if (request.ciphertexts.empty()) {
    return refuse(errc::missing, "ciphertexts", "the list is empty");
  }
  auto decoded = decode_elements(request);
  if (!decoded) {
    return tl::unexpected(std::move(decoded.error()));
  }
  if (approved_ && *approved_ != decoded->hash) {
    return refuse(errc::mismatch, "number",
                  "another request was approved under this number; its list stands");
  }
  return decoded;
}

result<wire_signature> key_holder::approve(const opening_request& request,
                                           const opening_subject& own, random_source& source) {
  const digest32 hash = request.hash();
  const bool answered_before = request.number >= 1 && request.number <= log_.size() &&
                               log_[request.number - 1].request_hash == hash;
  if (!answered_before) {
    if (auto admitted = admit(request, own); !admitted) {
      return tl::unexpected(std::move(admitted.error()));
    }
    approved_ = hash;
  }
  return sandoq::sign(
      signing_, signed_message{"open", context_.domain, context_.election_hash, hash}, source);
}

result<partial_decryption> key_holder::answer(const opening_request& request,
                                              const opening_subject& own, random_source& source) {
  if (request.number >= 1 && request.number <= log_.size()) {
    const auto& entry = log_[request.number - 1];
    if (entry.request_hash == request.hash()) {
      return entry.answer;
    }
    return fail(errc::mismatch, place_of(request),
                "another request was answered under this number; its list stands");
  }
  const auto decoded = admit(request, own);
  if (!decoded) {
    return tl::unexpected(decoded.error());
  }
  checking_sink<group> sink;
  if (auto emitted = emit_request_signatures(sink, context_, boards_, request); !emitted) {
    return fail(errc::bad_signature, place_of(request) + "/quorum", emitted.reason());
  }
  if (!sink.holds()) {
    return fail(errc::bad_signature, place_of(request) + "/quorum",
                "signature " + std::to_string(*sink.first_failure()) + " does not hold");
  }
  auto answer = prove_partial_decryption(*decoded, share_, signing_, source);
  if (answer) {
    log_.push_back({decoded->hash, request.contest, *answer});
    approved_.reset();
  }
  return answer;
}

}  // namespace sandoq
