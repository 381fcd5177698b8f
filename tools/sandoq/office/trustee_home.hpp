#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bulletin.hpp"
#include "key_folder.hpp"
#include "sandoq/ballot/roster_secret.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/tally/lot_secret.hpp"
#include "sandoq/threshold/ceremony_secret.hpp"
#include "sandoq/threshold/key_holder_secret.hpp"
#include "sandoq/threshold/opening_log.hpp"

namespace sandoq::tool {

/// What a trustee keeps of an attempt of the ceremony.
struct stored_attempt {
  ceremony_memory memory;
  digest32 earlier;  ///< attempt_context::earlier when the attempt was begun
};

/// The folder in which one trustee of one election keeps what is its own: keys under a passphrase,
/// the log of openings, and its own messages as they were published.                   SPEC(85.5)
class trustee_home {
 public:
  static constexpr std::string_view identity_name = "identity.key";
  static constexpr std::string_view share_name = "share.key";
  static constexpr std::string_view lot_name = "lot.key";
  static constexpr std::string_view pin_name = "manifest.hash";
  static constexpr std::string_view log_name = "opening.log";
  static constexpr std::string_view sent_name = "sent";

  /// Makes the folder with identity.key.
  [[nodiscard]] static result<trustee_home> create(key_folder folder, const key_label& identity,
                                                   trustee_secrets keys, random_source& random);
  /// Opens identity.key. \return mismatch for a wrong passphrase
  [[nodiscard]] static result<trustee_home> open(const std::filesystem::path& path,
                                                 secret_bytes passphrase);

  [[nodiscard]] const trustee_seat& seat() const noexcept { return *identity_.seat; }
  /// "executive-2", by the id in the manifest that it is pinned to; before that "board 0/trustee 2"
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const trustee_secrets& keys() const noexcept { return keys_; }
  [[nodiscard]] const key_folder& folder() const noexcept { return folder_; }
  /// The identity as the ceremony takes it.
  [[nodiscard]] result<trustee_identity> identity() const;

  /// This bulletin is of the trustee's own election, names its keys, and has the manifest that it
  /// has always had; the first one is kept as that.
  [[nodiscard]] result<void> pin(const bulletin& board);

  [[nodiscard]] result<void> keep(std::uint32_t attempt, const stored_attempt& what,
                                  random_source& random) const;
  [[nodiscard]] bool has_attempt(std::uint32_t attempt) const;
  [[nodiscard]] result<stored_attempt> attempt(std::uint32_t attempt) const;
  /// The numbers of all attempts that are kept.
  [[nodiscard]] result<std::vector<std::uint32_t>> attempts() const;
  [[nodiscard]] result<void> destroy_attempt(std::uint32_t attempt) const;

  [[nodiscard]] bool has_share() const { return folder_.has(share_name); }
  [[nodiscard]] result<void> keep(const holder_memory& share, random_source& random) const;
  [[nodiscard]] result<holder_memory> share() const;

  [[nodiscard]] bool has_lot() const { return folder_.has(lot_name); }
  [[nodiscard]] result<void> keep(const lot_value& value, random_source& random) const;
  [[nodiscard]] result<lot_value> lot() const;

  /// Empty if nothing was approved yet.
  [[nodiscard]] result<opening_log> log() const;
  [[nodiscard]] result<void> keep(const opening_log& log) const;

  /// Where an own message of that name is kept.
  [[nodiscard]] std::filesystem::path sent_file(std::string_view stem) const;
  /// An own message as it was published, if there was one of that name.
  [[nodiscard]] result<std::optional<bytes>> sent(std::string_view stem) const;
  /// All own messages whose names begin so.
  [[nodiscard]] result<std::vector<bytes>> all_sent(std::string_view prefix) const;
  /// Keeps an own message before it is published. \return duplicate if another one was
  [[nodiscard]] result<void> keep_sent(std::string_view stem, byte_view canonical) const;

 private:
  trustee_home(key_folder folder, key_label identity, trustee_secrets keys)
      : folder_(std::move(folder)),
        identity_(std::move(identity)),
        keys_(std::move(keys)),
        name_(name_trustee(seat().board, seat().trustee)) {}
  [[nodiscard]] key_label label(std::string kind) const;

  key_folder folder_;
  key_label identity_;
  trustee_secrets keys_;
  std::string name_;
};

/// The file of an attempt's polynomial: "attempt-2.key".
[[nodiscard]] std::string attempt_name(std::uint32_t attempt);

}  // namespace sandoq::tool
