#pragma once

#include "lib/verify/verify_state.hpp"

namespace sandoq {

/// mix.groups: the groups that the first pass has kept, against the tree of places, and that they
/// leave no ballot out and take none twice.                        SPEC(60.1) SPEC(60.2) SPEC(90.2)
/// \pre the check is open
void verify_mix_groups(verify_state& v);

}  // namespace sandoq
