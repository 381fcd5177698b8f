#include "token_clash.hpp"

#include <algorithm>
#include <utility>

namespace sandoq::tool {
namespace {

using use_of_token = std::pair<digest32, token_use>;

/// Only a token that clashes is looked for in the lists behind a signed log.
token_use within(const std::map<branch_index, branch_tokens>& branches, const use_of_token& use) {
  const token_use& where = use.second;
  return where.device ? where
                      : token_use{where.branch, branches.at(where.branch).taken_at(use.first)};
}

std::vector<use_of_token> uses_in(const std::map<branch_index, branch_tokens>& branches) {
  std::vector<use_of_token> out;
  for (const auto& [branch, used] : branches) {
    if (used.log) {
      for (const used_token& token : used.log->tokens) {
        out.emplace_back(token.hash, token_use{branch, std::nullopt});
      }
      continue;
    }
    for (const device_tokens& list : used.lists) {
      for (const used_token& token : list.tokens) {
        out.emplace_back(token.hash, token_use{branch, list.place.device});
      }
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::optional<device_index> branch_tokens::taken_at(const digest32& token) const {
  for (const device_tokens& list : lists) {
    const auto found = std::lower_bound(
        list.tokens.begin(), list.tokens.end(), token,
        [](const used_token& each, const digest32& hash) { return each.hash < hash; });
    if (found != list.tokens.end() && found->hash == token) {
      return list.place.device;
    }
  }
  return std::nullopt;
}

std::vector<token_clash> find_clashes(const std::map<branch_index, branch_tokens>& branches) {
  const std::vector<use_of_token> uses = uses_in(branches);
  std::map<std::pair<token_use, token_use>, token_clash> found;
  for (std::size_t i = 1; i < uses.size(); ++i) {
    if (uses[i].first != uses[i - 1].first) {
      continue;
    }
    const token_use a = within(branches, uses[i - 1]);
    const token_use b = within(branches, uses[i]);
    const auto [at, is_new] = found.try_emplace({a, b}, token_clash{a, b, uses[i].first, 1});
    at->second.tokens += is_new ? 0 : 1;
  }
  std::vector<token_clash> out;
  for (auto& [places, clash] : found) {
    out.push_back(std::move(clash));
  }
  return out;
}

}  // namespace sandoq::tool
