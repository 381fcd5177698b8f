#pragma once

// What the programs of large contests have in common: processor time of the calling thread, the
// multiplication of libsodium that everything is compared with, tables and JSON.

#include <cstddef>
#include <ctime>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace sandoq::bench {

/// One operation at one size.
struct measurement {
  std::string part;       ///< "shuffle", "slots" or "opening"
  std::string operation;  ///< what was done
  std::string group;
  std::string item;             ///< what the time is divided by: "ciphertext", "ballot", "pair"
  std::size_t size = 0;         ///< items in all
  double us = 0;                ///< an item
  std::size_t rows = 0;         ///< of a shuffle; 0 otherwise
  std::size_t proof_bytes = 0;  ///< of one proof; 0 where there is none
  double peak_mb = 0;           ///< of the process, up to then
};

/// How long the proof of a shuffle is, by the rows of its matrix.
struct shape_size {
  std::string group;
  std::size_t size = 0;
  std::size_t rows = 0;
  std::size_t proof_bytes = 0;
};

/// Prints a table a part, and keeps everything for the file.
class report {
 public:
  /// Measures libsodium's scalar multiplication.
  report();
  [[nodiscard]] double unit_us() const noexcept { return unit_us_; }
  /// Prints the heading of a part.
  void begin(std::string_view heading);
  void add(measurement row);
  void add_sizes(const std::vector<shape_size>& sizes);
  /// Writes all rows as JSON. \return whether that worked
  [[nodiscard]] bool write(const std::string& path) const;

 private:
  double unit_us_;
  std::vector<measurement> rows_;
  std::vector<shape_size> sizes_;
};

/// Processor time of this thread, in microseconds.
[[nodiscard]] double thread_us();
/// The most memory that the process has had since forget_peak, in megabytes.
[[nodiscard]] double peak_mb();
/// Gives back what is free, and begins to look for the most memory anew.
void forget_peak();

/// Processor time of one call, in microseconds.
template <class Work>
[[nodiscard]] double time_of(Work&& work) {
  const double begin = thread_us();
  work();
  return thread_us() - begin;
}

/// The smallest of several times.
class smallest {
 public:
  template <class Work>
  void of(Work&& work) {
    const double us = time_of(work);
    us_ = us < us_ ? us : us_;
  }
  [[nodiscard]] double us() const noexcept { return us_; }

 private:
  double us_ = std::numeric_limits<double>::max();
};

/// Shuffles of so many ciphertexts. \param rows  of the matrix; 0: what elections take
struct shuffle_plan {
  std::vector<std::size_t> sizes;
  std::vector<std::size_t> rows;
  std::vector<std::size_t> integer_sizes;  ///< over residues of 3,072 bits
  int samples = 1;
};
void measure_shuffles(report& out, const shuffle_plan& plan);

/// Ballots of slots, 21 of 5,063 options.
struct slots_plan {
  std::vector<std::size_t> batches;  ///< ballots that are verified together
  int samples = 1;
};
void measure_slots(report& out, const slots_plan& plan);

/// Opening of mixed lists of so many ciphertexts by two boards of three out of five.
struct opening_plan {
  std::vector<std::size_t> sizes;
  int samples = 1;
};
void measure_openings(report& out, const opening_plan& plan);

}  // namespace sandoq::bench
