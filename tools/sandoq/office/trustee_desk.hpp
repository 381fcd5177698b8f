#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "../commands.hpp"
#include "bulletin.hpp"
#include "lib/record/file.hpp"
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

/// A trustee's folder and bulletin, opened together: they are of one election, the bulletin has the
/// manifest that the folder has pinned, and no other program works with the folder.     SPEC(85.5)
class trustee_desk {
 public:
  /// Takes the folder, reads the bulletin, asks for the passphrase, opens the home.
  /// \return io if another program has the folder
  [[nodiscard]] static result<trustee_desk> open(const trustee_options& options);

  [[nodiscard]] trustee_at_work work() { return {home_, board_, *workers_, *random_}; }
  [[nodiscard]] const trustee_home& home() const noexcept { return home_; }
  [[nodiscard]] bulletin& board() noexcept { return board_; }

 private:
  trustee_desk(file_descriptor lock, trustee_home home, bulletin board)
      : lock_(std::move(lock)),
        home_(std::move(home)),
        board_(std::move(board)),
        workers_(make_executor(0)),
        random_(std::make_unique<system_random>()) {}

  file_descriptor lock_;
  trustee_home home_;
  bulletin board_;
  std::unique_ptr<executor> workers_;
  std::unique_ptr<system_random> random_;
};

/// Says what is wrong, "sandoq trustee deal: ...". \return unusable for what could not be read,
/// written or understood; rejected for what was refused.
[[nodiscard]] exit_code refuse(std::string_view command, const error& problem);

/// Says on the standard error what of a bulletin counts as never published.            SPEC(85.1)
void warn_of_left_aside(const bulletin& board);

/// Asks on the standard input; anything but "yes" or "y" is no.
[[nodiscard]] bool agreed_to(const std::string& question);

}  // namespace sandoq::tool
