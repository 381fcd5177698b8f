#pragma once

#include <csignal>

namespace sandoq::tool {

/// For as long as it lives, Control-C and a request to end (SIGINT, SIGTERM) only leave a note:
/// what has secrets on a disk looks for it between its steps, and cleans up. One at a time.
class interruption {
 public:
  interruption() noexcept;
  interruption(const interruption&) = delete;
  interruption& operator=(const interruption&) = delete;
  ~interruption();

  /// The number of the signal that has come, since the last one began; 0 if none has.
  [[nodiscard]] static int signal() noexcept;
  /// Ends this program by the signal that has come, so that whoever started it sees that; returns
  /// if none has. \pre none lives
  static void end_by_signal() noexcept;

 private:
  struct sigaction before_int_ {};
  struct sigaction before_term_ {};
};

}  // namespace sandoq::tool
