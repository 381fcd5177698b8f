#include "sandoq/threshold/key_holder_secret.hpp"

#include <string>
#include <utility>
#include <variant>

#include "lib/threshold/ceremony_session_secret.hpp"
#include "lib/threshold/opening_chain.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/derived_key.hpp"
#include "sandoq/threshold/list_answer.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

using detail::chain_link;
using detail::is_logged;
using detail::refuse;

chain_link link_of(const opening_request& request) {
  return {request.number,
          request.previous,
          {request.hash(), request.contest, request.nodes(), request.closings},
          request.ballots};
}

// A list's places are its group's, which the trustee has from its own record.
chain_link link_of(const list_request& request, const key_holder::own_list& own) {
  return {request.number,
          request.previous,
          {request.hash(),
           request.contest,
           {own.nodes.begin(), own.nodes.end()},
           request.closings,
           request.group},
          {}};
}

result<decoded_request> decode_sum(const opening_request& request) {
  if (request.ciphertexts.empty()) {
    return refuse(request.number, errc::missing, "ciphertexts", "the list is empty");
  }
  return decode_elements(request);
}

// A sum has no group, and nothing else may look like one.
result<void> check_group(const opening_request& /*request*/) {
  return {};
}
result<void> check_group(const list_request& request) {
  if (request.group == 0) {
    return refuse(request.number, errc::out_of_range, "group", "groups are numbered from 1");
  }
  return {};
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
  if (auto done = detail::check_answers(log, b, j); !done) {
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

template <class Request, class Own>
result<void> key_holder::check_subject(const Request& request, const Own& own) const {
  if (request.election_hash != context_.election_hash || request.domain != context_.domain) {
    return refuse(request.number, errc::mismatch, "e1", "is for another election or domain");
  }
  if (!(request.subject() == own.subject)) {
    return refuse(request.number, errc::mismatch, "subject",
                  "is not what the verified record holds for these places");
  }
  return check_group(request);
}

// The quorum's signatures, every one of them.
template <class Request>
result<void> key_holder::check_signatures(const Request& request) const {
  checking_sink<group> sink;
  if (auto emitted = emit_request_signatures(sink, context_, boards_, request); !emitted) {
    return refuse(request.number, errc::bad_signature, "quorum", emitted.reason());
  }
  if (!sink.holds()) {
    return refuse(request.number, errc::bad_signature, "quorum",
                  "signature " + std::to_string(*sink.first_failure()) + " does not hold");
  }
  return {};
}

// True if it was approved or answered before.
result<bool> key_holder::may_approve(const chain_link& link, const opening_grounds& grounds,
                                     std::uint32_t groups) const {
  auto known = is_logged(log_, link);
  if (!known || *known) {
    return known;
  }
  if (link.number != logged() + 1) {
    return refuse(link.number, errc::mismatch, "number",
                  "the next request to approve is number " + std::to_string(logged() + 1));
  }
  if (auto ok = detail::check_next(log_, link, grounds, groups); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  return false;
}

// \pre what is logged under its number is this request
result<void> key_holder::may_answer(const chain_link& link, const opening_grounds& grounds,
                                    std::uint32_t groups) const {
  if (link.number != answered() + 1) {
    return refuse(link.number, errc::mismatch, "number",
                  "the next request to answer is number " + std::to_string(answered() + 1));
  }
  return detail::check_next(log_, link, grounds, groups);
}

result<wire_signature> key_holder::sign_request(const digest32& hash, random_source& source) const {
  return sandoq::sign(
      signing_, signed_message{"open", context_.domain, context_.election_hash, hash}, source);
}

template <class Answer>
void key_holder::keep(const chain_link& link, const Answer& answer) {
  log_.answered.push_back({link.entry, answer});
  if (!log_.approved.empty()) {
    log_.approved.erase(log_.approved.begin());
  }
}

result<wire_signature> key_holder::approve(const opening_request& request, const own_record& own,
                                           random_source& source) {
  if (auto ok = check_subject(request, own); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  const chain_link link = link_of(request);
  const auto known = may_approve(link, own.grounds, own.groups);
  if (!known) {
    return tl::unexpected(known.error());
  }
  if (!*known) {
    if (auto decoded = decode_sum(request); !decoded) {
      return tl::unexpected(std::move(decoded.error()));
    }
    log_.approved.push_back(link.entry);
  }
  return sign_request(link.entry.hash, source);
}

result<wire_signature> key_holder::approve(const list_request& request, const own_list& own,
                                           random_source& source) {
  if (auto ok = check_subject(request, own); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  const chain_link link = link_of(request, own);
  const auto known = may_approve(link, own.grounds, own.groups);
  if (!known) {
    return tl::unexpected(known.error());
  }
  if (!*known) {
    log_.approved.push_back(link.entry);
  }
  return sign_request(link.entry.hash, source);
}

result<partial_decryption> key_holder::answer(const opening_request& request, const own_record& own,
                                              random_source& source) {
  const chain_link link = link_of(request);
  const auto known = is_logged(log_, link);
  if (!known) {
    return tl::unexpected(known.error());
  }
  if (*known && request.number <= answered()) {
    return std::get<partial_decryption>(log_.answered[request.number - 1].answer);
  }
  if (auto ok = check_subject(request, own); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  if (auto ok = may_answer(link, own.grounds, own.groups); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  const auto decoded = decode_sum(request);
  if (!decoded) {
    return tl::unexpected(decoded.error());
  }
  if (auto ok = check_signatures(request); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  auto answer = prove_partial_decryption(*decoded, share_, signing_, source);
  if (answer) {
    keep(link, *answer);
  }
  return answer;
}

result<list_answer> key_holder::answer(const list_request& request, const own_list& own,
                                       random_source& source, executor& workers) {
  if (auto ok = check_subject(request, own); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  const chain_link link = link_of(request, own);
  const auto known = is_logged(log_, link);
  if (!known) {
    return tl::unexpected(known.error());
  }
  const bool is_repeated = *known && request.number <= answered();
  if (!is_repeated) {
    if (auto ok = may_answer(link, own.grounds, own.groups); !ok) {
      return tl::unexpected(std::move(ok.error()));
    }
    if (auto ok = check_signatures(request); !ok) {
      return tl::unexpected(std::move(ok.error()));
    }
  }
  const auto decoded = decode_elements(request, own.width, own.list, workers);
  if (!decoded) {
    return tl::unexpected(decoded.error());
  }
  if (is_repeated) {
    return repeat(std::get<list_partial>(log_.answered[request.number - 1].answer), *decoded,
                  workers);
  }
  auto answer = prove_list_answer(*decoded, share_, signing_, source, workers);
  if (answer) {
    keep(link, answer->item);
  }
  return answer;
}

// Factors follow from share and list, so only their hash is in the log.
result<list_answer> key_holder::repeat(const list_partial& item, const decoded_request& request,
                                       executor& workers) const {
  const auto factors = make_factors(request, share_, workers);
  const byte_view octets = factors.octets();
  if (factors_hash(octets) != item.factors) {
    return refuse(request.number, errc::mismatch, "factors",
                  "are not those of the answer in the log, which is damaged");
  }
  return list_answer{item, {octets.begin(), octets.end()}};
}

}  // namespace sandoq
