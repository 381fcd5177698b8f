#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ceremony_messages.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/attempt.hpp"
#include "sandoq/threshold/blame.hpp"
#include "sandoq/threshold/commitments.hpp"

namespace sandoq::tool {

/// The attempts that stand in the record, as far as they failed.
struct standing_attempts {
  std::vector<ceremony_items> items;
  std::vector<attempt_context> contexts;
  std::vector<std::vector<guilty_trustee>> guilty;
};

/// An attempt whose own messages say what stands before it: its confirmations, or else its reveals,
/// hold under this reading of the earlier ones, and no message that comes late changes that.
struct ceremony_anchor {
  std::uint32_t number = 0;
  bool is_complete = false;
  standing_attempts before;
  std::vector<dkg_absence> absences;  ///< of this attempt
};

/// The reading that is complete in the highest number that is not overtaken, or else the one that
/// is revealed in the highest number. Larger parts of complaints and absences are tried first; the
/// first reading that is revealed in a number is the one of that number.
/// \param max_readings  in all. Cost: that of judging an attempt for each reading that is tried.
/// \return nothing if there is none: all follows from the beginning; too_large, with the files that
/// people have to look at, if so many readings are not enough.                        SPEC(85.7)
[[nodiscard]] result<std::optional<ceremony_anchor>> find_anchor(const ceremony_messages& messages,
                                                                 int max_readings = 1024);

}  // namespace sandoq::tool
