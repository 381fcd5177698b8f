#include "sandoq/ballot/eligibility.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "lib/ballot/journal_fields.hpp"

namespace sandoq {
namespace {

using detail::structure_reader;

constexpr std::size_t token_bytes = 36;

void write_unsigned(byte_writer& out, const eligibility_item& item) {
  out.u32(item.branch.value());
  out.count(item.tokens.size());
  for (const used_token& token : item.tokens) {
    out.fixed(token.hash.view());
    out.u32(token.style.value());
  }
}

std::string name_style(style_index style) {
  return "style " + std::to_string(style.value());
}

}  // namespace

digest32 token_hash(const chain_context& election, const byte_array<32>& token) {
  const std::array domain{static_cast<std::byte>(election.domain)};
  return framed_hash::of("eligibility/token", election.e1.view(), domain, token);
}

result<eligibility_item> eligibility_item::decode(byte_view canonical) {
  structure_reader in(canonical, "eligibility");
  eligibility_item out;
  out.branch = branch_index(in.u32("branch"));
  const std::size_t n = in.count_or_none(max_tokens, token_bytes, "tokens");
  out.tokens.reserve(n);
  for (std::size_t i = 0; i < n && in.good(); ++i) {
    const structure_reader::scope here(in, "token", i);
    used_token token;
    token.hash = in.digest("hash");
    token.style = style_index(in.u32("style"));
    out.tokens.push_back(token);
  }
  out.signatures = detail::read_quorum(in);
  return detail::finished(in, std::move(out));
}

bytes eligibility_item::encode() const {
  byte_writer out;
  write_unsigned(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 eligibility_item::board_digest() const {
  byte_writer out;
  write_unsigned(out, *this);
  return framed_hash::of("eligibility", out.view());
}

std::vector<digest32> distinct_tokens(const eligibility_item& item) {
  std::vector<digest32> out;
  out.reserve(item.tokens.size());
  for (const used_token& token : item.tokens) {
    out.push_back(token.hash);
  }
  if (!std::is_sorted(out.begin(), out.end())) {
    std::sort(out.begin(), out.end());
  }
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

signed_message board_message(const chain_context& election, const eligibility_item& item) {
  return {"eligibility", election.domain, election.e1, item.board_digest()};
}

result<void> check_tokens(const manifest_index& index, const eligibility_item& item,
                          const style_counts& cast, branch_journals journals) {
  style_counts accepted;
  for (std::size_t i = 0; i < item.tokens.size(); ++i) {
    const used_token& token = item.tokens[i];
    const std::string place = "eligibility/token " + std::to_string(i);
    if (i > 0 && item.tokens[i - 1].hash >= token.hash) {
      return fail(errc::bad_encoding, place, "hashes must be strictly ascending");
    }
    if (!index.is_given(token.style, item.branch)) {
      return fail(errc::mismatch, place, name_style(token.style) + " is not given at this branch");
    }
    ++accepted[token.style];
  }
  style_counts all = accepted;
  all.insert(cast.begin(), cast.end());
  for (const auto& [style, unused] : all) {
    const auto tokens = accepted.find(style);
    const auto ballots = cast.find(style);
    const std::uint64_t t = tokens == accepted.end() ? 0 : tokens->second;
    const std::uint64_t b = ballots == cast.end() ? 0 : ballots->second;
    if (t < b || (t > b && journals == branch_journals::all_count)) {
      return fail(errc::mismatch, "eligibility/tokens",
                  std::to_string(t) + " of " + name_style(style) + " were accepted, " +
                      std::to_string(b) + " such ballots were cast");
    }
  }
  return {};
}

result<eligibility_item> make_eligibility_log(const chain_context& election, branch_index branch,
                                              std::span<const accepted_token> tokens) {
  if (tokens.size() > eligibility_item::max_tokens) {
    return fail(errc::too_large, "eligibility/tokens", "a branch logs at most 262,144 tokens");
  }
  eligibility_item out;
  out.branch = branch;
  out.tokens.reserve(tokens.size());
  for (const accepted_token& token : tokens) {
    out.tokens.push_back({token_hash(election, token.token), token.style});
  }
  std::sort(out.tokens.begin(), out.tokens.end());
  for (std::size_t i = 1; i < out.tokens.size(); ++i) {
    if (out.tokens[i - 1].hash == out.tokens[i].hash) {
      return fail(errc::duplicate, "eligibility/tokens",
                  "a token is named twice; each lets in one ballot");
    }
  }
  return out;
}

}  // namespace sandoq
