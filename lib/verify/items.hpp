#pragma once

#include "lib/verify/element_check.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

/// Decodes the structure of an item of any kind but head and ballot, hands its elements and scalars
/// on, and keeps it in `v` if it is one of the small ones.
/// \param elements  nullptr if they are of no interest any more
/// \pre is_item_kind(item.kind)
[[nodiscard]] result<void> take_item(verify_state& v, const segment_item& item,
                                     element_check* elements);

/// Decodes the structure of an item, no ballot, that is kept as evidence of an exclusion; nothing
/// else of it is looked at. \pre item_order has let it stand there SPEC(52.10)
[[nodiscard]] result<void> check_evidence_structure(const segment_item& item);

/// The elements and scalars of a quorum.
void take_elements(element_check& into, const quorum& signatures);

}  // namespace sandoq
