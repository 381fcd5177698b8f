#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "../drill_ties.hpp"
#include "../say.hpp"
#include "../shown_text.hpp"
#include "office_commands.hpp"
#include "running_election.hpp"
#include "sandoq/core/canonical_secret.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/tally/ties.hpp"

namespace sandoq::tool {
namespace {

result<signing_key<ristretto255>> open_authority(const attribute_options& options,
                                                 const manifest& plan) {
  auto passphrase = ask_passphrase(options.passphrase, "passphrase of " + shown(options.home));
  if (!passphrase) {
    return tl::unexpected(std::move(passphrase.error()));
  }
  const auto folder = key_folder::at(options.home, authority_key_name, std::move(*passphrase));
  if (!folder) {
    return tl::unexpected(folder.error());
  }
  const auto opened = folder->read(authority_key_name);
  if (!opened) {
    return tl::unexpected(opened.error());
  }
  secret_reader in(opened->content, "authority's key");
  auto scalar = in.take(secret_ops<ristretto255>::decode_scalar(in.secret_fixed<32>("key")), "key");
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  auto key = signing_key<ristretto255>::from_scalar(std::move(scalar));
  if (key &&
      (!plan.authority || plan.authority->signing_key.octets != key->public_key().octets())) {
    return fail(errc::mismatch, options.home, "does not hold the key of this election's authority");
  }
  return key;
}

/// One item a contest, options ascending.
result<std::map<contest_index, tie_attributes>> items_of(const attribute_options& options,
                                                         const manifest& plan) {
  tie_rules rules;
  for (const std::string& text : options.values) {
    auto read = read_attribute_values(text);
    if (!read) {
      return tl::unexpected(std::move(read.error()));
    }
    if (!rules.attributes.insert(std::move(*read)).second) {
      return fail(errc::duplicate, text, "gives values to an option that has some already");
    }
  }
  if (auto good = check_tie_rules(plan, rules); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  std::map<contest_index, tie_attributes> out;
  for (std::uint32_t c = 0; c < plan.contests.size(); ++c) {
    const contest_entry& contest = plan.contests[c];
    for (std::uint32_t o = 0; o < contest.options.size(); ++o) {
      const auto given = rules.attributes.find(contest.id + "/" + contest.options[o].id);
      if (given != rules.attributes.end()) {
        tie_attributes& item = out[contest_index(c)];
        item.contest = contest_index(c);
        item.options.push_back({option_index(o), given->second});
      }
    }
  }
  return out;
}

/// Adds what was stated of the contest before, which stays. \return mismatch if it was otherwise
result<void> add_values_before(tie_attributes& item, const tie_attributes& before,
                               const manifest& plan) {
  for (const tie_attributes::entry& old : before.options) {
    const auto at = std::find_if(item.options.begin(), item.options.end(),
                                 [&](const auto& each) { return !(each.option < old.option); });
    if (at == item.options.end() || at->option != old.option) {
      item.options.insert(at, old);
    } else if (at->values != old.values) {
      const contest_entry& contest = plan.contests[item.contest.value()];
      return fail(errc::mismatch, contest.id + "/" + contest.options[old.option.value()].id,
                  fmt::format("was stated as {} before", fmt::join(old.values, ",")));
    }
  }
  return {};
}

/// The same contest may have been answered before: what decides one tie may lead to the next one.
/// The same values again are no news.
result<std::string> publish_attributes(bulletin& board, const running_election& election,
                                       const signing_key<ristretto255>& key, tie_attributes item) {
  const auto all = board.messages(static_cast<std::uint32_t>(item_kind::attributes));
  for (const published* each : all) {
    const auto before = tie_attributes::decode(each->canonical);
    if (!before || before->contest != item.contest) {
      continue;
    }
    if (auto done = add_values_before(item, *before, board.plan()); !done) {
      return tl::unexpected(std::move(done.error()));
    }
    if (before->options == item.options) {
      return each->file;
    }
  }
  const std::string stem = fmt::format("attributes-{}", item.contest.value());
  system_random random;
  const auto signature = sign(key,
                              signed_message{"attributes", election.hashes.domain,
                                             *election.hashes.e1, item.signed_digest()},
                              random);
  if (!signature) {
    return tl::unexpected(signature.error());
  }
  item.signature = *signature;
  return board.publish(stem, static_cast<std::uint32_t>(item_kind::attributes), item.encode());
}

}  // namespace

exit_code run_authority_attributes(const attribute_options& options) {
  constexpr std::string_view command = "authority attributes";
  auto board = bulletin::read(options.bulletin);
  if (!board) {
    return refuse(command, board.error());
  }
  warn_of_left_aside(*board);
  const auto items = items_of(options, board->plan());
  if (!items) {
    return refuse(command, items.error());
  }
  const auto workers = make_executor(0);
  const auto election = election_of(*board, *workers);
  if (!election) {
    return refuse(command, election.error());
  }
  const auto key = open_authority(options, board->plan());
  if (!key) {
    return refuse(command, key.error());
  }
  for (const auto& [contest, item] : *items) {
    const auto file = publish_attributes(*board, *election, *key, item);
    if (!file) {
      return refuse(command, file.error());
    }
    say("wrote {}: carry it to the others; then sandoq combine\n", *file);
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
