#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::detail {

/// Those of a list that were met.
using ids_seen = std::unordered_set<std::string_view>;

/// `contest 2 "mayor"`
std::string place_of(std::string_view what, std::size_t number, std::string_view id);
/// `3 branches`
std::string counted(std::uint64_t n, std::string_view what);
/// What to say of an id that was met before.
tl::unexpected<error> repeated_id(std::string place, std::string_view what);

/// Whether a contest's rule, encoding and limits go together (50.5).
result<void> check_contest_rule(const contest_entry& contest);

/// 50.5, for all contests.
result<void> check_contests(const manifest& m);

}  // namespace sandoq::detail
