#include "lib/threshold/opening_chain.hpp"

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace sandoq::detail {
namespace {

// \pre 1 <= number <= entries of the log
const logged_request& entry_of(const opening_log& log, std::uint32_t number) {
  const std::size_t answered = log.answered.size();
  return number <= answered ? log.answered[number - 1] : log.approved[number - 1 - answered];
}

std::size_t size_of(const opening_log& log) {
  return log.answered.size() + log.approved.size();
}

tl::unexpected<error> refuse(const chain_link& link, errc code, std::string_view field,
                             std::string_view reason) {
  return detail::refuse(link.number, code, field, reason);
}

result<void> check_order(const opening_log& log, const chain_link& link) {
  if (link.number == 1) {
    if (link.previous != digest32{}) {
      return refuse(link, errc::mismatch, "previous",
                    "must be zeros: no request stands before the first");
    }
    return {};
  }
  const logged_request& before = entry_of(log, link.number - 1);
  if (link.previous != before.hash) {
    return refuse(link, errc::mismatch, "previous",
                  "is not request " + std::to_string(link.number - 1) +
                      ", which was approved or answered here");
  }
  if (link.entry.closings != before.closings) {
    return refuse(link, errc::mismatch, "closings",
                  "the journals are not those of the requests before: what was counted has "
                  "changed, and its difference would be opened");
  }
  return {};
}

result<void> check_ballots(const chain_link& link, const opening_grounds& grounds) {
  std::uint64_t ballots = 0;
  for (const node_index node : link.entry.nodes) {
    ballots += grounds.ballots(link.entry.contest, node);
  }
  if (link.ballots && *link.ballots != ballots) {
    return refuse(link, errc::mismatch, "ballots",
                  "these places have " + std::to_string(ballots) + " ballots, the request says " +
                      std::to_string(*link.ballots));
  }
  return {};
}

result<void> check_family(const opening_log& log, const chain_link& link,
                          const opening_grounds& grounds) {
  const contest_index contest = link.entry.contest;
  std::vector<opening_set> family;
  for (std::uint32_t number = 1; number <= size_of(log); ++number) {
    const logged_request& other = entry_of(log, number);
    if (other.contest != contest || number == link.number) {
      continue;
    }
    if (const auto ok = check_places(grounds, contest, other.nodes); !ok) {
      return refuse(
          link, errc::mismatch, "policy",
          "the tree is not the one of request " + std::to_string(number) + ": " + ok.reason());
    }
    family.push_back({number, other.nodes, other.group});
  }
  family.push_back(link.set());
  if (const auto ok = check_policy(grounds, contest, family); !ok) {
    return refuse(link, errc::out_of_range, "policy", ok.reason());
  }
  return {};
}

}  // namespace

tl::unexpected<error> refuse(std::uint32_t number, errc code, std::string_view field,
                             std::string_view reason) {
  return fail(code, "request " + std::to_string(number) + "/" + std::string(field), reason);
}

result<bool> is_logged(const opening_log& log, const chain_link& link) {
  if (link.number < 1 || link.number > size_of(log)) {
    return false;
  }
  const logged_request& known = entry_of(log, link.number);
  if (known.hash != link.entry.hash) {
    return refuse(link, errc::mismatch, "number",
                  std::string("another request was ") +
                      (link.number <= log.answered.size() ? "answered" : "approved") +
                      " under this number; its list stands");
  }
  if (known != link.entry) {
    return refuse(link, errc::mismatch, "places",
                  "its group had another contest or other places when it was approved here");
  }
  return true;
}

result<void> check_next(const opening_log& log, const chain_link& link,
                        const opening_grounds& grounds, std::uint32_t groups) {
  if (auto ok = check_order(log, link); !ok) {
    return ok;
  }
  if (const auto ok = check_places(grounds, link.entry.contest, link.entry.nodes); !ok) {
    return refuse(link, errc::out_of_range, "places", ok.reason());
  }
  if (auto ok = check_ballots(link, grounds); !ok) {
    return ok;
  }
  if (const auto ok = check_turn(grounds, link.entry.contest, link.set(), groups); !ok) {
    return refuse(link, errc::mismatch, "turn", ok.reason());
  }
  return check_family(log, link, grounds);
}

result<void> check_answers(const opening_log& log, board_index board, trustee_index trustee) {
  for (std::size_t i = 0; i < log.answered.size(); ++i) {
    const answered_request& entry = log.answered[i];
    const bool is_own = std::visit(
        [&](const auto& answer) {
          return answer.number == i + 1 && answer.board == board && answer.trustee == trustee;
        },
        entry.answer);
    if (!is_own || std::holds_alternative<list_partial>(entry.answer) != (entry.group != 0)) {
      return fail(errc::mismatch, "log/answered " + std::to_string(i),
                  "is not this trustee's answer to request " + std::to_string(i + 1));
    }
  }
  return {};
}

}  // namespace sandoq::detail
