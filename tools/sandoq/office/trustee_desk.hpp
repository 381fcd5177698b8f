#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "../commands.hpp"
#include "bulletin.hpp"
#include "passphrase_input.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/system_random.hpp"
#include "trustee_home.hpp"
#include "trustee_rounds.hpp"

namespace sandoq::tool {

/// A trustee at its bulletin.
struct trustee_options {
  std::string bulletin;  ///< directory
  std::string home;      ///< the trustee's own folder
  passphrase_origin passphrase;
};

/// A trustee's folder and bulletin, opened together: they are of one election, and the bulletin has
/// the manifest that the folder has pinned.
class trustee_desk {
 public:
  /// Reads the bulletin, asks for the passphrase, opens the home.
  [[nodiscard]] static result<trustee_desk> open(const trustee_options& options);

  [[nodiscard]] trustee_at_work work() { return {home_, board_, *workers_, *random_}; }
  [[nodiscard]] const trustee_home& home() const noexcept { return home_; }
  [[nodiscard]] bulletin& board() noexcept { return board_; }

 private:
  trustee_desk(trustee_home home, bulletin board)
      : home_(std::move(home)),
        board_(std::move(board)),
        workers_(make_executor(0)),
        random_(std::make_unique<system_random>()) {}

  trustee_home home_;
  bulletin board_;
  std::unique_ptr<executor> workers_;
  std::unique_ptr<system_random> random_;
};

/// Says what is wrong, "sandoq trustee deal: ...". \return unusable for what could not be read,
/// written or understood; rejected for what was refused.
[[nodiscard]] exit_code refuse(std::string_view command, const error& problem);

/// Asks on the standard input; anything but "yes" or "y" is no.
[[nodiscard]] bool agreed_to(const std::string& question);

}  // namespace sandoq::tool
