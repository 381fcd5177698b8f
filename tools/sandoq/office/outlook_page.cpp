#include "outlook_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "office_names.hpp"

namespace sandoq::tool {

std::string some_of(const std::vector<std::string>& names) {
  const std::size_t count = std::min(names.size(), outlook_page::most_names);
  const std::string out = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(count), ", "));
  return names.size() == count ? out : fmt::format("{} and {} more", out, names.size() - count);
}

std::vector<trustee_seat> others_of(const board_keys& keys, board_index board,
                                    const std::vector<quorum_signature>& signers) {
  std::vector<trustee_seat> out;
  for (std::uint32_t t = 1; t <= keys.signing_keys.size(); ++t) {
    const bool has = std::any_of(signers.begin(), signers.end(),
                                 [t](const quorum_signature& each) { return each.trustee == t; });
    if (!has && !std::binary_search(keys.shut_out.begin(), keys.shut_out.end(), t)) {
      out.push_back({board, trustee_index(t)});
    }
  }
  return out;
}

void outlook_page::line(std::string about, std::string text) {
  out_.lines.push_back({std::move(about), std::move(text)});
}

void outlook_page::lines(const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size() && i < most_lines; ++i) {
    line("", texts[i]);
  }
  if (texts.size() > most_lines) {
    line("", fmt::format("and {} more", texts.size() - most_lines));
  }
}

void outlook_page::next(const std::string& name, const std::string& command) {
  const auto found = std::find_if(who_runs_.begin(), who_runs_.end(),
                                  [&](const auto& each) { return each.first == command; });
  if (found == who_runs_.end()) {
    who_runs_.push_back({command, {name}});
  } else {
    found->second.push_back(name);
  }
}

void outlook_page::gather() {
  for (const auto& [command, who] : who_runs_) {
    next(some_of(who) + ": " + command);
  }
  if (!to_sign_.empty()) {
    std::vector<trustee_seat> who;
    for (const auto& [b, t] : to_sign_) {
      who.push_back({board_index(b), trustee_index(t)});
    }
    out_.next.insert(out_.next.begin(),
                     "sandoq trustee sign: enough of " + name_trustees(plan_, who));
  }
}

}  // namespace sandoq::tool
