#include "choice_count.hpp"

#include <fmt/core.h>

#include <boost/multiprecision/cpp_int.hpp>

#include "progress.hpp"

namespace sandoq::tool {
namespace {

using integer = boost::multiprecision::cpp_int;

/// Above this the number is one of many digits.
constexpr std::uint32_t readable_bits = 50;

}  // namespace

choice_count count_choices(const contest_entry& contest) {
  const bool ordered = contest.encoding == contest_encoding::packed_ranking;
  const auto n = static_cast<std::uint32_t>(contest.options.size());
  integer all = contest.blank == blank_option::counted ? 1 : 0;
  integer of_size = 1;  // choices of s options: n!/(n-s)!, by s! fewer if order does not matter
  for (std::uint32_t s = 0; s <= contest.max_choices && s <= n; ++s) {
    if (s >= contest.min_choices) {
      all += of_size;
    }
    of_size *= n - s;
    if (!ordered) {
      of_size /= s + 1;
    }
  }
  return {all.str(), all == 0 ? 0 : static_cast<std::uint32_t>(msb(all))};
}

std::string words_of(const choice_count& count) {
  return count.log2 < readable_bits ? with_separators(std::stoull(count.exact))
                                    : fmt::format("about 2^{}", count.log2);
}

}  // namespace sandoq::tool
