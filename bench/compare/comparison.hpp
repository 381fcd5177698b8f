#pragma once

// Two programs for the same work, measured in turn in one process, so that whatever slows a shared
// machine slows both. What counts is the ratio of the smallest times.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandoq::compare {

/// Work on `items` items. It is measured by the processor time of its thread.
struct side {
  std::size_t items;
  std::function<void()> run;
};

/// What ours should reach against the baseline, by kernel.
struct goals {
  double avx512 = 0;  ///< for avx512-ifma, too
  double avx2 = 0;
  double portable = 0;
};

/// One comparison on one kernel.
struct row {
  std::string name;
  std::string kernel;
  double ours_ns;  ///< an item
  std::string baseline;
  std::optional<double> baseline_ns;  ///< an item; nothing if the baseline is not here
  double goal;
  [[nodiscard]] std::optional<double> ratio() const {
    return baseline_ns ? std::optional(*baseline_ns / ours_ns) : std::nullopt;
  }
};

/// One thing to compare. make_ours is called with the kernel already chosen; what it prepares is
/// not measured.
struct comparison {
  std::string name;      ///< as in compare.json
  std::string what;      ///< of what one item is
  std::string baseline;  ///< what theirs is
  goals goal;
  std::function<side()> make_ours;
  std::function<side()> make_theirs;  ///< nothing if the baseline is not here
};

/// Measures on every kernel of this machine whose name contains `kernel`.
[[nodiscard]] std::vector<row> measure(const comparison& what, std::string_view kernel);

/// What several are compared with: a scalar multiplication by libsodium, from bytes to bytes.
[[nodiscard]] side multiply_by_libsodium();

/// The comparisons of one file each.
[[nodiscard]] std::vector<comparison> group_comparisons();
[[nodiscard]] std::vector<comparison> ballot_comparisons();
[[nodiscard]] std::vector<comparison> trustee_comparisons();
#ifdef SANDOQ_INTEGER_GROUPS
struct gmp_library;
/// \param tuned  a GMP built for this CPU, or nullptr; it outlives what is returned
[[nodiscard]] std::vector<comparison> integer_comparisons(const gmp_library* tuned);
#endif

}  // namespace sandoq::compare
