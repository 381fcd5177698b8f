#include "progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <utility>

namespace sandoq::tool {

void stopwatch::begin(const std::string& name) {
  end();
  running_ =
      std::find_if(phases_.begin(), phases_.end(), [&](const phase& p) { return p.name == name; }) -
      phases_.begin();
  if (running_ == std::ssize(phases_)) {
    phases_.push_back({name, 0});
  }
  began_ = clock::now();
}

void stopwatch::end() {
  if (running_ >= 0) {
    phases_[static_cast<std::size_t>(running_)].seconds +=
        std::chrono::duration<double>(clock::now() - began_).count();
    running_ = -1;
  }
}

progress_line::progress_line(std::string what, std::uint64_t total)
    : what_(std::move(what)), total_(total) {}

progress_line::~progress_line() {
  if (on_screen_) {
    fmt::print(stderr, "{}", isatty(STDERR_FILENO) == 1 ? "\r\x1b[K" : "");
  }
}

void progress_line::add(std::uint64_t done) {
  const std::lock_guard lock(mutex_);
  done_ += done;
  show_if_due();
}

void progress_line::set(std::uint64_t done) {
  const std::lock_guard lock(mutex_);
  done_ = done;
  show_if_due();
}

void progress_line::set(std::uint64_t done, std::uint64_t things, std::string_view name) {
  const std::lock_guard lock(mutex_);
  done_ = done;
  things_ = things;
  name_of_things_ = name;
  show_if_due();
}

std::string progress_line::text(double seconds) const {
  const double rate = static_cast<double>(done_) / seconds;
  std::string line = what_ + ": ";
  if (name_of_things_.empty()) {
    line += with_separators(done_);
    if (total_ > 0) {
      line += fmt::format(" of {}", with_separators(total_));
    }
    line += fmt::format(", {:.0f} a second", rate);
  } else {
    line += fmt::format(
        "{} {}, {} a second", with_separators(things_), name_of_things_,
        with_separators(static_cast<std::uint64_t>(static_cast<double>(things_) / seconds)));
    if (total_ > 0) {
      line += fmt::format(", {} % of the bytes", 100 * done_ / total_);
    }
  }
  if (total_ > done_ && rate > 0) {
    line += fmt::format(", {:.0f} s left", static_cast<double>(total_ - done_) / rate);
  }
  return line;
}

void progress_line::show_if_due() {
  const auto now = clock::now();
  // A terminal is redrawn in place; a log gets a line every ten seconds.
  const bool terminal = isatty(STDERR_FILENO) == 1;
  if (now - shown_ < (terminal ? std::chrono::milliseconds(500) : std::chrono::seconds(10))) {
    return;
  }
  shown_ = now;
  on_screen_ = true;
  const std::string line = text(std::chrono::duration<double>(now - began_).count());
  fmt::print(stderr, "{}{}{}", terminal ? "\r\x1b[K" : "", line, terminal ? "" : "\n");
  std::fflush(stderr);
}

std::string with_separators(std::uint64_t n) {
  const std::string digits = std::to_string(n);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) {
      out += ',';
    }
    out += digits[i];
  }
  return out;
}

std::string counted(std::uint64_t number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

}  // namespace sandoq::tool
