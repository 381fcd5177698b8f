#include "statements.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "office_names.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/core/hash.hpp"

namespace sandoq::tool {
namespace {

enum class bound_to { e0, e1 };

/// How the section of an item says that it is signed.
struct signing_rule {
  item_kind of;
  literal purpose;
  literal tag;  // of the hash over the body
  bound_to election;
};

constexpr std::array rules{
    signing_rule{item_kind::head, "head", "head", bound_to::e1},
    signing_rule{item_kind::dkg_absence, "dkg/absence", "dkg/absence", bound_to::e0},
    signing_rule{item_kind::opening, "opening", "opening", bound_to::e1},
    signing_rule{item_kind::close, "close", "close", bound_to::e1},
    signing_rule{item_kind::exclusion, "exclusion", "exclusion", bound_to::e1},
    signing_rule{item_kind::recovery, "recovery", "recovery", bound_to::e1},
    signing_rule{item_kind::eligibility, "eligibility", "eligibility", bound_to::e1},
    signing_rule{item_kind::request, "open", "request", bound_to::e1},
    signing_rule{item_kind::list_request, "open", "request/list", bound_to::e1},
    signing_rule{item_kind::lot_commit, "lot/commit", "lot/commit/signed", bound_to::e1},
    signing_rule{item_kind::lot_beacon, "lot/beacon", "lot/beacon", bound_to::e1},
};

const signing_rule* rule_of(item_kind of) {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [of](const auto& rule) { return rule.of == of; });
  return found == rules.end() ? nullptr : found;
}

/// A lot_commit is signed by one board alone, which it names.
std::optional<std::uint32_t> only_board(const statement& what) {
  if (what.of != item_kind::lot_commit) {
    return std::nullopt;
  }
  byte_reader in(what.body);
  const auto board = in.u32("board");
  return board ? std::optional(*board) : std::nullopt;
}

bool is_shut_out(const board_keys& board, std::uint32_t trustee) {
  return std::binary_search(board.shut_out.begin(), board.shut_out.end(), trustee);
}

/// The first signature of a trustee that holds, if there is one.
result<std::optional<wire_signature>> signature_of(const bulletin& from, item_kind of,
                                                   const signed_message& message,
                                                   const verification_key<ristretto255>& key,
                                                   board_index board, trustee_index trustee) {
  const auto own =
      from.all_at<statement_signature>(place_of_signatures(of, message.digest, board, trustee));
  if (!own) {
    return tl::unexpected(own.error());
  }
  const auto found = std::find_if(own->begin(), own->end(), [&](const statement_signature& each) {
    return static_cast<bool>(verify(key, message, each.signature));
  });
  return found == own->end() ? std::nullopt : std::optional(found->signature);
}

/// The valid signatures of one board, lowest numbers first, as many as it needs.
result<std::vector<quorum_signature>> valid_of_board(const bulletin& from, item_kind of,
                                                     const signed_message& message,
                                                     const board_keys& board, board_index index) {
  std::vector<quorum_signature> out;
  for (std::uint32_t trustee = 1;
       trustee <= board.signing_keys.size() && out.size() < board.threshold; ++trustee) {
    if (is_shut_out(board, trustee)) {
      continue;
    }
    auto own = signature_of(from, of, message, board.signing_keys[trustee - 1], index,
                            trustee_index(trustee));
    if (!own) {
      return tl::unexpected(std::move(own.error()));
    }
    if (*own) {
      out.push_back({trustee, **own});
    }
  }
  return out;
}

/// The quorum that somebody has fixed for a statement, if there is one and it holds.
result<std::optional<quorum>> agreed_before(const bulletin& from, const statement& what,
                                            const signed_message& message,
                                            std::span<const board_keys> boards) {
  const auto found = from.all_at<agreed_quorum>(place_of_agreed(what.of, message.digest));
  if (!found) {
    return tl::unexpected(found.error());
  }
  if (found->empty()) {
    return std::nullopt;
  }
  const auto own = found->begin();
  const auto only = only_board(what);
  if (!only) {
    return verify(boards, message, own->signatures) ? std::optional(own->signatures) : std::nullopt;
  }
  if (*only >= boards.size() || own->signatures.boards.size() != 1 ||
      !verify_board(boards, *only, message, own->signatures.boards.front())) {
    return std::nullopt;
  }
  quorum out;
  out.boards.resize(boards.size());
  out.boards[*only] = own->signatures.boards.front();
  return out;
}

std::string device_stem(byte_view body) {
  byte_reader in(body);
  const auto branch = in.u32("branch");
  const auto device = in.u32("device");
  return fmt::format("-{}-{}", branch.value_or(0), device.value_or(0));
}

std::string number_stem(byte_view body, std::size_t offset) {
  byte_reader in(body.subspan(std::min(offset, body.size())));
  return fmt::format("-{}", in.u32("number").value_or(0));
}

}  // namespace

bool is_bound_to_e1(item_kind of) noexcept {
  const signing_rule* rule = rule_of(of);
  return rule == nullptr || rule->election == bound_to::e1;
}

result<signed_message> message_of(item_kind of, const digest32& digest,
                                  const election_hashes& election) {
  const signing_rule* rule = rule_of(of);
  if (rule == nullptr) {
    return fail(errc::mismatch, "statement", fmt::format("no quorum signs a {}", name_of(of)));
  }
  if (rule->election == bound_to::e1 && !election.e1) {
    return fail(errc::missing, "statement",
                fmt::format("a {} is signed when the key ceremony is over", name_of(of)));
  }
  return signed_message{rule->purpose, election.domain,
                        rule->election == bound_to::e0 ? election.e0 : *election.e1, digest};
}

result<signed_message> message_of(const statement& what, const election_hashes& election) {
  const signing_rule* rule = rule_of(what.of);
  return message_of(what.of, rule == nullptr ? digest32{} : framed_hash::of(rule->tag, what.body),
                    election);
}

bytes with_placeholder(const statement& what) {
  byte_writer out;
  out.fixed(what.body);
  if (what.of == item_kind::lot_commit) {
    out.count(1);
    out.u32(1);
    write(out, wire_signature{});
  } else {
    quorum{{{{1, {}}}}}.write(out);
  }
  return std::move(out).take();
}

result<signatures_so_far> collect(const bulletin& from, const statement& what,
                                  const election_hashes& election,
                                  std::span<const board_keys> boards) {
  const auto message = message_of(what, election);
  if (!message) {
    return tl::unexpected(message.error());
  }
  auto agreed = agreed_before(from, what, *message, boards);
  if (!agreed) {
    return tl::unexpected(std::move(agreed.error()));
  }
  if (*agreed) {
    return signatures_so_far{std::move(**agreed), {}};
  }
  const auto only = only_board(what);
  signatures_so_far out;
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    auto& valid = out.valid.boards.emplace_back();
    if (only && *only != b) {
      continue;
    }
    auto own = valid_of_board(from, what.of, *message, boards[b], board_index(b));
    if (!own) {
      return tl::unexpected(std::move(own.error()));
    }
    valid = std::move(*own);
    if (valid.size() < boards[b].threshold) {
      out.waiting_for.push_back(
          fmt::format("{} more of {} ({} of {} needed)", boards[b].threshold - valid.size(),
                      name_board(from.plan(), board_index(b)), valid.size(), boards[b].threshold));
    }
  }
  return out;
}

result<std::vector<candidate>> candidates_of(const bulletin& from, item_kind of,
                                             const election_hashes& election,
                                             std::span<const board_keys> boards) {
  auto stated = from.statements(of);
  if (!stated) {
    return tl::unexpected(std::move(stated.error()));
  }
  std::vector<candidate> out;
  for (statement& what : *stated) {
    auto so_far = collect(from, what, election, boards);
    if (!so_far) {
      return tl::unexpected(std::move(so_far.error()));
    }
    out.push_back({std::move(what), std::move(*so_far)});
  }
  return out;
}

result<std::optional<candidate>> signed_one_of(std::span<const candidate> all,
                                               const std::string& thing) {
  std::optional<candidate> out;
  for (const candidate& each : all) {
    if (!each.so_far.complete()) {
      continue;
    }
    if (out) {
      return fail(
          errc::duplicate, thing,
          fmt::format("two different statements ({}, {}) are both signed by enough trustees "
                      "of every board; ask the boards, keep both as evidence elsewhere, and "
                      "leave one here",
                      name_of(out->what.of), name_of(each.what.of)));
    }
    out = each;
  }
  return out;
}

result<std::string> agree(bulletin& board, const statement& what, const quorum& signatures,
                          const election_hashes& election) {
  const auto message = message_of(what, election);
  if (!message) {
    return tl::unexpected(message.error());
  }
  agreed_quorum out{what.of, message->digest, signatures};
  if (const auto only = only_board(what)) {
    out.signatures.boards = {signatures.boards[*only]};
  }
  return board.publish(stem_of(what) + "-agreed", out);
}

bytes complete(const statement& what, const quorum& signatures) {
  byte_writer out;
  out.fixed(what.body);
  if (const auto only = only_board(what)) {
    const auto& own = signatures.boards[*only];
    out.count(own.size());
    for (const quorum_signature& each : own) {
      out.u32(each.trustee);
      write(out, each.signature);
    }
  } else {
    signatures.write(out);
  }
  return std::move(out).take();
}

std::string stem_of(const statement& what) {
  std::string out = fmt::format("{}", name_of(what.of));
  switch (what.of) {
    case item_kind::opening:
    case item_kind::close:
    case item_kind::exclusion:
    case item_kind::recovery:
      return out + device_stem(what.body);
    case item_kind::eligibility:
    case item_kind::lot_commit:
      return out + number_stem(what.body, 0);
    case item_kind::request:
    case item_kind::list_request:
      return out + number_stem(what.body, 33);
    case item_kind::dkg_absence:
      return out + number_stem(what.body, 0) + number_stem(what.body, 4) +
             number_stem(what.body, 8);
    case item_kind::head:
      return out + "-" + to_hex(framed_hash::of("head", what.body).view()).substr(0, 8);
    default:
      return out;
  }
}

std::string agreement_name(const statement& what) {
  constexpr std::size_t shown_digits = 32;  // whoever states both must not find two with one name
  return stem_of(what) + "-" +
         to_hex(framed_hash::of("statement/agree", what.encode()).view()).substr(0, shown_digits);
}

}  // namespace sandoq::tool
