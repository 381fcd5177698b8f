#include "interruption.hpp"

namespace sandoq::tool {
namespace {

volatile std::sig_atomic_t came = 0;

extern "C" void take_note(int number) {
  came = number;
}

}  // namespace

interruption::interruption() noexcept {
  came = 0;
  struct sigaction note {};
  note.sa_handler = take_note;
  sigemptyset(&note.sa_mask);
  note.sa_flags = SA_RESTART;  // the step that is under way ends as it would have
  sigaction(SIGINT, &note, &before_int_);
  sigaction(SIGTERM, &note, &before_term_);
}

interruption::~interruption() {
  sigaction(SIGINT, &before_int_, nullptr);
  sigaction(SIGTERM, &before_term_, nullptr);
}

int interruption::signal() noexcept {
  return came;
}

void interruption::end_by_signal() noexcept {
  if (came != 0) {
    std::signal(came, SIG_DFL);
    std::raise(came);
  }
}

}  // namespace sandoq::tool
