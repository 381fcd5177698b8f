// manifest.rules, manifest.pin, manifest.domain, record.binding, manifest.roster. SPEC(90.2)

#include <utility>

#include "lib/verify/verify_state.hpp"
#include "sandoq/ballot/contest.hpp"
#include "sandoq/ballot/roster.hpp"

namespace sandoq {

namespace {

void describe_election(verify_state& v) {
  v.out.manifest_hash = v.e0;
  v.out.election_hash = v.e1();
  v.out.domain = v.domain();
  for (const board_entry& board : v.election.boards) {
    board_identity identity{board.id, {}};
    for (const trustee_entry& trustee : board.trustees) {
      identity.signing_keys.push_back(trustee.signing_key);
    }
    v.out.boards.push_back(std::move(identity));
    v.board_sizes.push_back({static_cast<std::uint32_t>(board.trustees.size()), board.threshold});
  }
}

void check_rules(verify_state& v) {
  auto index = manifest_index::build(v.election);
  if (!index) {
    v.board.fail_within(check_id::manifest_rules, "manifest", index.error());
    return;
  }
  for (std::size_t c = 0; c < v.election.contests.size(); ++c) {
    auto terms =
        terms_of(v.e0, contest_index(static_cast<std::uint32_t>(c)), v.election.contests[c]);
    if (!terms) {
      v.board.fail_within(check_id::manifest_rules, "manifest", terms.error());
      return;
    }
    v.terms.push_back(std::move(*terms));
  }
  v.index = std::move(*index);
  v.shape = tally_shape::of(v.election);
  v.board.pass(check_id::manifest_rules);
}

void check_options(verify_state& v) {
  if (v.options.manifest_hash && *v.options.manifest_hash != v.e0) {
    v.board.fail(check_id::manifest_pin, "manifest",
                 "its hash is " + to_hex(v.e0.view()) + ", agreed on was " +
                     to_hex(v.options.manifest_hash->view()));
  }
  v.board.pass(check_id::manifest_pin);
  if (v.options.domain && *v.options.domain != v.domain()) {
    v.board.fail(check_id::manifest_domain, "manifest",
                 std::string("the record is of domain ").append(name_of(v.domain())));
  }
  v.board.pass(check_id::manifest_domain);
}

void check_binding(verify_state& v) {
  if (v.head.domain != v.domain()) {
    v.board.fail(check_id::record_binding, "head", "its domain is not the manifest's");
  } else if (v.head.manifest_hash != v.e0) {
    v.board.fail(check_id::record_binding, "head", "its e0 is not the hash of the manifest");
  } else if (v.head.election_hash != v.e1()) {
    v.board.fail(check_id::record_binding, "head", "its e1 is not that of the election key");
  }
  v.board.pass(check_id::record_binding);
}

void check_roster(verify_state& v) {
  if (!v.board.is_open(check_id::manifest_roster)) {
    return;
  }
  const auto keys = roster::decode(v.election);
  if (!keys) {  // record.elements has looked at every key already
    v.board.fail_within(check_id::manifest_roster, "manifest", keys.error());
    return;
  }
  v.boards.assign(keys->boards().begin(), keys->boards().end());
  v.authority = keys->authority();
  for (std::uint32_t b = 0; b < v.board_sizes.size(); ++b) {
    auto& made = v.rosters.emplace_back(board{v.board_sizes[b].threshold, {}});
    for (std::uint32_t j = 1; j <= v.board_sizes[b].trustees; ++j) {
      made.trustees.push_back(keys->keys_of(board_index(b), trustee_index(j)));
    }
  }
  if (const auto ok = check_keys(v.election, *keys); !ok) {
    v.board.fail_within(check_id::manifest_roster, "manifest", ok.error());
    return;
  }
  if (const auto proved = verify(v.election, *keys); !proved) {
    v.board.fail(check_id::manifest_roster, "manifest", proved.reason());
    return;
  }
  v.board.pass(check_id::manifest_roster);
}

}  // namespace

void verify_manifest(verify_state& v) {
  if (!v.board.is_open(check_id::record_items)) {
    return;
  }
  describe_election(v);
  check_rules(v);
  check_options(v);
  check_binding(v);
  check_roster(v);
}

}  // namespace sandoq
