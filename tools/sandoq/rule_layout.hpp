#pragma once

#include <array>
#include <string_view>
#include <type_traits>

#include "sandoq/ballot/rule.hpp"

/// The JSON form of a rule (spec 76.4): its members in order, with the names of their codes.
/// Reading and writing both walk over it, so that they cannot differ.
namespace sandoq::tool::rule_layout {

template <class T, class Rule>
concept like = std::is_same_v<std::remove_const_t<T>, Rule>;

/// By the code; where 0 is no code its name is empty.
using names4 = std::array<std::string_view, 4>;
using names5 = std::array<std::string_view, 5>;
inline constexpr names4 overvote{"", "reject", "truncate", "void"};
inline constexpr names4 list_code{"", "none", "members", "separate"};
inline constexpr names4 form{"", "closed", "open", "free"};
inline constexpr names5 threshold_base{"", "valid-ballots", "all-ballots", "votes",
                                       "votes-per-seat"};
inline constexpr std::array<std::string_view, 3> threshold_applies{"", "all", "lists"};
inline constexpr std::array<std::string_view, 3> party_base{"", "member-votes", "list-ballots"};
inline constexpr std::array<std::string_view, 9> party_method{
    "",          "hare",    "droop",        "hagenbach-bischoff",
    "imperiali", "d-hondt", "sainte-lague", "sainte-lague-1.4",
    "custom"};
inline constexpr names4 rounding{"", "floor", "half-up", "half-even"};
inline constexpr names4 remainder{"", "largest-remainder", "highest-share", "highest-average"};
inline constexpr names4 repair{"", "smallest-claim", "smallest-share", "keep"};
inline constexpr std::array<std::string_view, 3> quota_votes{"", "all", "passing"};
inline constexpr names4 independents{"", "pooled", "own", "excluded"};
inline constexpr names5 overflow{"", "all", "lists", "independents", "nobody"};
inline constexpr names4 order{"", "votes", "fixed", "quota-jump"};
inline constexpr std::array<std::string_view, 3> jump_base{"", "votes-per-seat", "party-votes"};
inline constexpr std::array<std::string_view, 3> alternates{"none", "number", "share"};
inline constexpr names5 alternates_rounding{"", "floor", "half-up", "half-even", "ceiling"};
inline constexpr names4 vacancy{"", "same-party", "same-party-then-votes", "votes"};
inline constexpr std::array<std::string_view, 3> list_tie{"", "lot", "votes-then-lot"};
inline constexpr names5 ranking_method{"", "irv", "stv", "schulze", "borda"};
inline constexpr std::array<std::string_view, 3> ranking_quota{"", "hare", "droop"};
inline constexpr names4 ranking_overvote{"", "equal", "skip", "end"};
inline constexpr std::array<std::string_view, 3> skipped{"", "close-up", "end"};
inline constexpr std::array<std::string_view, 3> strength{"", "winning-votes", "margins"};
inline constexpr names4 points{"", "averaged", "ranked-only", "from-the-top"};

/// By the alternative of rule::method.
inline constexpr std::array<std::string_view, 3> methods{"plurality", "proportional", "ranking"};

// Each calls number, flag, code, fraction, fractions and threshold of `each` with the member's name
// and the field, constant or not as the rule is.

template <class Each>
void members(Each& each, like<ballot_rule> auto& r) {
  each.number("min", r.min_votes);
  each.number("max", r.max_votes);
  each.number("each", r.max_each);
  each.code("overvote", r.overvote, overvote);
  each.code("list_code", r.code, list_code);
  each.code("form", r.form, form);
  each.flag("exclusive", r.exclusive);
  each.flag("strike", r.strike);
}

template <class Each>
void members(Each& each, like<threshold_rule> auto& r) {
  each.fraction("share", r.share);
  each.code("base", r.base, threshold_base);
  each.flag("strict", r.strict);
  each.code("applies", r.applies, threshold_applies);
}

template <class Each>
void members(Each& each, like<plurality_rule> auto& r) {
  each.threshold("threshold", r.threshold);
  each.number("runoff", r.runoff);
}

template <class Each>
void members(Each& each, like<proportional_rule> auto& r) {
  each.code("base", r.base, party_base);
  each.code("method", r.method, party_method);
  each.fractions("divisors", r.divisors);
  each.code("rounding", r.rounding, rounding);
  each.code("remainder", r.remainder, remainder);
  each.flag("one_extra", r.one_extra);
  each.code("repair", r.repair, repair);
  each.threshold("threshold", r.threshold);
  each.code("quota_votes", r.quota_votes, quota_votes);
  each.code("independents", r.independents, independents);
  each.code("list_overflow", r.list_overflow, overflow);
  each.code("pool_overflow", r.pool_overflow, overflow);
  each.code("order", r.order, order);
  each.fraction("jump", r.jump);
  each.code("jump_base", r.jump_base, jump_base);
  each.code("alternates", r.alternates, alternates);
  each.fraction("alternates_share", r.alternates_share);
  each.code("alternates_rounding", r.alternates_rounding, alternates_rounding);
  each.code("vacancy", r.vacancy, vacancy);
  each.code("list_tie", r.list_tie, list_tie);
}

template <class Each>
void members(Each& each, like<ranking_rule> auto& r) {
  each.code("method", r.method, ranking_method);
  each.code("quota", r.quota, ranking_quota);
  each.code("overvote", r.overvote, ranking_overvote);
  each.code("skipped", r.skipped, skipped);
  each.flag("batch", r.batch);
  each.code("strength", r.strength, strength);
  each.code("points", r.points, points);
}

}  // namespace sandoq::tool::rule_layout
