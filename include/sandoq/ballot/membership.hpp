#pragma once

#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq {

/// Every element decodes and every scalar is below q, in keys, proofs and signatures; identities
/// are not judged. The error's place names the value. These are the elements of a journal and a
/// manifest outside the contest ballots. SPEC(10.3)
[[nodiscard]] result<void> check_elements(const manifest& source);
/// The same of an opening.
[[nodiscard]] result<void> check_elements(const opening_item& opening);
/// The same of a close.
[[nodiscard]] result<void> check_elements(const close_item& close);
/// The same of a recovery.
[[nodiscard]] result<void> check_elements(const recovery_item& recovery);
/// The same of an exclusion.
[[nodiscard]] result<void> check_elements(const exclusion_item& exclusion);
/// The same of an eligibility log.
[[nodiscard]] result<void> check_elements(const eligibility_item& log);

}  // namespace sandoq
