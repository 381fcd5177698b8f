#pragma once

#include "ceremony_state.hpp"
#include "exchange_items.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq::tool {

/// An absence of an attempt that has begun: it is agreed on, or too late.              SPEC(85.7)
[[nodiscard]] bool is_past(const ceremony_state& ceremony, const statement& what);

/// Requests go another way, and a board's lot is its own affair.             SPEC(55.7) SPEC(75.5)
[[nodiscard]] bool is_for_others(const statement& what, const trustee_seat& seat);

/// Whether it is for a person to judge, so that an answer for all does not cover it.   SPEC(85.3)
[[nodiscard]] bool is_judgement(item_kind of) noexcept;

/// Of two that are signed for one place, others could take the one they like better: a trustee
/// signs one, whatever else is stated later.                                           SPEC(85.3)
[[nodiscard]] bool is_signed_once(item_kind of) noexcept;

}  // namespace sandoq::tool
