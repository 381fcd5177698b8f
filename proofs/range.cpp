#include "sandoq/proofs/range.hpp"

#include <algorithm>

#include "proofs/range.core.hpp"

namespace sandoq {

std::vector<std::uint64_t> range_weights(std::uint64_t length) {
  std::vector<std::uint64_t> out;
  for (std::uint64_t left = length; left > 0; left -= out.back()) {
    out.push_back(std::min(std::uint64_t{1} << out.size(), left));
  }
  return out;
}

template std::size_t range_proof_size<ristretto255>(std::uint64_t);
template verification emit(equation_sink<ristretto255>&, const range_statement<ristretto255>&,
                           byte_view, transcript&);
template verification verify(const range_statement<ristretto255>&, byte_view, transcript&);

}  // namespace sandoq
