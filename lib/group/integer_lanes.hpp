#pragma once

#include <cstddef>
#include <vector>

#include "lib/group/integer_arithmetic.hpp"
#include "lib/kernels/aligned_words.hpp"
#include "lib/kernels/montgomery_table.hpp"

namespace sandoq::integers {

/// Residues modulo an odd m in batches of a kernel's lanes, in Montgomery form: the words of x are
/// those of x*R mod m. A batch has batch_words(), a row of one residue row_words() words, at
/// addresses of aligned_words.
/// \pre m has whole blocks of 8 limbs, at most 64, and its highest bit is 1
class lane_ring {
 public:
  lane_ring(const kernels::montgomery_table& kernel, limb_view m);

  [[nodiscard]] const kernels::montgomery_table& kernel() const noexcept { return kernel_; }
  [[nodiscard]] std::size_t lanes() const noexcept { return kernel_.lanes; }
  [[nodiscard]] std::size_t batch_words() const noexcept;
  [[nodiscard]] std::size_t row_words() const noexcept;
  [[nodiscard]] limb_view modulus() const noexcept { return m_; }
  [[nodiscard]] limb_view r() const noexcept { return r_; }  ///< R mod m, as a number

  [[nodiscard]] const limb* one() const noexcept { return one_.data(); }          ///< a batch
  [[nodiscard]] const limb* one_row() const noexcept { return one_row_.data(); }  ///< a row

  /// n numbers below m, n <= lanes(), one after another; lanes beyond hold 0.
  void enter(limb* batch, const limb* in, std::size_t n) const noexcept;
  void leave(limb* out, const limb* batch, std::size_t n) const noexcept;
  /// The same without the factor R: the lanes hold x/R.
  void load(limb* batch, const limb* in, std::size_t n) const noexcept;
  void store(limb* out, const limb* batch, std::size_t n) const noexcept;

  void multiply(limb* out, const limb* a, const limb* b) const noexcept {
    kernel_.multiply(out, a, b, prepared_);
  }
  void square(limb* out, const limb* a) const noexcept { kernel_.square(out, a, prepared_); }
  void gather(limb* batch, const limb* const* rows) const noexcept {
    kernel_.gather(batch, rows, prepared_);
  }
  void scatter(limb* const* rows, const limb* batch) const noexcept {
    kernel_.scatter(rows, batch, prepared_);
  }
  /// Lane by lane from batch which[lane] of a table of batches, all of which are read.
  void choose(limb* batch, const limb* table, std::size_t batches,
              const limb* which) const noexcept {
    kernel_.choose(batch, table, static_cast<unsigned>(batches), which, prepared_);
  }
  /// Jacobi symbols of n numbers, n <= lanes(), 0 where undecided.
  void jacobi(signed char* symbols, const limb* in, std::size_t n) const noexcept {
    kernel_.jacobi(symbols, in, static_cast<unsigned>(n), prepared_);
  }
  /// The product of all lanes as a number.
  void leave_product(limb_span out, const limb* batch) const;

 private:
  const kernels::montgomery_table& kernel_;
  limb_view m_;
  kernels::montgomery_modulus prepared_;
  std::vector<limb> r_;
  kernels::aligned_words one_;
  kernels::aligned_words one_row_;
  kernels::aligned_words square_r_;  // makes x*R of x
  kernels::aligned_words unit_;      // makes x of x*R
};

/// Rows that a batch is gathered from, one for each lane.
class lane_rows {
 public:
  /// All lanes at one row.
  explicit lane_rows(const limb* row) noexcept {
    for (const limb*& r : rows_) {
      r = row;
    }
  }
  const limb*& operator[](std::size_t lane) noexcept { return rows_[lane]; }
  [[nodiscard]] const limb* const* data() const noexcept { return rows_; }

 private:
  const limb* rows_[kernels::montgomery_most_lanes];
};

}  // namespace sandoq::integers
