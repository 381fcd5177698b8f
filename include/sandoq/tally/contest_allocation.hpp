#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/rules/allocate.hpp"
#include "sandoq/rules/allocation_step.hpp"
#include "sandoq/tally/ties.hpp"

namespace sandoq {

/// Who is elected in a contest of rule 2, step by step. Decoding checks structure only. SPEC(75.7)
struct contest_allocation {
  static constexpr std::size_t max_transcript_bytes = std::size_t{8} << 20;
  contest_index contest;
  std::vector<option_index> elected;
  std::vector<option_index> alternates;
  std::vector<option_index> runoff;
  allocation_transcript transcript;

  [[nodiscard]] static result<contest_allocation> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const contest_allocation&, const contest_allocation&) = default;
};

/// A contest of rule 2 and what was counted in it.
struct ruled_contest {
  contest_index contest;
  counted_contest counted;
};

/// Seats by the contest's rule, lists and places.                                      SPEC(75.7)
/// \param attributes  of the contest, values of some of its options, the others having 0; or
///                    nullptr: nothing is decided by them
/// \param seed        of the lot, if it was drawn
/// \return errors of sandoq::allocate(); out_of_range for attributes of an option that there is
/// none of, mismatch for another number of values than the contest has attributes.
/// \pre the contest is of rule 2
[[nodiscard]] result<allocation> allocate(const contest_entry& contest, const ruled_contest& asked,
                                          const tie_attributes* attributes,
                                          const std::optional<digest32>& seed);

/// The options of the ties between options in an allocation, ascending, each once.     SPEC(75.4)
[[nodiscard]] std::vector<option_index> tied_options(const allocation& seats);

/// The item of an allocation. \return too_large if the transcript has more than 8 MiB or breaks the
/// bounds of 76.6, or more are elected than an item can name.                          SPEC(75.7)
[[nodiscard]] result<contest_allocation> make_allocation(contest_index contest,
                                                         const allocation& seats);

/// Whether that is what was computed, every field and step.                            SPEC(75.7)
verification check_allocation(const contest_allocation& computed,
                              const contest_allocation& published);

}  // namespace sandoq
