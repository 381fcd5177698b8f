#pragma once

#include <string>

#include "../commands.hpp"
#include "trustee_desk.hpp"

/// \file
/// What is done with the journals of a polling day, from the evening to the record.
///                                                                         SPEC(85.3) SPEC(85.4)
namespace sandoq::tool {

struct journal_recover_options {
  std::string bulletin;
  std::string journal;  ///< its file in the bulletin
  std::string remark;
};

struct journal_exclude_options {
  std::string bulletin;
  std::string journal;  ///< its file in the bulletin, or
  std::string device;   ///< BRANCH-ID:NUMBER of a device of which nothing is left
  std::string reason;   ///< one of exclusion_words
  std::string remark;
};

struct close_options {
  std::string bulletin;
  std::string subtotals;  ///< name of the lowest level opened; empty: totals only
};

struct combine_options {
  std::string bulletin;
  std::string out;     ///< new directory of the record
  std::string beacon;  ///< the public value for a lot; empty: none
  bool leave_ties = false;
  language in = language::english;  ///< in which the report beside the record opens
};

struct trustee_open_options {
  trustee_options trustee;
  bool yes = false;  ///< do not ask before approving
};

struct trustee_mix_options {
  trustee_options trustee;
};

[[nodiscard]] exit_code run_journal_recover(const journal_recover_options& options);
[[nodiscard]] exit_code run_journal_exclude(const journal_exclude_options& options);
[[nodiscard]] exit_code run_close(const close_options& options);
[[nodiscard]] exit_code run_trustee_mix(const trustee_mix_options& options);
[[nodiscard]] exit_code run_trustee_open(const trustee_open_options& options);
[[nodiscard]] exit_code run_combine(const combine_options& options);

}  // namespace sandoq::tool
