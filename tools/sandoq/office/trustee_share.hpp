#pragma once

#include "ceremony_state.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "trustee_rounds.hpp"

namespace sandoq::tool {

/// The trustee's share of the election's key, which it holds once everybody has confirmed: from
/// share.key, or from the attempt, whose file is destroyed when share.key is there. \return
/// mismatch for a share of another key, and if this trustee has revealed in a later attempt;
/// nothing is destroyed then. SPEC(85.7)
[[nodiscard]] result<holder_memory> share_of(const trustee_at_work& work,
                                             const ceremony_state& state);

}  // namespace sandoq::tool
