#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ceremony_state.hpp"
#include "sandoq/core/domain.hpp"
#include "sandoq/core/passphrase_secret.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

namespace sandoq::tool {

/// What a key file says about itself in clear.                                         SPEC(85.5)
struct key_label {
  std::string kind;  ///< "identity", "attempt", "share", "lot", "authority"
  std::string election;
  election_domain domain = election_domain::drill;
  std::optional<trustee_seat> seat;         ///< of a trustee
  std::map<std::string, std::string> more;  ///< what else the kind says

  [[nodiscard]] std::string text() const;
  [[nodiscard]] static result<key_label> parse(byte_view header);
};

/// "interactive", "moderate" or "sensitive": what one try of a passphrase costs. \return not_found
[[nodiscard]] result<passphrase_cost> cost_named(std::string_view name);

/// A folder of key files under one passphrase.                                         SPEC(85.5)
class key_folder {
 public:
  static constexpr std::string_view extension = ".key";

  struct opened {
    key_label label;
    secret_bytes content;
  };

  /// \param passphrase  normalised
  key_folder(std::filesystem::path path, secret_bytes passphrase, passphrase_cost cost)
      : path_(std::move(path)), passphrase_(std::move(passphrase)), cost_(cost) {}
  /// A folder that is there, with the cost of that file of it.
  [[nodiscard]] static result<key_folder> at(const std::filesystem::path& path,
                                             std::string_view name, secret_bytes passphrase);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] passphrase_cost cost() const noexcept { return cost_; }
  /// The same passphrase for another folder.
  [[nodiscard]] key_folder moved_to(std::filesystem::path path) const {
    return {std::move(path), passphrase_.clone(), cost_};
  }
  [[nodiscard]] bool has(std::string_view name) const;
  /// The names of all key files, ascending.
  [[nodiscard]] result<std::vector<std::string>> names() const;
  /// The same of any folder, and of key files of which a crash has left only a part.  SPEC(85.5)
  [[nodiscard]] static result<std::vector<std::string>> names_in(
      const std::filesystem::path& folder);
  /// What a file says in clear.
  [[nodiscard]] static result<key_label> label_of(const std::filesystem::path& file);

  /// Seals a new file. \return duplicate if it is there
  [[nodiscard]] result<void> write(std::string_view name, const key_label& label,
                                   const secret_bytes& content, random_source& random) const;
  /// \return mismatch "the passphrase is wrong, or NAME is damaged; nothing was changed"
  [[nodiscard]] result<opened> read(std::string_view name) const;
  /// Seals every file that this passphrase opens under another one. A file that the new one opens
  /// already is left, so that what was interrupted can be done again.
  [[nodiscard]] result<std::vector<std::string>> change(const secret_bytes& passphrase,
                                                        passphrase_cost cost,
                                                        random_source& random) const;

 private:
  std::filesystem::path path_;
  secret_bytes passphrase_;
  passphrase_cost cost_;
};

}  // namespace sandoq::tool
