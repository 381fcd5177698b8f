#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bulletin_files.hpp"
#include "exchange_items.hpp"
#include "message_place.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

struct ceremony_state;

/// A message as it was found.
struct published {
  std::uint32_t kind = 0;  ///< of section 80.3 or 85.2
  bytes canonical;
  std::string file;  ///< name inside the bulletin
  /// Hash of the elements behind it in its file, where its kind has such a list.
  std::optional<digest32> list{};
};

/// What counts as never published of a file, and why.                         SPEC(55.5) SPEC(85.1)
struct ignored_message {
  std::string file;
  std::string reason;    ///< of the first
  std::size_t more = 0;  ///< others of the same file

  /// The reason, and how many more there are: one line, however much junk a file holds.
  [[nodiscard]] std::string in_words() const;
};

/// A journal as it was found: whole, or without its close.
struct published_journal {
  device_place place;
  std::string file;
  bytes first;                          ///< its first item: an opening or an exclusion
  std::uint32_t first_kind = 0;         ///< of 80.3
  std::optional<opening_item> opening;  ///< the one that it has, if any: the boards have signed it
};

/// A directory with everything that has been published so far; everybody has a copy. Reads the
/// messages into memory, and of journals and mixed lists only what they are. What does not hold by
/// itself counts as never published and is left aside.                                 SPEC(85.1)
class bulletin {
 public:
  static constexpr std::string_view extension = ".pb";
  static constexpr std::uint64_t max_message_file_bytes = std::uint64_t{64} << 20;

  /// Makes the directory with its manifest. \return io if it cannot be made or is not empty.
  [[nodiscard]] static result<void> create(const std::filesystem::path& directory,
                                           byte_view canonical_manifest);

  /// \return io or missing if the directory or its manifest cannot be read; duplicate, with both
  /// names, where two messages that hold claim one place. Cost: a signature check a message.
  [[nodiscard]] static result<bulletin> read(const std::filesystem::path& directory);

  [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }
  [[nodiscard]] const manifest& plan() const noexcept { return plan_; }
  [[nodiscard]] const bytes& canonical_manifest() const noexcept { return canonical_; }
  [[nodiscard]] const digest32& manifest_hash() const noexcept { return manifest_hash_; }

  /// All messages of one kind that count, in the order of what they are about (attempt, board,
  /// trustee; branch, device; number).
  [[nodiscard]] std::vector<const published*> messages(std::uint32_t kind) const {
    return messages_at({kind});
  }
  /// The same of all whose place begins so.
  [[nodiscard]] std::vector<const published*> messages_at(const message_place& begin) const;
  /// The same, decoded; the first one that does not decode is named with its file.
  template <class Item>
  [[nodiscard]] result<std::vector<Item>> all(std::uint32_t kind) const {
    return all_at<Item>({kind});
  }
  template <class Item>
  [[nodiscard]] result<std::vector<Item>> all_at(const message_place& begin) const {
    std::vector<Item> out;
    for (const published* message : messages_at(begin)) {
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
  /// Statements about items of that kind. Several may be about one thing: which of them counts is
  /// for whoever knows what it should say (85.3).
  [[nodiscard]] result<std::vector<statement>> statements(item_kind of) const;

  /// In record order: branches, then devices.
  [[nodiscard]] std::span<const published_journal> journals() const noexcept { return journals_; }
  /// All items of a journal. Memory: the whole journal.
  [[nodiscard]] result<std::vector<journal_entry>> read_journal(
      const published_journal& journal) const;

  /// The elements behind a message, 32 bytes each. Memory: the whole list. \pre message.list
  [[nodiscard]] result<bytes> read_list(const published& message) const;

  /// What counts as never published, one a file, in the order in which it was found out.
  [[nodiscard]] std::span<const ignored_message> left_aside() const noexcept { return left_aside_; }
  /// Closes of devices whose journals are not here; nobody may have been able to check them.
  [[nodiscard]] std::span<const close_item> closes_without_journal() const noexcept {
    return closes_without_journal_;
  }

  /// The key ceremony as it was found when the bulletin was read, for ceremony_of(); null once a
  /// message of it was published since.
  [[nodiscard]] const result<ceremony_state>* ceremony() const noexcept { return ceremony_.get(); }

  /// Writes STEM.pb with one message, durably, and takes it up. What is published already is left
  /// as it is; where a file of that name holds something else, another name is taken.
  /// \return the file's name; duplicate if another message claims its place; io.
  [[nodiscard]] result<std::string> publish(std::string_view stem, std::uint32_t kind,
                                            byte_view canonical);
  template <class Item>
  [[nodiscard]] result<std::string> publish(std::string_view stem, const Item& item) {
    return publish(stem, static_cast<std::uint32_t>(Item::kind), item.encode());
  }

  /// The same of a message with its list behind it. Another list makes another message.
  [[nodiscard]] result<std::string> publish_list(std::string_view stem, std::uint32_t kind,
                                                 byte_view canonical, byte_view elements);

 private:
  friend class bulletin_judge;
  friend class journal_judge;

  bulletin() = default;
  [[nodiscard]] result<void> read_manifest();
  [[nodiscard]] result<void> read_file(const std::string& name);
  void take(published message);
  [[nodiscard]] result<std::string> publish(std::string_view stem, published message,
                                            byte_view file);
  void leave_aside(const std::string& file, std::string reason);

  std::filesystem::path directory_;
  bytes canonical_;
  manifest plan_;
  digest32 manifest_hash_;
  std::map<message_place, std::vector<published>> messages_;  ///< one a place, once judged
  std::vector<published_journal> journals_;
  std::set<digest32> taken_;  ///< hashes of all messages, while files are read
  std::vector<ignored_message> left_aside_;
  std::map<std::string, std::size_t> aside_at_;  ///< file, and where in left_aside_
  std::vector<close_item> closes_without_journal_;
  std::shared_ptr<const result<ceremony_state>> ceremony_;
};

}  // namespace sandoq::tool
