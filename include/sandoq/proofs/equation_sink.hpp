#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sandoq/core/ids.hpp"
#include "sandoq/group/concept.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/transcript/weights.hpp"

namespace sandoq {

/// The place of an element in a shared_bases table.
using base_index = strong_id<struct base_index_tag, std::uint32_t>;
inline constexpr base_index generator_base{0};
/// Says that an element is in no table.
inline constexpr base_index not_shared{0xFFFFFFFFU};

/// Elements that many equations use: G (always index 0), K, H, G_i, signing keys. A collecting sink
/// adds up the scalars of each of them, so a whole batch pays for it once.
template <prime_order_group G>
class shared_bases {
 public:
  shared_bases() : elements_{G::generator()} {}
  /// Adds an element and returns its place.
  base_index add(const element_of<G>& e) {
    elements_.push_back(e);
    return base_index(static_cast<std::uint32_t>(elements_.size() - 1));
  }
  /// Adds them in order and returns the index of the first; the others follow.
  base_index add(std::span<const element_of<G>> es) {
    const base_index first(static_cast<std::uint32_t>(elements_.size()));
    elements_.insert(elements_.end(), es.begin(), es.end());
    return first;
  }
  [[nodiscard]] std::size_t size() const noexcept { return elements_.size(); }
  /// Whether this element stands at this place.
  [[nodiscard]] bool has(base_index base, const element_of<G>& e) const noexcept {
    return base.value() < elements_.size() && elements_[base.value()] == e;
  }
  [[nodiscard]] std::span<const element_of<G>> elements() const noexcept { return elements_; }

 private:
  std::vector<element_of<G>> elements_;
};

/// Takes the equations  sum of s_i * E_i = 0  that a verification consists of. What is emitted is
/// the same whether it is checked at once or together with thousands of others; so single and
/// batched verification have one definition. Call begin_equation(), then add its terms; the next
/// begin_equation() or the sink's closing ends it.                                    SPEC(40.9)
template <prime_order_group G>
class equation_sink {
 public:
  /// Integers mod q.
  using scalar = scalar_of<G>;
  /// Elements of the group.
  using element = element_of<G>;
  virtual ~equation_sink() = default;

  /// The table that base_index counts in: whoever names a shared base makes sure that this table
  /// holds the element it has absorbed there.
  [[nodiscard]] virtual const shared_bases<G>& bases() const noexcept = 0;
  /// Ends the equation before and begins the next.
  virtual void begin_equation() = 0;
  /// + s*E
  virtual void add(const scalar& s, const element& E) = 0;
  /// + E and - E: cheaper than add with 1 and -1.
  virtual void add(const element& E) = 0;
  /// - E
  virtual void subtract(const element& E) = 0;
  /// + sum of scalars[i]*elements[i]. \pre equal sizes
  virtual void add(std::span<const scalar> scalars, std::span<const element> elements) = 0;
  /// + s*(shared base). \pre the sink's table has it
  virtual void add_base(base_index base, const scalar& s) = 0;
  /// + sum of scalars[i]*(shared base first+i). \pre the sink's table has them
  virtual void add_bases(base_index first, std::span<const scalar> scalars) = 0;

 protected:
  equation_sink() = default;
  equation_sink(const equation_sink&) = default;
  equation_sink(equation_sink&&) noexcept = default;
  equation_sink& operator=(const equation_sink&) = default;
  equation_sink& operator=(equation_sink&&) noexcept = default;
};

/// Checks each equation by itself, without weights.
template <prime_order_group G>
class checking_sink final : public equation_sink<G> {
 public:
  using typename equation_sink<G>::scalar;
  using typename equation_sink<G>::element;

  /// Knows the generator only.
  checking_sink();
  /// \pre bases outlives the sink
  explicit checking_sink(const shared_bases<G>& bases);

  [[nodiscard]] const shared_bases<G>& bases() const noexcept override { return *bases_; }
  void begin_equation() override;
  void add(const scalar& s, const element& E) override;
  void add(const element& E) override;
  void subtract(const element& E) override;
  void add(std::span<const scalar> scalars, std::span<const element> elements) override;
  void add_base(base_index base, const scalar& s) override;
  void add_bases(base_index first, std::span<const scalar> scalars) override;

  /// Ends the last equation. True iff every equation held.
  [[nodiscard]] bool holds();
  /// The number (from 0) of the first equation that did not hold. \pre holds() was called last
  [[nodiscard]] std::optional<std::size_t> first_failure() const noexcept { return first_failure_; }

 private:
  void end_equation();

  const shared_bases<G>* bases_;
  std::size_t equations_ = 0;
  std::optional<std::size_t> first_failure_;
  std::vector<scalar> scalars_;  // of the equation that is open
  std::vector<element> elements_;
};

/// Collects the equations of many items, each multiplied by its weight, and closes them with one
/// multi-scalar multiplication: all hold, except with probability 2^-128, iff the sum is the
/// identity. Several sinks can collect parts of one batch in parallel: their sums are added.
template <prime_order_group G>
class collecting_sink final : public equation_sink<G> {
 public:
  using typename equation_sink<G>::scalar;
  using typename equation_sink<G>::element;

  /// \param batch  drawn after the complete bytes of all items (batch_weights of batch.hpp)
  /// \pre bases outlives the sink
  collecting_sink(const shared_bases<G>& bases, const weights& batch);

  /// Room for so many terms with elements of their own.
  void reserve(std::size_t own_terms);
  /// The equations that follow are those of item j of the batch, counted from 1; its k-th equation
  /// gets weight_{j,k}.
  void begin_item(std::uint32_t j) noexcept;

  [[nodiscard]] const shared_bases<G>& bases() const noexcept override { return *bases_; }
  void begin_equation() override;
  void add(const scalar& s, const element& E) override;
  void add(const element& E) override;
  void subtract(const element& E) override;
  void add(std::span<const scalar> scalars, std::span<const element> elements) override;
  void add_base(base_index base, const scalar& s) override;
  void add_bases(base_index first, std::span<const scalar> scalars) override;

  /// The weighted sum of everything collected, by one multi-scalar multiplication.
  [[nodiscard]] element sum() const;
  /// The same without the shared bases, whose scalars are in shared_scalars(): for several sinks
  /// over one table, whose shared scalars are added up first.
  [[nodiscard]] element own_sum() const;
  [[nodiscard]] std::span<const scalar> shared_scalars() const noexcept { return shared_; }
  [[nodiscard]] std::size_t own_terms() const noexcept { return scalars_.size(); }

 private:
  const shared_bases<G>* bases_;
  weights weights_;
  std::uint32_t item_ = 0;
  std::uint32_t equation_ = 0;
  scalar weight_{};
  std::vector<scalar> shared_;
  std::vector<scalar> scalars_;
  std::vector<element> elements_;
};

extern template class checking_sink<ristretto255>;
extern template class collecting_sink<ristretto255>;

}  // namespace sandoq
