// A transcript holds public data: a secret must be released first, with a reason.

#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/transcript/transcript.hpp"

using group = sandoq::ristretto255;

void absorb(sandoq::transcript& tr, const sandoq::secret<group::element>& T) {
#ifdef SANDOQ_MISUSE
  tr.absorb_element<group>("T", T);
#else
  tr.absorb_element<group>("T", sandoq::declassify<"an image of a uniform nonce">(T));
#endif
}
