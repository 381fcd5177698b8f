// No round can be played twice: a step takes the trustee with it.

#include <utility>

#include "sandoq/threshold/ceremony_secret.hpp"

sandoq::result<sandoq::ceremony_step<sandoq::revealed_trustee, sandoq::dkg_reveal>> reveal(
    sandoq::committed_trustee& trustee, std::span<const sandoq::dkg_commit> commits,
    sandoq::executor& workers, sandoq::random_source& source) {
#ifdef SANDOQ_MISUSE
  return trustee.reveal(commits, workers, source);
#else
  return std::move(trustee).reveal(commits, workers, source);
#endif
}
