#include "stated_requests.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "sandoq/tally/opening_sums.hpp"

namespace sandoq::tool {
namespace {

digest32 hash_of(const sum_or_list_request& request) {
  return std::visit([](const auto& each) { return each.hash(); }, request);
}

/// Whether a request is of this election and follows that one.
bool follows(const sum_or_list_request& request, const running_election& election,
             const digest32& previous) {
  return std::visit(
      [&](const auto& each) {
        return each.election_hash == election.context.e1() &&
               each.domain == election.context.domain() && each.previous == previous;
      },
      request);
}

bool is_signed_by_somebody(const candidate& each) {
  return std::any_of(each.so_far.valid.boards.begin(), each.so_far.valid.boards.end(),
                     [](const auto& own) { return !own.empty(); });
}

/// Of several that fit, the one that a trustee has found right too.
void prefer_signed(std::vector<const candidate*>& own) {
  const auto one = std::find_if(own.begin(), own.end(),
                                [](const candidate* each) { return is_signed_by_somebody(*each); });
  if (one != own.end() && std::none_of(one + 1, own.end(), [](const candidate* each) {
        return is_signed_by_somebody(*each);
      })) {
    own = {*one};
  }
}

/// What is stated under each number, decoded once.
struct stated_under_number {
  const candidate* stated;
  sum_or_list_request request;
};
using numbered_requests = std::multimap<std::uint32_t, stated_under_number>;

numbered_requests by_number(std::span<const candidate> all) {
  numbered_requests out;
  for (const candidate& each : all) {
    if (auto request = decode_request(each.what)) {
      const std::uint32_t number = std::visit([](const auto& one) { return one.number; }, *request);
      out.emplace(number, stated_under_number{&each, std::move(*request)});
    }
  }
  return out;
}

/// Of the requests that are stated under the next number, the one that is signed; or else the one
/// that follows the request before and fits the own count. \return nothing if there is none.
result<const candidate*> choose_request(const numbered_requests& all,
                                        std::span<const stated_request> before,
                                        const running_election& election,
                                        const request_test& fits) {
  const auto number = static_cast<std::uint32_t>(before.size() + 1);
  const digest32 previous = before.empty() ? digest32{} : before.back().hash();
  const std::string name = fmt::format("request {}", number);
  std::vector<const candidate*> own;
  std::vector<const candidate*> whole;
  const auto end = all.upper_bound(number);
  for (auto at = all.lower_bound(number); at != end; ++at) {
    if (at->second.stated->so_far.complete()) {
      whole.push_back(at->second.stated);
    }
  }
  // Whether others fit, which costs a look at all before them, is asked only if none is signed.
  for (auto at = all.lower_bound(number); at != end && whole.empty(); ++at) {
    const sum_or_list_request& request = at->second.request;
    if (follows(request, election, previous) && (!fits || fits(request, before))) {
      own.push_back(at->second.stated);
    }
  }
  prefer_signed(own);
  const auto& chosen = whole.empty() ? own : whole;
  if (chosen.size() > 1) {
    return fail(errc::duplicate, name,
                whole.empty() ? "two different ones are stated, and nothing tells which the boards "
                                "mean; ask whoever closed, and leave one here"
                              : "two different ones are both signed by enough trustees of every "
                                "board; ask the boards, keep both as evidence elsewhere, and leave "
                                "one here");
  }
  return chosen.empty() ? nullptr : chosen.front();
}

}  // namespace

result<std::vector<stated_request>> requests_of(const bulletin& board,
                                                const running_election& election,
                                                const request_test& fits) {
  const auto boards = election.context.keys().boards();
  auto all = candidates_of(board, item_kind::request, election.hashes, boards);
  auto lists = candidates_of(board, item_kind::list_request, election.hashes, boards);
  if (!all || !lists) {
    return tl::unexpected(all ? std::move(lists.error()) : std::move(all.error()));
  }
  std::move(lists->begin(), lists->end(), std::back_inserter(*all));
  const numbered_requests numbered = by_number(*all);
  std::vector<stated_request> out;
  while (true) {
    const auto next = choose_request(numbered, out, election, fits);
    if (!next) {
      return tl::unexpected(next.error());
    }
    if (*next == nullptr) {
      break;
    }
    auto request = decode_request((*next)->what);
    if (!request) {
      return fail_within("statement of a request", std::move(request.error()));
    }
    const signatures_so_far& so_far = (*next)->so_far;
    stated_request& each =
        out.emplace_back(stated_request{(*next)->what, std::move(*request), so_far.complete()});
    if (each.is_signed) {
      std::visit([&](auto& one) { one.signatures = so_far.valid; }, each.request);
    }
    each.waiting_for = so_far.waiting_for;
  }
  for (const auto& [number, each] : numbered) {
    if (each.stated->so_far.complete() && number > out.size()) {
      return fail(errc::missing, fmt::format("request {}", out.size() + 1),
                  "is not in this bulletin, but a later one is signed");
    }
  }
  return out;
}

std::uint32_t stated_request::number() const {
  return std::visit([](const auto& each) { return each.number; }, request);
}

contest_index stated_request::contest() const {
  return std::visit([](const auto& each) { return each.contest; }, request);
}

digest32 stated_request::hash() const {
  return hash_of(request);
}

result<sum_or_list_request> decode_request(const statement& what) {
  const auto either = [](auto request) {
    return request.map([](auto& each) { return sum_or_list_request(std::move(each)); });
  };
  return what.of == item_kind::list_request ? either(decode_body<list_request>(what))
                                            : either(decode_body<opening_request>(what));
}

statement state_request(const sum_or_list_request& request) {
  return std::visit(
      [](const auto& each) {
        constexpr bool is_list = std::is_same_v<std::decay_t<decltype(each)>, list_request>;
        return state(is_list ? item_kind::list_request : item_kind::request, each);
      },
      request);
}

namespace {

/// What the own count says of requests.
class count_test {
 public:
  count_test(const opening_grounds& grounds, std::span<const tally_node> nodes,
             const digest32& closings, std::span<const mixed_ballots> mixed)
      : grounds_(grounds), nodes_(nodes), closings_(closings), mixed_(mixed) {}

  [[nodiscard]] bool fits(const sum_or_list_request& request,
                          std::span<const stated_request> before) const {
    const contest_index contest =
        std::visit([](const auto& each) { return each.contest; }, request);
    const auto set = set_of(request);
    if (contest.value() >= grounds_.contests() || !set ||
        !check_places(grounds_, contest, set->nodes) ||
        !check_turn(grounds_, contest, *set, static_cast<std::uint32_t>(mixed_.size())) ||
        !std::visit([this](const auto& each) { return is_own(each); }, request)) {
      return false;
    }
    std::vector<opening_set> family{*set};
    for (const stated_request& each : before) {
      if (each.contest() != contest) {
        continue;
      }
      auto other = set_of(each.request);
      if (!other || !check_places(grounds_, contest, other->nodes)) {
        return false;  // the boards have signed what must not stand: nothing follows
      }
      family.push_back(std::move(*other));
    }
    return static_cast<bool>(check_policy(grounds_, contest, family));
  }

 private:
  /// The places of a request; of a list those of its group, if there is one.
  [[nodiscard]] std::optional<opening_set> set_of(const sum_or_list_request& request) const {
    if (const auto* sum = std::get_if<opening_request>(&request)) {
      return opening_set{sum->number, sum->nodes()};
    }
    const auto& list = std::get<list_request>(request);
    if (list.group < 1 || list.group > mixed_.size()) {
      return std::nullopt;
    }
    return opening_set{list.number, mixed_[list.group - 1].nodes(), list.group};
  }

  [[nodiscard]] bool is_own(const opening_request& request) const {
    const auto subject = subject_of(nodes_, request.contest, request.nodes(), closings_);
    return subject && *subject == request.subject();
  }
  [[nodiscard]] bool is_own(const list_request& request) const {
    return subject_of(mixed_[request.group - 1], closings_) == request.subject();
  }

  const opening_grounds& grounds_;
  std::span<const tally_node> nodes_;
  digest32 closings_;
  std::span<const mixed_ballots> mixed_;
};

}  // namespace

request_test fits_count(const opening_grounds& grounds, std::span<const tally_node> nodes,
                        const digest32& closings, std::span<const mixed_ballots> mixed) {
  return [test = count_test(grounds, nodes, closings, mixed)](
             const sum_or_list_request& request, std::span<const stated_request> before) {
    return test.fits(request, before);
  };
}

}  // namespace sandoq::tool
