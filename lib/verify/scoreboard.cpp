#include "lib/verify/scoreboard.hpp"

namespace sandoq {

scoreboard::scoreboard() noexcept {
  for (std::size_t i = 0; i < check_count; ++i) {
    if (check_table[i].need == check_need::optional) {
      entries_[i].now = state::not_asked;
    }
  }
}

void scoreboard::ask_for(check_id id) noexcept {
  if (at(id).now == state::not_asked) {
    at(id).now = state::unknown;
  }
}

void scoreboard::fail(check_id id, std::string_view place, std::string_view reason) {
  const std::lock_guard lock(failing_);
  entry& e = at(id);
  if (e.now == state::failed || e.now == state::not_asked) {
    return;
  }
  e.place = place;
  e.reason = reason;
  e.now = state::failed;
}

void scoreboard::fail(check_id id, const error& e) {
  fail(id, e.place, e.reason);
}

void scoreboard::fail_within(check_id id, std::string_view where, const error& e) {
  fail(id, std::string(where).append("/").append(e.place), e.reason);
}

void scoreboard::pass(check_id id) noexcept {
  if (at(id).now == state::unknown) {
    at(id).now = state::passed;
  }
}

void scoreboard::pass(std::initializer_list<check_id> ids) noexcept {
  for (const check_id id : ids) {
    pass(id);
  }
}

bool scoreboard::is_open(check_id id) const noexcept {
  // What a check rests on stands before it, so one pass downward reaches all of it.
  const auto target = static_cast<std::size_t>(id);
  std::uint64_t needed = std::uint64_t{1} << target;
  for (std::size_t i = target + 1; i-- > 0;) {
    if ((needed >> i & 1) == 0) {
      continue;
    }
    if (entries_[i].now == state::failed || entries_[i].now == state::not_asked) {
      return false;
    }
    needed |= check_table[i].rests_on;
  }
  return true;
}

bool scoreboard::any_open(std::initializer_list<check_id> ids) const noexcept {
  for (const check_id id : ids) {
    if (is_open(id)) {
      return true;
    }
  }
  return false;
}

check_status scoreboard::status_of(std::size_t i, std::uint64_t passed) const noexcept {
  if (entries_[i].now == state::not_asked || (check_table[i].rests_on & ~passed) != 0) {
    return check_status::not_run;
  }
  return entries_[i].now == state::passed ? check_status::pass : check_status::fail;
}

verdict scoreboard::settle() const {
  verdict out;
  std::uint64_t passed = 0;
  for (std::size_t i = 0; i < check_count; ++i) {
    const std::string_view id = check_table[i].id;
    switch (status_of(i, passed)) {
      case check_status::pass:
        passed |= std::uint64_t{1} << i;
        out.pass(id);
        break;
      case check_status::fail:
        if (entries_[i].now == state::failed) {
          out.fail(id, entries_[i].place, entries_[i].reason);
        } else {
          out.fail(id, "", "the verifier did not bring this check to an end");
        }
        break;
      case check_status::not_run:
        if (entries_[i].now == state::not_asked) {
          out.not_run(id, "nobody asked for it");
          break;
        }
        for (std::size_t j = 0; j < i; ++j) {
          if ((check_table[i].rests_on & ~passed) >> j & 1) {
            out.not_run(id, std::string("rests on ").append(check_table[j].id));
            break;
          }
        }
        break;
    }
  }
  return out;
}

bool scoreboard::accepts() const noexcept {
  std::uint64_t passed = 0;
  bool all = true;
  for (std::size_t i = 0; i < check_count; ++i) {
    if (status_of(i, passed) == check_status::pass) {
      passed |= std::uint64_t{1} << i;
    } else {
      all = all && entries_[i].now == state::not_asked;
    }
  }
  return all;
}

}  // namespace sandoq
