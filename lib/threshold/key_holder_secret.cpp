#include "sandoq/threshold/key_holder_secret.hpp"

#include <string>
#include <utility>

#include "lib/threshold/ceremony_session_secret.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/derived_key.hpp"

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

// What a log keeps of a request, answered or not.
struct log_entry {
  std::uint32_t number;
  const digest32& hash;
  contest_index contest;
  const std::vector<node_index>& nodes;
  const digest32& closings;
};

// \pre 1 <= number <= entries of the log
log_entry entry_of(const opening_log& log, std::uint32_t number) {
  const auto view = [number](const auto& r) {
    return log_entry{number, r.hash, r.contest, r.nodes, r.closings};
  };
  const std::size_t answered = log.answered.size();
  return number <= answered ? view(log.answered[number - 1])
                            : view(log.approved[number - 1 - answered]);
}

// Everyone who has a share key, which is the identity for those shut out (55.6).
participants holders_of(const election_keys& keys) {
  std::vector<std::vector<trustee_index>> out;
  for (const auto& share_keys : keys.share_keys) {
    auto& trustees = out.emplace_back();
    for (std::uint32_t j = 1; j <= share_keys.size(); ++j) {
      if (!share_keys[j - 1].is_identity()) {
        trustees.emplace_back(j);
      }
    }
  }
  return participants(std::move(out));
}

result<void> check_boards(const election_keys& keys, std::span<const board> boards) {
  bool agree = keys.share_keys.size() == boards.size();
  for (std::size_t b = 0; agree && b < boards.size(); ++b) {
    agree = keys.share_keys[b].size() == boards[b].trustees.size();
  }
  if (!agree) {
    return fail(errc::mismatch, "boards", "are not those that the keys were published for");
  }
  return {};
}

result<void> check_log(const opening_log& log, board_index board, trustee_index trustee) {
  for (std::size_t i = 0; i < log.answered.size(); ++i) {
    const partial_decryption& answer = log.answered[i].answer;
    if (answer.number != i + 1 || answer.board != board || answer.trustee != trustee) {
      return fail(errc::mismatch, "log/answered " + std::to_string(i),
                  "is not this trustee's answer to request " + std::to_string(i + 1));
    }
  }
  return {};
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

result<key_holder> key_holder::resume(const opening_context& context,
                                      std::span<const sandoq::board> boards, holder_memory memory,
                                      signing_key<group> signing, opening_log log) {
  const board_index b = memory.share.board;
  const trustee_index j = memory.share.trustee;
  const std::string place = name_trustee(b, j);
  if (memory.published.election_hash != context.election_hash) {
    return fail(errc::mismatch, "election_key", "the memory is of another election");
  }
  const auto keys = decode_keys(memory.published);
  if (!keys) {
    return fail_within("election_key", keys.error());
  }
  if (auto done = check_boards(*keys, boards); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  const participants holders = holders_of(*keys);
  if (!holders.contains(b, j)) {
    return fail(errc::mismatch, place, "has no share of this key");
  }
  if (signing.public_key() != boards[b.value()].trustees[j.value() - 1].signing) {
    return fail(errc::mismatch, place + "/signing key", "is not the one in the roster");
  }
  const auto& share_key = keys->share_keys[b.value()][j.value() - 1];
  if (memory.share.share_key != share_key || !detail::fits(memory.share.share, share_key)) {
    return fail(errc::mismatch, place + "/share", "does not fit the published share key");
  }
  if (auto done = check_log(log, b, j); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return key_holder(context, without_shut_out(keys_of(boards), holders),
                    std::move(memory.published), std::move(memory.share), std::move(signing),
                    std::move(log));
}

holder_memory key_holder::memory() const {
  return {{share_.board, share_.trustee, share_.share_key, share_.share.clone()}, published_};
}

result<wire_signature> key_holder::sign(literal purpose, const digest32& digest,
                                        random_source& source) const {
  SANDOQ_EXPECTS(purpose.view() != "open", "requests are signed by approve(), which reads them");
  return sandoq::sign(
      signing_, signed_message{purpose, context_.domain, context_.election_hash, digest}, source);
}

// 55.7 on the request before and the journals. \pre number - 1 <= logged()
result<void> key_holder::check_order(const opening_request& request) const {
  if (request.number == 1) {
    if (request.previous != digest32{}) {
      return refuse(request, errc::mismatch, "previous",
                    "must be zeros: no request stands before the first");
    }
    return {};
  }
  const log_entry before = entry_of(log_, request.number - 1);
  if (request.previous != before.hash) {
    return refuse(request, errc::mismatch, "previous",
                  "is not request " + std::to_string(before.number) +
                      ", which was approved or answered here");
  }
  if (request.closings != before.closings) {
    return refuse(
        request, errc::mismatch, "closings",
        "the journals are not those of the requests before: what was counted has changed, "
        "and its difference would be opened");
  }
  return {};
}

// 55.7 and 55.10 on the set, beside those of the log.
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
  if (const auto ok = check_turn(grounds, request.contest, set, 0); !ok) {
    return refuse(request, errc::mismatch, "turn", ok.reason());
  }
  std::vector<opening_set> family;
  for (std::uint32_t number = 1; number <= logged(); ++number) {
    const log_entry other = entry_of(log_, number);
    if (other.contest != request.contest || number == request.number) {
      continue;
    }
    if (const auto ok = check_places(grounds, other.contest, other.nodes); !ok) {
      return refuse(
          request, errc::mismatch, "policy",
          "the tree is not the one of request " + std::to_string(number) + ": " + ok.reason());
    }
    family.push_back({number, other.nodes});
  }
  family.push_back(set);
  if (const auto ok = check_policy(grounds, request.contest, family); !ok) {
    return refuse(request, errc::out_of_range, "policy", ok.reason());
  }
  return {};
}

result<void> key_holder::check_subject(const opening_request& request,
                                       const own_record& own) const {
  if (request.election_hash != context_.election_hash || request.domain != context_.domain) {
    return refuse(request, errc::mismatch, "e1", "is for another election or domain");
  }
  if (!(request.subject() == own.subject)) {
    return refuse(request, errc::mismatch, "subject",
                  "is not what the verified record holds for these places");
  }
  return {};
}

// All that is asked of a request whose number is known to be right.
result<decoded_request> key_holder::admit(const opening_request& request,
                                          const opening_grounds& grounds) const {
  if (auto ok = check_order(request); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (auto ok = check_set(request, grounds); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (request.ciphertexts.empty()) {
    return refuse(request, errc::missing, "ciphertexts", "the list is empty");
  }
  return decode_elements(request);
}

// Whether the log has exactly this request; another one under its number is refused.
result<bool> key_holder::is_logged(const opening_request& request, const digest32& hash) const {
  if (request.number < 1 || request.number > logged()) {
    return false;
  }
  if (entry_of(log_, request.number).hash != hash) {
    return refuse(request, errc::mismatch, "number",
                  std::string("another request was ") +
                      (request.number <= answered() ? "answered" : "approved") +
                      " under this number; its list stands");
  }
  return true;
}

result<wire_signature> key_holder::approve(const opening_request& request, const own_record& own,
                                           random_source& source) {
  if (auto ok = check_subject(request, own); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  const digest32 hash = request.hash();
  const auto known = is_logged(request, hash);
  if (!known) {
    return tl::unexpected(known.error());
  }
  if (!*known) {
    if (request.number != logged() + 1) {
      return refuse(request, errc::mismatch, "number",
                    "the next request to approve is number " + std::to_string(logged() + 1));
    }
    if (auto admitted = admit(request, own.grounds); !admitted) {
      return tl::unexpected(std::move(admitted.error()));
    }
    log_.approved.push_back({hash, request.contest, request.nodes(), request.closings});
  }
  return sandoq::sign(
      signing_, signed_message{"open", context_.domain, context_.election_hash, hash}, source);
}

// The quorum's signatures, every one of them.
result<void> key_holder::check_signatures(const opening_request& request) const {
  checking_sink<group> sink;
  if (auto emitted = emit_request_signatures(sink, context_, boards_, request); !emitted) {
    return refuse(request, errc::bad_signature, "quorum", emitted.reason());
  }
  if (!sink.holds()) {
    return refuse(request, errc::bad_signature, "quorum",
                  "signature " + std::to_string(*sink.first_failure()) + " does not hold");
  }
  return {};
}

result<partial_decryption> key_holder::answer(const opening_request& request, const own_record& own,
                                              random_source& source) {
  const auto known = is_logged(request, request.hash());
  if (!known) {
    return tl::unexpected(known.error());
  }
  if (*known && request.number <= answered()) {
    return log_.answered[request.number - 1].answer;
  }
  if (auto ok = check_subject(request, own); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (request.number != answered() + 1) {
    return refuse(request, errc::mismatch, "number",
                  "the next request to answer is number " + std::to_string(answered() + 1));
  }
  const auto decoded = admit(request, own.grounds);
  if (!decoded) {
    return tl::unexpected(decoded.error());
  }
  if (auto ok = check_signatures(request); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  auto answer = prove_partial_decryption(*decoded, share_, signing_, source);
  if (answer) {
    log_.answered.push_back(
        {decoded->hash, request.contest, request.nodes(), request.closings, *answer});
    if (!log_.approved.empty()) {
      log_.approved.erase(log_.approved.begin());
    }
  }
  return answer;
}

}  // namespace sandoq
