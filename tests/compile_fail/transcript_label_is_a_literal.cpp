// Data from outside cannot become a label of a transcript.

#include <string>

#include "sandoq/transcript/transcript.hpp"

void absorb(sandoq::transcript& tr, const std::string& contest) {
#ifdef SANDOQ_MISUSE
  tr.absorb_bytes(contest, {});
#else
  tr.absorb_bytes("contest", sandoq::bytes_of(contest));
#endif
}
