#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandoq {

/// How a check ended.
enum class check_status { pass, fail, not_run };

/// "pass", "fail" or "not-run", as reports print it.
[[nodiscard]] std::string_view name_of(check_status status) noexcept;

/// One named check of an election and how it ended.
struct check_outcome {
  std::string id;  ///< as in spec/90-verification/checks.toml
  check_status status = check_status::not_run;
  std::string place;   ///< where it failed; empty otherwise
  std::string reason;  ///< why it failed or was not run; empty otherwise
  friend bool operator==(const check_outcome&, const check_outcome&) = default;
};

/// The outcome of a verification: an ordered list of checks. An outcome is not an error: an
/// election that fails its checks was verified all the same.
class verdict {
 public:
  /// The check of that id passed.
  void pass(std::string_view id);
  /// The check of that id failed: where and why.
  void fail(std::string_view id, std::string_view place, std::string_view reason);
  /// The check of that id was not run: why.
  void not_run(std::string_view id, std::string_view reason);
  /// Appends an outcome as it stands.
  void add(check_outcome outcome);
  /// Appends the checks of another verdict.
  void append(const verdict& other);

  /// True iff there is at least one check and every check passed.
  [[nodiscard]] bool accepted() const noexcept;
  [[nodiscard]] std::span<const check_outcome> checks() const noexcept { return checks_; }
  /// The check of that id, or nullptr.
  [[nodiscard]] const check_outcome* find(std::string_view id) const noexcept;

 private:
  std::vector<check_outcome> checks_;
};

/// The outcome of verifying one proof: it holds, or a reason why not.
class [[nodiscard]] verification {
 public:
  [[nodiscard]] static verification ok() { return verification(true, {}); }
  /// It does not hold, for that reason.
  [[nodiscard]] static verification rejected(std::string_view reason) {
    return verification(false, std::string(reason));
  }
  [[nodiscard]] bool holds() const noexcept { return holds_; }
  explicit operator bool() const noexcept { return holds_; }
  /// Empty iff it holds.
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  verification(bool holds, std::string reason) : holds_(holds), reason_(std::move(reason)) {}
  bool holds_;
  std::string reason_;
};

}  // namespace sandoq
