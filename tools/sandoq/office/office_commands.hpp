#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../commands.hpp"
#include "trustee_desk.hpp"

/// \file
/// What trustees, the authority and whoever keeps a bulletin ask the tool to do.
namespace sandoq::tool {

struct enrol_options {
  std::string draft;    ///< manifest in JSON, keys may be missing
  std::string trustee;  ///< id in the draft; empty for the authority
  std::string home;
  std::string out;  ///< file of the entry; empty: by its name into the present directory
  std::string cost = "moderate";
  passphrase_origin passphrase;
};

/// The file of the authority's key.
inline constexpr std::string_view authority_key_name = "authority.key";

struct attribute_options {
  std::string bulletin;
  std::string home;
  passphrase_origin passphrase;
  std::vector<std::string> values;  ///< "CONTEST/OPTION=V1,V2": of every option of the tie
};

struct manifest_enrol_options {
  std::string draft;
  std::vector<std::string> entries;
  std::string write;
};

struct commit_options {
  trustee_options trustee;
  std::optional<std::uint32_t> attempt;  ///< gives up the present one
};

struct sign_options {
  trustee_options trustee;
  bool yes = false;                ///< do not ask where nothing but the program's check counts
  std::vector<std::string> agree;  ///< statements that need not be asked about, by agreement_name()
};

struct seed_options {
  trustee_options trustee;
  std::string device;  ///< BRANCH-ID:NUMBER
  std::string out;     ///< the secret file for the device
};

struct lot_options {
  trustee_options trustee;
  bool reveal = false;
  bool yes = false;
};

struct absence_options {
  std::string bulletin;
  std::string trustee;  ///< id in the manifest
  std::string remark;
};

struct ceremony_check_options {
  std::string bulletin;
  language in = language::english;
  std::string html;  ///< where the transcript goes as a page; empty: nowhere
};

struct key_care_options {
  std::string home;
  passphrase_origin passphrase;
  std::string new_passphrase_file;  ///< for `passphrase`; empty: the terminal
  std::string to;                   ///< for `backup`
  std::string only;                 ///< for `destroy`: "share", "attempt", "lot" or "all"
  bool yes = false;
};

[[nodiscard]] exit_code run_bulletin_new(const std::string& directory, const std::string& file);
[[nodiscard]] exit_code run_bulletin_show(const std::string& directory);
/// Copies what is not there yet, and never over anything. Files of one name that differ are carried
/// side by side, so that whoever reads the bulletin sees both.                          SPEC(85.1)
[[nodiscard]] exit_code run_bulletin_carry(const std::string& from, const std::string& to);
[[nodiscard]] exit_code run_trustee_new(const enrol_options& options);
[[nodiscard]] exit_code run_authority_new(const enrol_options& options);
[[nodiscard]] exit_code run_authority_attributes(const attribute_options& options);
[[nodiscard]] exit_code run_manifest_enrol(const manifest_enrol_options& options);
[[nodiscard]] exit_code run_trustee_commit(const commit_options& options);
[[nodiscard]] exit_code run_trustee_reveal(const trustee_options& options);
[[nodiscard]] exit_code run_trustee_deal(const trustee_options& options);
[[nodiscard]] exit_code run_trustee_confirm(const trustee_options& options);
[[nodiscard]] exit_code run_trustee_complain(const trustee_options& options);
[[nodiscard]] exit_code run_trustee_finish(const trustee_options& options);
[[nodiscard]] exit_code run_trustee_sign(const sign_options& options);
[[nodiscard]] exit_code run_trustee_seed(const seed_options& options);
[[nodiscard]] exit_code run_trustee_lot(const lot_options& options);
[[nodiscard]] exit_code run_trustee_passphrase(const key_care_options& options);
[[nodiscard]] exit_code run_trustee_backup(const key_care_options& options);
[[nodiscard]] exit_code run_trustee_destroy(const key_care_options& options);
[[nodiscard]] exit_code run_ceremony_absent(const absence_options& options);
[[nodiscard]] exit_code run_ceremony_check(const ceremony_check_options& options);

}  // namespace sandoq::tool
