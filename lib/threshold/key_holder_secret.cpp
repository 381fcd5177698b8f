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

tl::unexpected<error> refuse(const opening_request& request, errc code, std::string_view field,
                             std::string_view reason) {
  return fail(code, place_of(request) + "/" + std::string(field), reason);
}

}  // namespace

key_holder::key_holder(const opening_context& context, std::vector<board_keys> boards,
                       election_key published, decryption_share share, signing_key<group> signing,
                       opening_log log)
    : context_(context),
      boards_(std::move(boards)),
      published_(std::move(published)),
      share_(std::move(share)),
      signing_(std::move(signing)),
      log_(std::move(log)) {
  SANDOQ_EXPECTS(published_.election_hash == context_.election_hash, "one election");
}

result<wire_signature> key_holder::sign(literal purpose, const digest32& digest,
                                        random_source& source) const {
  SANDOQ_EXPECTS(purpose.view() != "open", "requests are signed by approve(), which reads them");
  return sandoq::sign(
      signing_, signed_message{purpose, context_.domain, context_.election_hash, digest}, source);
}

result<void> key_holder::check_order(const opening_request& request) const {
  const auto& answered = log_.answered;
  if (request.number != answered.size() + 1) {
    return refuse(request, errc::mismatch, "number",
                  "the next request is number " + std::to_string(answered.size() + 1));
  }
  if (request.previous != (answered.empty() ? digest32{} : answered.back().hash)) {
    return refuse(request, errc::mismatch, "previous",
                  "is not the last request that was answered here");
  }
  if (!answered.empty() && request.closings != answered.back().closings) {
    return refuse(
        request, errc::mismatch, "closings",
        "the journals are not those of the requests answered before: what was counted has "
        "changed, and its difference would be opened");
  }
  return {};
}

// 55.7 and 55.10 on the set, after those of the log.
result<void> key_holder::check_set(const opening_request& request,
                                   const opening_grounds& grounds) const {
  const opening_set set{request.number, request.nodes()};
  if (const auto ok = check_places(grounds, request.contest, set.nodes); !ok) {
    return refuse(request, errc::out_of_range, "places", ok.reason());
  }
  std::uint64_t ballots = 0;
  for (const node_index node : set.nodes) {
    ballots += grounds.ballots(request.contest, node);
  }
  if (request.ballots != ballots) {
    return refuse(request, errc::mismatch, "ballots",
                  "these places have " + std::to_string(ballots) + " ballots, the request says " +
                      std::to_string(request.ballots));
  }
  if (const auto ok = check_turn(grounds, request.contest, set); !ok) {
    return refuse(request, errc::mismatch, "turn", ok.reason());
  }
  std::vector<opening_set> family;
  for (std::uint32_t i = 0; i < log_.answered.size(); ++i) {
    const answered_request& before = log_.answered[i];
    if (before.contest != request.contest) {
      continue;
    }
    if (const auto ok = check_places(grounds, before.contest, before.nodes); !ok) {
      return refuse(
          request, errc::mismatch, "policy",
          "the tree is not the one of request " + std::to_string(i + 1) + ": " + ok.reason());
    }
    family.push_back({i + 1, before.nodes});
  }
  family.push_back(set);
  if (const auto ok = check_policy(grounds, request.contest, family); !ok) {
    return refuse(request, errc::out_of_range, "policy", ok.reason());
  }
  return {};
}

result<decoded_request> key_holder::admit(const opening_request& request,
                                          const own_record& own) const {
  if (request.election_hash != context_.election_hash || request.domain != context_.domain) {
    return refuse(request, errc::mismatch, "e1", "is for another election or domain");
  }
  if (!(request.subject() == own.subject)) {
    return refuse(request, errc::mismatch, "subject",
                  "is not what the verified record holds for these places");
  }
  if (auto ok = check_order(request); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (auto ok = check_set(request, own.grounds); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (request.ciphertexts.empty()) {
    return refuse(request, errc::missing, "ciphertexts", "the list is empty");
  }
  auto decoded = decode_elements(request);
  if (!decoded) {
    return tl::unexpected(std::move(decoded.error()));
  }
  if (log_.approved && *log_.approved != decoded->hash) {
    return refuse(request, errc::mismatch, "number",
                  "another request was approved under this number; its list stands");
  }
  return decoded;
}

result<wire_signature> key_holder::approve(const opening_request& request, const own_record& own,
                                           random_source& source) {
  const digest32 hash = request.hash();
  const auto& answered = log_.answered;
  const bool answered_before = request.number >= 1 && request.number <= answered.size() &&
                               answered[request.number - 1].hash == hash;
  if (!answered_before) {
    if (auto admitted = admit(request, own); !admitted) {
      return tl::unexpected(std::move(admitted.error()));
    }
    log_.approved = hash;
  }
  return sandoq::sign(
      signing_, signed_message{"open", context_.domain, context_.election_hash, hash}, source);
}

result<partial_decryption> key_holder::answer(const opening_request& request, const own_record& own,
                                              random_source& source) {
  if (request.number >= 1 && request.number <= log_.answered.size()) {
    const answered_request& entry = log_.answered[request.number - 1];
    if (entry.hash == request.hash()) {
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
    return refuse(request, errc::bad_signature, "quorum", emitted.reason());
  }
  if (!sink.holds()) {
    return refuse(request, errc::bad_signature, "quorum",
                  "signature " + std::to_string(*sink.first_failure()) + " does not hold");
  }
  auto answer = prove_partial_decryption(*decoded, share_, signing_, source);
  if (answer) {
    log_.answered.push_back(
        {decoded->hash, request.contest, request.nodes(), request.closings, *answer});
    log_.approved.reset();
  }
  return answer;
}

}  // namespace sandoq
