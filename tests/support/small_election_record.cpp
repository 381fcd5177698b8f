// The half of small_election that comes after the ballots: sums, opening, result, files.

#include <algorithm>
#include <fstream>
#include <set>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/mixnet/element_list.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/tally/accumulate.hpp"
#include "sandoq/tally/merkle_sum_tree.hpp"
#include "sandoq/tally/opened_votes.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "sandoq/tally/settlement.hpp"
#include "sandoq/tally/tally_shape.hpp"
#include "sandoq/threshold/list_answer.hpp"
#include "sandoq/threshold/list_answer_secret.hpp"
#include "sandoq/threshold/partial_decryption.hpp"
#include "sandoq/threshold/partial_decryption_secret.hpp"
#include "tests/support/must.hpp"
#include "tests/support/small_election.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

void must(const result<void>& r) {
  SANDOQ_EXPECTS(r.has_value(), "a step of the test election succeeds");
}

struct file_items {
  std::string name;
  std::span<const framed_item> items;
};

// All files that the head lists, in its order.
std::vector<file_items> files_of(const election_draft& draft, std::size_t items_a_ballot_file) {
  const auto items_of = [&draft](record_section section) {
    const auto at = draft.items.find(section);
    return at == draft.items.end() ? std::span<const framed_item>() : std::span(at->second);
  };
  std::vector<file_items> out{
      {std::string(manifest_file_name), items_of(record_section::manifest)},
      {std::string(ceremony_file_name), items_of(record_section::ceremony)}};
  std::uint32_t number = 0;
  auto ballots = items_of(record_section::ballots);
  do {
    const std::size_t here = std::min(ballots.size(), items_a_ballot_file);
    out.push_back({ballot_file_name(++number), ballots.first(here)});
    ballots = ballots.subspan(here);
  } while (!ballots.empty());
  out.push_back({std::string(tally_file_name), items_of(record_section::tally)});
  if (const auto mix = items_of(record_section::mix); !mix.empty()) {  // in two files
    const std::size_t here = (mix.size() + 1) / 2;
    out.push_back({mix_file_name(1), mix.first(here)});
    if (here < mix.size()) {
      out.push_back({mix_file_name(2), mix.subspan(here)});
    }
  }
  out.push_back({std::string(opening_file_name), items_of(record_section::opening)});
  return out;
}

void put_list(std::vector<framed_item>& out, byte_view list) {
  for (std::size_t part = 0; part < element_list_parts(list.size() / 32); ++part) {
    out.push_back({item_kind::mix_elements, element_list_part(list, part)});
  }
}

// A group as it stands in the mix files.
void put_mix(std::vector<framed_item>& out, const mixed_draft& mixed) {
  out.push_back({item_kind::mix_group, mixed.group.encode()});
  for (const mixed_stage& stage : mixed.stages) {
    out.push_back({item_kind::mix_stage, stage.item.encode()});
    put_list(out, stage.outputs);
  }
  for (const list_answer& answer : mixed.answers) {
    const auto count = static_cast<std::uint32_t>(answer.factors.size() / 32);
    const mix_factors factors{mixed.group.group, answer.item.board, answer.item.trustee, count};
    out.push_back({item_kind::mix_factors, factors.encode()});
    put_list(out, answer.factors);
  }
}

// What a list of rankings must say when it is opened.
opened_votes votes_for(const scenario& plan, contest_index contest) {
  opened_votes out = no_votes(plan.election.contests[contest.value()]);
  for (const vote& v : plan.votes) {
    const auto& contests = plan.election.styles[v.style].contests;
    const auto at = std::find(contests.begin(), contests.end(), contest);
    if (at == contests.end() || !counts(plan, v)) {
      continue;
    }
    std::vector<option_index> ranking;
    for (const std::uint32_t code :
         ranks_of(v.choices[static_cast<std::size_t>(at - contests.begin())])) {
      ranking.emplace_back(code - 1);
    }
    ++out.ballots;
    ++out.rankings[ranking];
  }
  return out;
}

}  // namespace

// Ballots that do not verify are left out: whoever put them there expects no more of the tally.
void small_election::make_tally() {
  const tally_shape shape = tally_shape::of(draft.election);
  const tally_context context{context_->e1(), context_->domain()};
  merkle_sum_tree_builder builder(context, shape);
  const ballot_verifier verifier(*context_);
  for (const node_index branch : shape.branches()) {
    branch_tally sums(context, shape, branch);
    for (const journal_draft& journal : draft.journals) {
      for (const ballot_draft& b : journal.ballots) {
        if (journal.exclusion || journal.opening.place.branch.value() != branch.value() ||
            !std::holds_alternative<cast_item>(b.resolution)) {
          continue;
        }
        const auto outcomes = verifier.verify(std::span(&b.ballot, 1), *workers_);
        if (outcomes[0]) {
          must(sums.add(*outcomes[0]));
        }
      }
    }
    for (tally_node& node : must(builder.add_branch(std::move(sums).finish(builder.position())))) {
      draft.nodes.push_back(std::move(node));
    }
  }
  std::sort(draft.nodes.begin(), draft.nodes.end(),
            [](const tally_node& a, const tally_node& b) { return a.node < b.node; });
  at(stage::nodes);
}

// Every board commits to its part of a lot, if the manifest asks for it.
void small_election::commit_to_lot() {
  if (draft.election.beacon.empty()) {
    return;
  }
  const lot_context context{context_->e1(), context_->domain()};
  for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
    lot_values_.push_back({board_index(b), random_.octets<32>()});
    draft.lot_commits.push_back({board_index(b), lot_values_.back().commitment(context), {}});
  }
  at(stage::lot_commits);
  for (std::size_t b = 0; b < draft.lot_commits.size() && b < plan_.boards.size(); ++b) {
    lot_commit& commit = draft.lot_commits[b];
    commit.signatures =
        sign_quorum({"lot/commit", context.domain, context.election_hash, commit.signed_digest()})
            .boards[b];
  }
  at(stage::lot_commits_signed);
}

void small_election::open_sums() {
  closings_ = closings_hash(context_->e1());
  for (const journal_draft& journal : draft.journals) {
    const auto add = [this](item_kind kind, const bytes& item) {
      closings_.add(static_cast<std::uint32_t>(kind), item);
    };
    if (journal.exclusion) {
      add(item_kind::exclusion, journal.exclusion->encode());
    } else if (journal.recovery) {
      add(item_kind::recovery, journal.recovery->encode());
    } else {
      add(item_kind::close, journal.close.encode());
    }
  }
  for (const lot_commit& commit : draft.lot_commits) {
    closings_.add_lot(commit.encode());
  }
  for (std::uint32_t c = 0; c < draft.election.contests.size(); ++c) {
    const node_index scope = draft.election.contests[c].scope;
    const auto& totals = draft.nodes.at(scope.value()).subtotals.contests;
    const auto total = std::find_if(totals.begin(), totals.end(),
                                    [c](const auto& t) { return t.contest == contest_index(c); });
    if (total != totals.end() && total->ballots > 0 && !total->sums.empty()) {
      open(contest_index(c), {scope}, std::nullopt);
    }
  }
  for (opened_groups_ = 0; opened_groups_ < draft.mixed.size(); ++opened_groups_) {
    open_list();
  }
  for (const planned_opening& part : plan_.parts) {
    open(part.contest, part.nodes, part);
  }
}

// Whoever broke the sums of its places expects no request for them.
void small_election::open(contest_index contest, const std::vector<node_index>& nodes,
                          std::optional<planned_opening> part) {
  const auto subject = subject_of(draft.nodes, contest, nodes, closings_.digest());
  if (!subject) {
    return;
  }
  draft.openings.push_back({std::move(part), {}, {}});
  opening_request& request = draft.openings.back().request;
  static_cast<opening_subject&>(request) = *subject;
  chain(request);
  last_request_ = [this, at = draft.openings.size() - 1] {
    return draft.openings.at(at).request.hash();
  };
  at(stage::request);
  request.signatures = sign_quorum({"open", context_->domain(), context_->e1(), request.hash()});
  at(stage::request_signed);
  answer(request);
  at(stage::partials);
}

template <class Request>
void small_election::chain(Request& request) {
  request.election_hash = context_->e1();
  request.domain = context_->domain();
  request.number = ++requests_;
  request.previous = last_request_ ? last_request_() : digest32{};
}

std::span<const trustee_index> small_election::answering(board_index board) const {
  const auto present = who_.of(board);
  return board.value() == 0 ? present.last(plan_.boards[0].threshold) : present;
}

decryption_share small_election::share_of(board_index board, trustee_index trustee) const {
  secret_scalar<G> share{};
  for (const trustee_index dealer : who_.of(board)) {
    share = secret_ops<G>::add(
        share, polynomials_.at({board.value(), dealer.value()}).evaluate(trustee.value()));
  }
  const auto& published = draft.key.boards[board.value()].share_keys[trustee.value() - 1];
  return {board, trustee, must(encoded_element<G>::decode(published.view())), std::move(share)};
}

// More than are needed.
void small_election::answer(const opening_request& request) {
  const auto decoded = decode_elements(request);
  if (!decoded) {
    return;
  }
  for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
    for (const trustee_index j : answering(board_index(b))) {
      draft.openings.back().partials.push_back(must(prove_partial_decryption(
          *decoded, share_of(board_index(b), j), secrets(b, j.value()).signing(), random_)));
    }
  }
}

void small_election::open_list() {
  mixed_draft& group = at_group();
  list_request& request = group.request;
  const mixed_stage& last = group.stages.back();
  const std::size_t width = width_of(context_->terms(group.group.contest));
  static_cast<list_subject&>(request) = {
      .group = group.group.group,
      .contest = group.group.contest,
      .stages = static_cast<std::uint32_t>(group.stages.size()),
      .ciphertexts = static_cast<std::uint32_t>(last.outputs.size() / (64 * width)),
      .list = last.item.list,
      .closings = closings_.digest()};
  chain(request);
  last_request_ = [this, at = opened_groups_] { return draft.mixed.at(at).request.hash(); };
  at(stage::list_request);
  request.signatures = sign_quorum({"open", context_->domain(), context_->e1(), request.hash()});
  at(stage::list_request_signed);
  if (const auto decoded = decode_elements(request, width, last.outputs, *workers_)) {
    answer_list(*decoded);
  }
  at(stage::list_partials);
}

void small_election::answer_list(const decoded_request& request) {
  for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
    for (const trustee_index j : answering(board_index(b))) {
      at_group().answers.push_back(
          must(prove_list_answer(request, share_of(board_index(b), j),
                                 secrets(b, j.value()).signing(), random_, *workers_)));
    }
  }
}

void small_election::make_results() {
  const auto counts = plain_counts(plan_);
  for (std::uint32_t c = 0; c < counts.size(); ++c) {
    std::uint64_t ballots = 0;
    for (const opening_draft& opening : draft.openings) {
      const opening_request& request = opening.request;
      ballots += !opening.part && request.contest == contest_index(c) ? request.ballots : 0;
    }
    if (ballots == 0) {  // no sums, but lists
      for (const mixed_draft& mixed : draft.mixed) {
        ballots += mixed.group.contest == contest_index(c) ? mixed.group.ballots : 0;
      }
    }
    draft.results.push_back(
        make_result(contest_index(c), draft.election.contests[c], ballots, counts[c]));
  }
  for (const opening_draft& opening : draft.openings) {
    if (opening.part) {
      draft.subtotals.push_back(
          {opening.request.number, opening.request.ballots, counts_of_part(plan_, *opening.part)});
    }
  }
  at(stage::results);
}

// Decides ties by attributes (which are equal for all) and lot.
void small_election::make_ties() {
  const lot_context context{context_->e1(), context_->domain()};
  std::vector<contest_tie> ties;
  results_hash results;
  for (const contest_result& result : draft.results) {
    results.add(result.encode());
    for (contest_tie& tie : ties_of(result)) {
      ties.push_back(std::move(tie));
    }
  }
  if (ties.empty() || !plan_.resolves_ties) {
    return;
  }
  tie_items& items = draft.ties;
  for (const contest_tie& tie : ties) {
    const std::size_t attributes = draft.election.contests[tie.contest.value()].attributes.size();
    if (attributes > 0 &&
        (items.attributes.empty() || items.attributes.back().contest != tie.contest)) {
      items.attributes.push_back({tie.contest, {}, {}});
    }
    for (const option_index option : tie.tie.options) {
      if (attributes > 0) {
        items.attributes.back().options.push_back(
            {option, std::vector<std::uint32_t>(attributes, 0)});
      }
    }
  }
  for (tie_attributes& item : items.attributes) {
    std::sort(item.options.begin(), item.options.end(),
              [](const auto& a, const auto& b) { return a.option < b.option; });
  }
  if (needs_lot(ties, items.attributes)) {
    items.reveals = lot_values_;
    items.beacon.emplace().value = {std::byte{'4'}, std::byte{'2'}};
  }
  at(stage::ties);
  for (tie_attributes& item : items.attributes) {
    item.signature = must(sign(
        *authority_key_,
        signed_message{"attributes", context.domain, context.election_hash, item.signed_digest()},
        random_));
  }
  std::optional<digest32> seed;
  if (items.beacon) {
    items.beacon->signatures = sign_quorum(
        {"lot/beacon", context.domain, context.election_hash, items.beacon->signed_digest()});
    seed = lot_seed(context, results.digest(), items.reveals, *items.beacon);
  }
  items.resolutions = resolve_ties(ties, items.attributes, seed);
  at(stage::ties_signed);
}

// Of contests of rule 2, which here are rankings without ties.
void small_election::make_allocations() {
  const roster keys = must(roster::decode(draft.election));
  for (const contest_result& result : draft.results) {
    const contest_entry& contest = draft.election.contests[result.contest.value()];
    if (contest.rule != seat_rule::by_law) {
      continue;
    }
    const std::vector ruled{ruled_contest{
        result.contest, counted_by_rule(contest, result, votes_for(plan_, result.contest))}};
    const tie_question question{{draft.election, {}, ruled},
                                {context_->e1(), context_->domain()},
                                keys.boards(),
                                draft.lot_commits,
                                {}};
    draft.allocations.push_back(
        must(make_allocation(result.contest, must(settle(question, ruled.front(), draft.ties)))));
  }
  at(stage::allocations);
}

void small_election::encode_items() {
  auto& items = draft.items;
  const auto put = [&items](item_kind kind, bytes canonical) {
    items[section_of(kind)].push_back({kind, std::move(canonical)});
  };
  put(item_kind::manifest, draft.election.encode());
  const auto put_all = [&put](item_kind kind, const auto& list) {
    for (const auto& item : list) {
      put(kind, item.encode());
    }
  };
  for (const ceremony_items& attempt : draft.attempts()) {
    put_all(item_kind::dkg_absence, attempt.absences);
    put_all(item_kind::dkg_commit, attempt.commits);
    put_all(item_kind::dkg_reveal, attempt.reveals);
    put_all(item_kind::dkg_deal, attempt.deals);
    put_all(item_kind::dkg_complaint, attempt.complaints);
    put_all(item_kind::dkg_confirm, attempt.confirms);
  }
  put(item_kind::election_key, draft.key.encode());
  for (std::size_t i = 0; i < draft.journals.size(); ++i) {
    const journal_draft& journal = draft.journals[i];
    if (journal.exclusion) {
      put(item_kind::exclusion, journal.exclusion->encode());
    }
    for (journal_entry& entry : journal.entries()) {
      put(static_cast<item_kind>(entry.kind), std::move(entry.canonical));
    }
    const branch_index branch = journal.opening.place.branch;
    const bool last_of_branch =
        i + 1 == draft.journals.size() || draft.journals[i + 1].opening.place.branch != branch;
    for (const eligibility_item& log : draft.eligibility) {
      if (last_of_branch && log.branch == branch) {
        put(item_kind::eligibility, log.encode());
      }
    }
  }
  for (const tally_node& node : draft.nodes) {
    put(item_kind::tally_node, node.encode());
  }
  for (const lot_commit& commit : draft.lot_commits) {
    put(item_kind::lot_commit, commit.encode());
  }
  const auto put_sums = [&](bool parts) {
    for (const opening_draft& opening : draft.openings) {
      if (opening.part.has_value() == parts) {
        put(item_kind::request, opening.request.encode());
        put_all(item_kind::partial, opening.partials);
      }
    }
  };
  put_sums(false);
  for (const mixed_draft& mixed : draft.mixed) {
    put_mix(items[record_section::mix], mixed);
    put(item_kind::list_request, mixed.request.encode());
    for (const list_answer& answer : mixed.answers) {
      put(item_kind::list_partial, answer.item.encode());
    }
  }
  put_sums(true);
  for (const contest_result& result : draft.results) {
    put(item_kind::result, result.encode());
  }
  for (const subtotal& part : draft.subtotals) {
    put(item_kind::subtotal, part.encode());
  }
  for (const tie_attributes& item : draft.ties.attributes) {
    put(item_kind::attributes, item.encode());
  }
  for (const lot_reveal& item : draft.ties.reveals) {
    put(item_kind::lot_reveal, item.encode());
  }
  if (draft.ties.beacon) {
    put(item_kind::lot_beacon, draft.ties.beacon->encode());
  }
  put_all(item_kind::resolution, draft.ties.resolutions);
  put_all(item_kind::allocation, draft.allocations);
}

std::map<std::string, bytes> small_election::files() const {
  std::map<std::string, bytes> out;
  for (const file_items& file : files_of(draft, plan_.items_a_ballot_file)) {
    bytes& content = out[file.name];
    for (const framed_item& item : file.items) {
      append_item(content, item.kind, item.canonical);
    }
  }
  append_item(out[std::string(head_file_name)], item_kind::head, draft.head.encode());
  return out;
}

void small_election::list_files() {
  std::uint64_t cast = 0;
  for (const journal_draft& journal : draft.journals) {
    cast += journal.cast_ballots();
  }
  draft.head.domain = draft.election.domain;
  draft.head.manifest_hash = draft.e0;
  draft.head.election_hash = draft.key.election_hash;
  draft.head.cast_ballots = cast;
  draft.head.files.clear();
  const auto contents = files();
  for (const file_items& file : files_of(draft, plan_.items_a_ballot_file)) {
    const bytes& content = contents.at(file.name);
    draft.head.files.push_back({file.name, content.size(),
                                static_cast<std::uint32_t>(file.items.size()),
                                listed_hash(sha512::of(content))});
  }
}

void small_election::sign_head() {
  draft.head.signatures = sign_quorum(
      {"head", draft.head.domain, draft.head.election_hash, draft.head.signed_digest()});
}

void small_election::write(const std::filesystem::path& directory) const {
  std::filesystem::create_directory(directory);
  for (const auto& [name, content] : files()) {
    std::ofstream out(directory / name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(content.data()),
              static_cast<std::streamsize>(content.size()));
    SANDOQ_EXPECTS(out.good(), "the test record can be written");
  }
}

}  // namespace sandoq::testing
