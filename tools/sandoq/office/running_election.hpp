#pragma once

#include <vector>

#include "bulletin.hpp"
#include "ceremony_state.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "statements.hpp"

namespace sandoq::tool {

/// An election whose key exists.
struct running_election {
  manifest plan;  ///< by whose ids people and places are named
  std::vector<ceremony_items> attempts;
  election_key published;
  election_context context;
  election_hashes hashes;  ///< with e1
};

/// The keys that a complete ceremony comes to, without judging it: what everything later is bound
/// to. \return missing, with what the ceremony is waiting for, if it is not complete.
[[nodiscard]] result<running_election> derive_election(const bulletin& from,
                                                       const ceremony_state& state);

/// \return missing, with what the ceremony is waiting for, if it is not complete; what a check of
/// 90.2 says if it is not valid.
[[nodiscard]] result<running_election> election_of(const bulletin& from, executor& workers);
/// The same of a ceremony that was looked at already.
[[nodiscard]] result<running_election> election_of(const bulletin& from,
                                                   const ceremony_state& state, executor& workers);

}  // namespace sandoq::tool
