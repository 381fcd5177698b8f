#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq {

/// Writes a record item by item, in the order of the record, into a directory beside its place
/// ("NAME.part"), and gives it its name when the head stands. What is there before is never
/// touched: the place must be free or an empty directory. An unfinished writer leaves nothing.
///                                                                  SPEC(80.1) SPEC(80.4)
///                                                                  SPEC(80.5)
class record_writer {
 public:
  /// \return duplicate if something stands at the place or beside it, io if it cannot be made.
  [[nodiscard]] static result<record_writer> create(const std::filesystem::path& directory);

  record_writer(record_writer&&) noexcept;
  record_writer& operator=(record_writer&&) noexcept;
  record_writer(const record_writer&) = delete;
  record_writer& operator=(const record_writer&) = delete;
  ~record_writer();

  /// Appends an item to the file of its section; ballot and mix files roll over at 32 MiB, and
  /// without an item of the mix there is no mix file. \return mismatch if it may not stand here,
  /// too_large above 16 MiB.
  [[nodiscard]] result<void> put(item_kind kind, byte_view canonical);

  /// Gets the boards' signatures under the head's digest, purpose "head", election e1.
  using head_signer = std::function<result<quorum>(const digest32& digest)>;

  /// Writes the head and puts the record into its place. \param head  domain, hashes and number of
  /// cast ballots; files and signatures are filled in here. \return the head as it stands.
  [[nodiscard]] result<record_head> finish(record_head head, const head_signer& sign);

  /// Bytes of all files so far.
  [[nodiscard]] std::uint64_t size_bytes() const noexcept;

 private:
  struct state;
  explicit record_writer(std::unique_ptr<state> s);
  std::unique_ptr<state> state_;
};

}  // namespace sandoq
