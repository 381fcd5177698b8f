#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/proofs/signature.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/result.hpp"

namespace sandoq {

/// How ties of results are broken: by what the authority says of the options, then by lot. All
/// decoders check structure only. SPEC(75.4) SPEC(75.6)

/// The tied options' values in the contest's attributes, signed by the authority.
struct tie_attributes {
  /// One option's values.
  struct entry {
    option_index option;
    std::vector<std::uint32_t> values;  ///< one an attribute of the contest; the higher goes first
    friend bool operator==(const entry&, const entry&) = default;
  };
  contest_index contest;
  std::vector<entry> options;  ///< those of the ties of result or allocation, ascending
  wire_signature signature;

  [[nodiscard]] static result<tie_attributes> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  /// H("attributes"; bytes before the signature)
  [[nodiscard]] digest32 signed_digest() const;
  friend bool operator==(const tie_attributes&, const tie_attributes&) = default;
};

/// The final order of the options of one tie: the first `seats` are elected, the next `alternates`
/// are alternates.
struct tie_resolution {
  contest_index contest;
  std::uint32_t tie = 0;  ///< place in its result
  std::vector<option_index> options;

  [[nodiscard]] static result<tie_resolution> decode(byte_view in);
  [[nodiscard]] bytes encode() const;
  friend bool operator==(const tie_resolution&, const tie_resolution&) = default;
};

/// A tie and where it stands.
struct contest_tie {
  contest_index contest;
  std::uint32_t index = 0;  ///< in its result
  seat_tie tie;
};

/// The ties of a result, in order.
[[nodiscard]] std::vector<contest_tie> ties_of(const contest_result& result);

/// The options of a tie, best first by attributes; options that these do not tell apart share a lot
/// group, in which they ascend. Without attributes all share one.
using lot_groups = std::vector<std::vector<option_index>>;
/// \param attributes  of the tie's contest, with an entry for every tied option; or nullptr
[[nodiscard]] lot_groups order_by_attributes(const seat_tie& tie, const tie_attributes* attributes);

/// True iff some tie has a lot group of two options or more. \pre as for order_by_attributes
[[nodiscard]] bool needs_lot(std::span<const contest_tie> ties,
                             std::span<const tie_attributes> attributes);

/// Every tie in its final order: lot groups one after another, each ascending by ticket.
/// \param seed  of the lot; needed iff needs_lot()                                     SPEC(75.6)
[[nodiscard]] std::vector<tie_resolution> resolve_ties(std::span<const contest_tie> ties,
                                                       std::span<const tie_attributes> attributes,
                                                       const std::optional<digest32>& seed);

/// 75.4 for a contest with ties of its result, the signature aside: exactly the options of these,
/// ascending, with one value for each attribute.
verification check_attributes(const contest_entry& contest, std::span<const contest_tie> ties,
                              const tie_attributes& attributes);
/// The same for given options. \param tied  ascending
verification check_attributes(const contest_entry& contest, std::span<const option_index> tied,
                              const tie_attributes& attributes);

/// What the record of an election holds after its results; what settles allocations as well.
struct tie_items {
  std::vector<tie_attributes> attributes;
  std::vector<lot_reveal> reveals;
  std::optional<lot_beacon> beacon;
  std::vector<tie_resolution> resolutions;

  [[nodiscard]] bool empty() const noexcept {
    return attributes.empty() && reveals.empty() && !beacon && resolutions.empty();
  }
};

}  // namespace sandoq
