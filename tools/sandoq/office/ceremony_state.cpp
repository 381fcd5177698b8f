#include "ceremony_state.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "ceremony_reader.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/roster.hpp"

namespace sandoq::tool {

bool ceremony_state::has_messages(std::uint32_t attempt) const {
  return begun.contains(attempt);
}

bool ceremony_state::waits_for(const trustee_seat& seat) const {
  return std::find(waiting_for.begin(), waiting_for.end(), seat) != waiting_for.end();
}

std::string ceremony_state::names_waited_for() const {
  std::string out;
  for (const trustee_seat& seat : waiting_for) {
    out += (out.empty() ? "" : ", ") + name_trustee(seat.board, seat.trustee);
  }
  return out;
}

result<std::vector<board>> boards_of(const manifest& plan) {
  const auto keys = roster::decode(plan);
  if (!keys) {
    return tl::unexpected(keys.error());
  }
  if (const auto ok = verify(plan, *keys); !ok) {
    return fail(errc::bad_proof, "manifest/roster", ok.reason());
  }
  std::vector<board> out;
  for (std::uint32_t b = 0; b < plan.boards.size(); ++b) {
    auto& each = out.emplace_back();
    each.threshold = plan.boards[b].threshold;
    for (std::uint32_t j = 1; j <= plan.boards[b].trustees.size(); ++j) {
      each.trustees.push_back(keys->keys_of(board_index(b), trustee_index(j)));
    }
  }
  return out;
}

namespace {

/// One line a file, however much of it is left aside.                                 SPEC(85.1)
std::vector<ignored_message> one_a_file(std::vector<ignored_message> all) {
  std::map<std::string, std::size_t> places;
  std::vector<ignored_message> out;
  for (ignored_message& each : all) {
    const auto [at, is_first] = places.try_emplace(each.file, out.size());
    if (is_first) {
      out.push_back(std::move(each));
    } else {
      out[at->second].more += 1 + each.more;
    }
  }
  return out;
}

/// In what people read of it; the library has written these texts.
void name_everybody(const manifest& plan, ceremony_state& state) {
  state.why_failed = with_names(plan, state.why_failed);
  for (ignored_message& each : state.ignored) {
    each.reason = with_names(plan, each.reason);
  }
  for (auto& attempt : state.guilty) {
    for (guilty_trustee& each : attempt) {
      each.reason = with_names(plan, each.reason);
    }
  }
}

}  // namespace

result<ceremony_state> ceremony_of(const bulletin& from) {
  auto out = from.ceremony() != nullptr ? *from.ceremony() : read_ceremony(from);
  if (!out) {
    return tl::unexpected(with_names(from.plan(), std::move(out.error())));
  }
  const auto aside = from.left_aside();
  out->ignored.insert(out->ignored.begin(), aside.begin(), aside.end());
  out->ignored = one_a_file(std::move(out->ignored));
  name_everybody(from.plan(), *out);
  return out;
}

}  // namespace sandoq::tool
