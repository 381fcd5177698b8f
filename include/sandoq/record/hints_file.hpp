#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/head.hpp"

/// \file
/// The file beside a record that holds inverse square roots of what its ballot files hold, so that
/// a verifier need only check them. It decides nothing, and nobody need trust it.    SPEC(80.7)
namespace sandoq {

/// "DIR.hints" for the record DIR, also if that ends with a slash or is ".".
[[nodiscard]] std::filesystem::path hints_place(const std::filesystem::path& record);

/// What stands in front of the hints.
struct hints_header {
  digest32 record;                      ///< H("hints/record"; canonical bytes of the head)
  std::vector<std::uint64_t> elements;  ///< of each ballot file, in the head's order

  /// The header of the hints of that record, with no elements in any file.
  [[nodiscard]] static hints_header of(const record_head& head);
  /// A header and nothing behind it.
  [[nodiscard]] static result<hints_header> decode(byte_view canonical);
  [[nodiscard]] bytes encode() const;
  /// Bytes of a header that lists that many files.
  [[nodiscard]] static std::size_t encoded_bytes(std::size_t files) noexcept;
  /// Of the whole file; too_large if that is no number of 63 bits.
  [[nodiscard]] result<std::uint64_t> file_bytes() const;
  friend bool operator==(const hints_header&, const hints_header&) = default;
};

/// A file of hints, opened and found to be of the record and of the right length. Reading fails
/// softly: a verifier then goes on without.
class hints_file {
 public:
  static constexpr std::size_t hint_bytes = 32;

  /// \return missing if there is none; mismatch if it is of another record or not as long as it
  /// says; unsupported for another format; io, bad_encoding, truncated.
  [[nodiscard]] static result<hints_file> open(const std::filesystem::path& path,
                                               const record_head& head);

  hints_file(hints_file&&) noexcept;
  hints_file& operator=(hints_file&&) noexcept;
  hints_file(const hints_file&) = delete;
  hints_file& operator=(const hints_file&) = delete;
  ~hints_file();

  /// Elements that have hints in all.
  [[nodiscard]] std::uint64_t elements() const noexcept;

  /// The hints of elements first, first + 1, ... of that ballot file (both counted from 0), as many
  /// as `out` has room for. False, and `out` holds no meaning, if the file lists fewer or cannot be
  /// read. Any number of threads may call it. \pre out.size() is a multiple of 32
  [[nodiscard]] bool read(std::size_t file, std::uint64_t first, byte_span out) const;

 private:
  struct state;
  explicit hints_file(std::unique_ptr<state> s);
  std::unique_ptr<state> state_;
};

/// Writes such a file beside its place ("NAME.part") and gives it its name at the end; older hints
/// that have the name are replaced, nothing else is. An unfinished writer leaves nothing.
class hints_writer {
 public:
  /// \return duplicate if something stands there that is no hints, or anything at NAME.part; io if
  /// it cannot be made.
  [[nodiscard]] static result<hints_writer> create(const std::filesystem::path& path,
                                                   const record_head& head);

  hints_writer(hints_writer&&) noexcept;
  hints_writer& operator=(hints_writer&&) noexcept;
  hints_writer(const hints_writer&) = delete;
  hints_writer& operator=(const hints_writer&) = delete;
  ~hints_writer();

  /// Appends hints of elements of that ballot file. \pre files come in order, none twice;
  /// hints.size() is a multiple of 32
  [[nodiscard]] result<void> put(std::size_t file, byte_view hints);

  /// Writes the header and puts the file into its place. \return its bytes
  [[nodiscard]] result<std::uint64_t> finish();

 private:
  struct state;
  explicit hints_writer(std::unique_ptr<state> s);
  std::unique_ptr<state> state_;
};

}  // namespace sandoq
