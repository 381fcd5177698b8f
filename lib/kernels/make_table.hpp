#pragma once

// The table of one kernel: every operation, over its field.

#include "lib/kernels/field25519_probe.hpp"
#include "lib/kernels/ristretto255_msm.hpp"
#include "lib/kernels/ristretto255_multiply.hpp"
#include "lib/kernels/ristretto255_sums.hpp"
#include "lib/kernels/ristretto255_wire.hpp"

namespace sandoq::kernels {
namespace {

template <class F, int Depth>
constexpr ristretto255_table make_ristretto255_table(const char* name, bool rounds) noexcept {
  using wire = ristretto255_wire<F, Depth>;
  using multiply = ristretto255_multiply<F>;
  return {name,
          F::lanes::count,
          rounds,
          F::lanes::emulated,
          make_field25519_probe<F>(),
          wire::decode,
          wire::decode_hinted,
          wire::encode,
          ristretto255_sums<F>::columns,
          ristretto255_msm<F>::run,
          multiply::points,
          multiply::sum,
          multiply::points_sum,
          multiply::pack_comb,
          multiply::base,
          multiply::pack_fixed,
          multiply::fixed_sum};
}

}  // namespace
}  // namespace sandoq::kernels
