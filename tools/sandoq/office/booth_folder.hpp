#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "booth_state.hpp"
#include "device_election.hpp"
#include "exchange_items.hpp"
#include "lib/record/file.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/journal_writer.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Keeps the item that a device wants to write, until its state is stored.
class staged_item final : public journal_writer {
 public:
  result<void> append(journal_kind kind, byte_view canonical) override {
    item = journal_entry{kind, {canonical.begin(), canonical.end()}};
    return {};
  }
  std::optional<journal_entry> item;
};

/// The folder in which one device keeps its state and its journal, open in one program at a time.
/// State goes before journal: what a crash leaves undone between both, open() does.    SPEC(85.6)
class booth_folder {
 public:
  static constexpr std::string_view state_name = "state";
  static constexpr std::string_view journal_name = "journal.pb";
  static constexpr std::string_view trees_name = "trees";
  static constexpr std::string_view tokens_name = "tokens.pb";
  static constexpr std::string_view election_name = "election.pb";

  /// Makes the folder of a new device for the election of the bulletin; it has no state yet.
  /// \return duplicate if there is a device already.
  [[nodiscard]] static result<booth_folder> create(const std::filesystem::path& path,
                                                   const bulletin& board,
                                                   const running_election& election);

  /// Takes up a device, and writes the item that its state names, if the journal lacks it.
  /// \return mismatch if state and journal do not belong together: an older state, a journal that
  /// has lost something, or another election; io if another program has the folder, or there is
  /// none. Cost: that of one item, whatever the length of the journal.
  [[nodiscard]] static result<booth_folder> open(const std::filesystem::path& path);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] const manifest& plan() const noexcept { return election_->plan; }
  [[nodiscard]] const election_context& election() const noexcept { return election_->context; }
  /// Where the device works. The first call makes tables, which takes some time.
  [[nodiscard]] device_site site(const device_place& place);
  [[nodiscard]] std::filesystem::path journal() const { return path_ / journal_name; }

  /// \pre there is one, here and below
  [[nodiscard]] const booth_state& state() const { return *state_; }
  /// Takes the memory out, for a step; store() puts the next one in.
  [[nodiscard]] device_memory take_memory();
  [[nodiscard]] result<device_trees> trees() const;

  /// A step: what the device remembers after it, the item that it adds to the journal, if any, and
  /// the token that was used up. Durable when it returns.
  [[nodiscard]] result<void> store(device_memory memory, std::optional<journal_entry> next = {},
                                   std::optional<used_token> token = {});
  /// The first half of store(): the state alone. Whoever ends here has crashed; open() goes on.
  [[nodiscard]] result<void> store_state(device_memory memory, std::optional<journal_entry> next,
                                         std::optional<used_token> token);
  /// Public, written at enrolment and once more when the boards' seeds have come.
  [[nodiscard]] result<void> store(const device_trees& trees) const;

  /// Tokens used up so far, signed by the device from its opening on. \return as decoding.
  [[nodiscard]] result<device_tokens> tokens() const;
  /// Forgets key and seeds. \pre the memory was that of a closing device
  [[nodiscard]] result<void> erase_secrets(const close_item& close);

 private:
  booth_folder(std::filesystem::path path, file_descriptor lock,
               std::unique_ptr<device_election> election);
  [[nodiscard]] result<void> write_state(booth_state state);
  [[nodiscard]] result<void> complete_item();
  [[nodiscard]] result<std::optional<device_tokens>> stored_tokens() const;
  [[nodiscard]] result<void> complete_tokens();

  std::filesystem::path path_;
  file_descriptor lock_;
  std::unique_ptr<device_election> election_;
  std::optional<booth_state> state_;
};

}  // namespace sandoq::tool
