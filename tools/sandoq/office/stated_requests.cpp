#include "stated_requests.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "sandoq/tally/opening_sums.hpp"

namespace sandoq::tool {
namespace {

bool is_of(const running_election& election, const opening_request& request) {
  return request.election_hash == election.context.e1() &&
         request.domain == election.context.domain();
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
  opening_request request;
};
using numbered_requests = std::multimap<std::uint32_t, stated_under_number>;

numbered_requests by_number(std::span<const candidate> all) {
  numbered_requests out;
  for (const candidate& each : all) {
    if (auto request = decode_body<opening_request>(each.what)) {
      const std::uint32_t number = request->number;
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
  const digest32 previous = before.empty() ? digest32{} : before.back().request.hash();
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
    const opening_request& request = at->second.request;
    if (is_of(election, request) && request.previous == previous &&
        (!fits || fits(request, before))) {
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
  const auto all =
      candidates_of(board, item_kind::request, election.hashes, election.context.keys().boards());
  if (!all) {
    return tl::unexpected(all.error());
  }
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
    auto request = decode_body<opening_request>((*next)->what);
    if (!request) {
      return fail_within("statement of a request", std::move(request.error()));
    }
    const signatures_so_far& so_far = (*next)->so_far;
    stated_request& each =
        out.emplace_back(stated_request{(*next)->what, std::move(*request), so_far.complete()});
    if (each.is_signed) {
      each.request.signatures = so_far.valid;
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

request_test fits_tally(const opening_grounds& grounds, std::span<const tally_node> nodes,
                        const digest32& closings) {
  return [&grounds, nodes, closings](const opening_request& request,
                                     std::span<const stated_request> before) {
    const opening_set set{request.number, request.nodes()};
    if (request.contest.value() >= grounds.contests() ||
        !check_places(grounds, request.contest, set.nodes) ||
        !check_turn(grounds, request.contest, set, 0)) {
      return false;
    }
    const auto subject = subject_of(nodes, request.contest, set.nodes, closings);
    if (!subject || !(*subject == request.subject())) {
      return false;
    }
    std::vector<opening_set> family{set};
    for (const stated_request& each : before) {
      if (each.request.contest == request.contest) {
        family.push_back({each.request.number, each.request.nodes()});
        if (!check_places(grounds, request.contest, family.back().nodes)) {
          return false;  // the boards have signed what must not stand: nothing follows
        }
      }
    }
    return static_cast<bool>(check_policy(grounds, request.contest, family));
  };
}

}  // namespace sandoq::tool
