// Equations are over public values: a secret scalar cannot be emitted.

#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/equation_sink.hpp"

using group = sandoq::ristretto255;

void emit(sandoq::equation_sink<group>& sink, const sandoq::secret<group::scalar>& z,
          const group::element& E) {
  sink.begin_equation();
#ifdef SANDOQ_MISUSE
  sink.add(z, E);
#else
  sink.add(sandoq::declassify<"a response behind a uniform nonce">(z), E);
#endif
}
