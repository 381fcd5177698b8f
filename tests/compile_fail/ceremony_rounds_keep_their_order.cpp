// Shares are dealt after everybody has revealed, not before.

#include <utility>

#include "sandoq/threshold/ceremony_secret.hpp"

bool next(sandoq::committed_trustee trustee, std::span<const sandoq::dkg_commit> commits,
          std::span<const sandoq::dkg_reveal> reveals, sandoq::executor& workers,
          sandoq::random_source& source) {
#ifdef SANDOQ_MISUSE
  static_cast<void>(commits);
  return std::move(trustee).deal(reveals, workers, source).has_value();
#else
  auto revealed = std::move(trustee).reveal(commits, workers, source);
  return revealed && std::move(revealed->state).deal(reveals, workers, source).has_value();
#endif
}
