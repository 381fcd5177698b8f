#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/choice.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/secret_ops.hpp"

namespace sandoq::detail {

/// Adds what is known of a disjunction over values to a witness: which one it is, and r in that
/// branch, 0 in the others. Reads the whole list whatever the value is. For a value that is not in
/// it no branch is true.
template <proving_group G>
void know_value(std::vector<secret<std::uint32_t>>& branches,
                std::vector<secret_scalar<G>>& scalars, std::span<const std::uint64_t> values,
                const secret<std::uint64_t>& value, const secret_scalar<G>& r) {
  const secret_scalar<G> zero;
  const std::uint64_t m = expose_for_secret_ops(value);
  branches.push_back(secret<std::uint32_t>::made_by([&]() noexcept {
    std::uint64_t index = values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
      index = select(choice::equal(m, values[i]), i, index);
    }
    return static_cast<std::uint32_t>(index);
  }));
  for (const std::uint64_t v : values) {
    scalars.push_back(secret_ops<G>::select(choice::equal(m, v), r, zero));
  }
}

}  // namespace sandoq::detail
