#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq::testing {

/// Adds up every equation term by term, with none of the shortcuts of the real sinks, and says of
/// each whether it holds.
template <prime_order_group G>
class recording_sink final : public equation_sink<G> {
 public:
  using typename equation_sink<G>::scalar;
  using typename equation_sink<G>::element;

  explicit recording_sink(const shared_bases<G>& bases) : bases_(bases) {}

  [[nodiscard]] const shared_bases<G>& bases() const noexcept override { return bases_; }
  void begin_equation() override { sums_.push_back(G::identity()); }
  void add(const scalar& s, const element& E) override { sums_.back() += G::mul_vartime(s, E); }
  void add(const element& E) override { sums_.back() += E; }
  void subtract(const element& E) override { sums_.back() -= E; }
  void add(std::span<const scalar> scalars, std::span<const element> elements) override {
    for (std::size_t i = 0; i < scalars.size(); ++i) {
      add(scalars[i], elements[i]);
    }
  }
  void add_base(base_index base, const scalar& s) override {
    add(s, bases_.elements()[base.value()]);
  }
  void add_bases(base_index first, std::span<const scalar> scalars) override {
    for (std::size_t i = 0; i < scalars.size(); ++i) {
      add(scalars[i], bases_.elements()[first.value() + i]);
    }
  }

  [[nodiscard]] std::size_t equations() const noexcept { return sums_.size(); }
  /// The numbers of the equations that do not hold.
  [[nodiscard]] std::vector<std::size_t> failures() const {
    std::vector<std::size_t> out;
    for (std::size_t k = 0; k < sums_.size(); ++k) {
      if (!G::is_identity(sums_[k])) {
        out.push_back(k);
      }
    }
    return out;
  }

 private:
  const shared_bases<G>& bases_;
  std::vector<element> sums_;
};

}  // namespace sandoq::testing
