#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange_items.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// A message as it was found.
struct published {
  std::uint32_t kind = 0;  ///< of section 80.3 or 85.2
  bytes canonical;
  std::string file;  ///< name inside the bulletin
};

/// A journal as it was found: whole, or without its close.
struct published_journal {
  device_place place;
  std::string file;
};

/// A directory with everything that has been published so far; everybody has a copy. Reads the
/// messages into memory, and of journals only what they are.                           SPEC(85.1)
class bulletin {
 public:
  static constexpr std::string_view extension = ".pb";
  static constexpr std::uint64_t max_message_file_bytes = std::uint64_t{64} << 20;

  /// Makes the directory with its manifest. \return io if it cannot be made or is not empty.
  [[nodiscard]] static result<void> create(const std::filesystem::path& directory,
                                           byte_view canonical_manifest);

  /// \return io or missing if the directory or its manifest cannot be read; duplicate, with both
  /// names, where two messages claim one place; mismatch for a file that does not belong here;
  /// whatever is wrong with the form of a file.
  [[nodiscard]] static result<bulletin> read(const std::filesystem::path& directory);

  [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }
  [[nodiscard]] const manifest& plan() const noexcept { return plan_; }
  [[nodiscard]] const bytes& canonical_manifest() const noexcept { return canonical_; }
  [[nodiscard]] const digest32& manifest_hash() const noexcept { return manifest_hash_; }

  /// All messages of one kind, in the order of what they are about (attempt, board, trustee;
  /// branch, device; number).
  [[nodiscard]] std::vector<const published*> messages(std::uint32_t kind) const;
  /// The same, decoded; the first one that does not decode is named with its file.
  template <class Item>
  [[nodiscard]] result<std::vector<Item>> all(std::uint32_t kind) const {
    std::vector<Item> out;
    for (const published* message : messages(kind)) {
      auto item = Item::decode(message->canonical);
      if (!item) {
        return fail_within(message->file, std::move(item.error()));
      }
      out.push_back(std::move(*item));
    }
    return out;
  }
  /// The file that holds this very message, if it is published.
  [[nodiscard]] std::optional<std::string> file_of(std::uint32_t kind, byte_view canonical) const;
  [[nodiscard]] bool holds(std::uint32_t kind, byte_view canonical) const {
    return file_of(kind, canonical).has_value();
  }
  /// Statements about items of that kind.
  [[nodiscard]] result<std::vector<statement>> statements(item_kind of) const;

  /// In record order: branches, then devices.
  [[nodiscard]] std::span<const published_journal> journals() const noexcept { return journals_; }
  /// All items of a journal. Memory: the whole journal.
  [[nodiscard]] result<std::vector<journal_entry>> read_journal(
      const published_journal& journal) const;

  /// Writes STEM.pb with one message, durably, and takes it up. What is published already is left
  /// as it is. \return the file's name; duplicate if another message claims its place or a file of
  /// that name is there; io.
  [[nodiscard]] result<std::string> publish(std::string_view stem, std::uint32_t kind,
                                            byte_view canonical);
  template <class Item>
  [[nodiscard]] result<std::string> publish(std::string_view stem, const Item& item) {
    return publish(stem, static_cast<std::uint32_t>(Item::kind), item.encode());
  }

 private:
  using place = std::vector<std::uint32_t>;  // kind, then what the message is about

  bulletin() = default;
  [[nodiscard]] static result<place> place_of(std::uint32_t kind, byte_view canonical);
  [[nodiscard]] result<void> read_manifest();
  [[nodiscard]] result<void> read_file(const std::string& name);
  [[nodiscard]] result<void> take(published message);
  [[nodiscard]] result<void> take_journal(byte_view first_item, const std::string& name);

  std::filesystem::path directory_;
  bytes canonical_;
  manifest plan_;
  digest32 manifest_hash_;
  std::map<place, published> messages_;
  std::vector<published_journal> journals_;
};

/// Writes a new file so that it is there whole or not at all, and durably.
[[nodiscard]] result<void> write_durably(const std::filesystem::path& path, byte_view data);

/// The names of a bulletin's regular files with messages or journals, ascending. \return io if the
/// directory cannot be listed.                                                         SPEC(85.1)
[[nodiscard]] result<std::vector<std::string>> message_files_in(
    const std::filesystem::path& directory);

}  // namespace sandoq::tool
