#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "lib/ballot/structure_reader.hpp"
#include "sandoq/ballot/party_list.hpp"
#include "sandoq/ballot/rule.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq::detail {

/// What stands where a rule is expected: `law` is one only if it has one method.       SPEC(76.1)
struct rule_fields {
  rule law;
  std::size_t methods = 0;
};

/// A rule and the lists of a contest as parts of a longer item; structure only: rule::check() and
/// check_party_lists() are for later.                                                   SPEC(76.1)
inline constexpr std::size_t shortest_rule_bytes = 4 + 17 + 3 * 4 + 7;
rule_fields read_rule_fields(structure_reader& in);
/// Refuses any number of methods but one.
rule read_rule(structure_reader& in);
void write_rule(byte_writer& out, const rule& law);

std::vector<party_list> read_party_lists(structure_reader& in);
void write_party_lists(byte_writer& out, std::span<const party_list> lists);

}  // namespace sandoq::detail
