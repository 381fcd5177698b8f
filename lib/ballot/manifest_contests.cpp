#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "lib/ballot/manifest_words.hpp"
#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/proofs/bit_vector_shape.hpp"
#include "sandoq/proofs/packed_shape.hpp"
#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq {
namespace {

using detail::counted;
using detail::ids_seen;
using detail::place_of;
using detail::repeated_id;

constexpr std::uint32_t most_ranked_options = 128;
constexpr std::size_t widest_ballot = 16;

/// What all contests may have together, so that a manifest cannot ask for memory without bound.
struct allowance {
  std::uint64_t sums = 0;
  std::uint64_t packed = 0;
};

// Results call a list by its id behind that prefix.                                  SPEC(50.5)
bool is_name_of_list(std::string_view id, const ids_seen& lists) {
  constexpr std::string_view prefix = "list:";
  return id.substr(0, prefix.size()) == prefix && lists.count(id.substr(prefix.size())) > 0;
}

result<void> check_options(const contest_entry& contest) {
  ids_seen lists;
  ids_seen ids;
  for (const party_list& list : contest.lists) {
    lists.insert(list.id);
  }
  for (std::size_t i = 0; i < contest.options.size(); ++i) {
    const std::string& id = contest.options[i].id;
    if (is_name_of_list(id, lists)) {
      return fail(errc::duplicate, place_of("option", i, id),
                  "results call a list of this contest by that name; choose another");
    }
    if (id == "blank" || id == "invalid") {
      return fail(errc::out_of_range, place_of("option", i, id),
                  "the ids \"blank\" and \"invalid\" are kept for votes that choose nobody; choose "
                  "another");
    }
    if (!ids.insert(id).second) {
      return repeated_id(place_of("option", i, id), "option");
    }
  }
  return {};
}

result<void> check_attributes(const manifest& m, const contest_entry& contest) {
  if (!contest.attributes.empty() && !m.authority) {
    return fail(errc::missing, "",
                "attributes break ties only if an authority signs them; name one in the manifest");
  }
  ids_seen ids;
  for (std::size_t i = 0; i < contest.attributes.size(); ++i) {
    const std::string& id = contest.attributes[i].id;
    if (!ids.insert(id).second) {
      return repeated_id(place_of("attribute", i, id), "attribute");
    }
  }
  return {};
}

bool needs_lists(const contest_entry& contest) {
  return contest.law && (contest.law->ballot.form == ballot_rule::list_form::closed ||
                         code_numbers_of(contest).lists != code_numbers::list_place::none);
}

// Limits of the encoding, by the shape that its proof needs.                           SPEC(50.5)
result<void> check_encoding(const contest_entry& contest) {
  if (needs_lists(contest) && contest.lists.empty()) {
    return fail(errc::missing, "lists", "the rule has votes for lists, and there is no list");
  }
  const choice_limits limits = limits_of(contest);
  switch (contest.encoding) {
    case contest_encoding::bit_vector:
      return bit_vector_shape::derive(limits).map([](const auto&) {});
    case contest_encoding::slots:
      return slots_shape::derive(limits).map([](const auto&) {});
    case contest_encoding::packed_subset:
    case contest_encoding::packed_ranking:
      break;
    default:
      return fail(errc::unsupported, "encoding",
                  "the encoding must be 1 (bit vector), 2 (slots), 3 (packed subset) or 4 (packed "
                  "ranking)");
  }
  const bool ranking = contest.encoding == contest_encoding::packed_ranking;
  if (ranking && limits.options > most_ranked_options) {
    return fail(errc::out_of_range, "options",
                "a ranking has at most 128 options, not " + std::to_string(limits.options));
  }
  const auto shape = packed_shape::derive(
      limits, ranking ? packed_order::ranking : packed_order::subset, contest.text_bytes);
  if (!shape) {
    return tl::unexpected<error>(shape.error());
  }
  if (shape->width() > widest_ballot) {
    return fail(errc::too_large, "options",
                "a packed ballot would have " + counted(shape->width(), "ciphertexts, at most 16") +
                    " are allowed; take slots, or less room for write-ins");
  }
  return {};
}

// Every party may keep a seat too many.
std::uint64_t most_elected(const contest_entry& contest) {
  const auto* part = contest.law ? std::get_if<proportional_rule>(&contest.law->method) : nullptr;
  if (part == nullptr || part->repair != proportional_rule::repair_code::keep) {
    return contest.seats;
  }
  const bool own = part->independents == proportional_rule::independents_code::own;
  return contest.seats + contest.lists.size() + (own ? contest.options.size() : 1);
}

result<void> check_seats(const contest_entry& contest) {
  const std::size_t n = contest.options.size();
  const bool by_law = contest.rule == seat_rule::by_law;
  const std::size_t most = by_law ? std::min<std::size_t>(n, rule::max_seats) : n;
  if (contest.seats < 1 || contest.seats > most) {
    return fail(errc::out_of_range, "",
                "seats is " + std::to_string(contest.seats) + ", it must be 1 to " +
                    counted(most, most == n ? "(the number of options)" : "(the most there are)"));
  }
  if (by_law && most_elected(contest) > rule::max_seats) {
    return fail(errc::out_of_range, "seats",
                "a rule that keeps seats too many may elect " +
                    std::to_string(most_elected(contest)) + ", and 1,024 is the most there are");
  }
  if (by_law ? contest.alternates > n : std::uint64_t{contest.seats} + contest.alternates > n) {
    return fail(errc::out_of_range, "",
                (by_law ? "alternates must be at most "
                        : "seats and alternates together must be at most ") +
                    counted(n, "(the number of options)"));
  }
  return {};
}

result<void> check_allowance(const contest_entry& contest, allowance& all) {
  all.sums += sum_ciphertexts(contest);
  if (all.sums > manifest::max_ciphertexts) {
    return fail(errc::too_large, "",
                "the contests up to this one have " +
                    counted(all.sums, "ciphertexts together, at most 32768 are allowed"));
  }
  if (contest.encoding == contest_encoding::packed_subset) {
    const choice_limits limits = limits_of(contest);
    all.packed += std::uint64_t{limits.options} * limits.max_choices;
  }
  if (all.packed > manifest::max_packed_choices) {
    return fail(errc::too_large, "",
                "the packed subsets up to this one have " +
                    counted(all.packed, "options times choices, at most 1048576 are allowed"));
  }
  return {};
}

result<void> check_contest(const manifest& m, const contest_entry& contest, allowance& all) {
  if (contest.scope.value() >= m.nodes.size()) {
    return fail(errc::out_of_range, "", "its scope is no node of the tree");
  }
  if (auto ok = check_allowance(contest, all); !ok) {
    return ok;
  }
  for (const auto check :
       {check_options, check_encoding, detail::check_contest_rule, check_seats}) {
    if (auto ok = check(contest); !ok) {
      return ok;
    }
  }
  return check_attributes(m, contest);
}

}  // namespace

result<void> detail::check_contests(const manifest& m) {
  ids_seen ids;
  allowance all;
  for (std::size_t i = 0; i < m.contests.size(); ++i) {
    const std::string place = place_of("contest", i, m.contests[i].id);
    if (!ids.insert(m.contests[i].id).second) {
      return repeated_id(place, "contest");
    }
    if (auto ok = check_contest(m, m.contests[i], all); !ok) {
      return fail_within(place, std::move(ok.error()));
    }
  }
  return {};
}

}  // namespace sandoq
