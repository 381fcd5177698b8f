#include "sandoq/core/verdict.hpp"

#include <algorithm>

namespace sandoq {

std::string_view name_of(check_status status) noexcept {
  switch (status) {
    case check_status::pass:
      return "pass";
    case check_status::fail:
      return "fail";
    case check_status::not_run:
      return "not-run";
  }
  return "unknown";
}

void verdict::pass(std::string_view id) {
  add({std::string(id), check_status::pass, {}, {}});
}

void verdict::fail(std::string_view id, std::string_view place, std::string_view reason) {
  add({std::string(id), check_status::fail, std::string(place), std::string(reason)});
}

void verdict::not_run(std::string_view id, std::string_view reason) {
  add({std::string(id), check_status::not_run, {}, std::string(reason)});
}

void verdict::add(check_outcome outcome) {
  checks_.push_back(std::move(outcome));
}

void verdict::append(const verdict& other) {
  const std::vector<check_outcome> copy = other.checks_;  // other may be *this
  checks_.insert(checks_.end(), copy.begin(), copy.end());
}

bool verdict::accepted() const noexcept {
  return !checks_.empty() &&
         std::all_of(checks_.begin(), checks_.end(), [](const check_outcome& outcome) {
           return outcome.status == check_status::pass;
         });
}

const check_outcome* verdict::find(std::string_view id) const noexcept {
  const auto found = std::find_if(checks_.begin(), checks_.end(),
                                  [id](const check_outcome& outcome) { return outcome.id == id; });
  return found == checks_.end() ? nullptr : &*found;
}

}  // namespace sandoq
