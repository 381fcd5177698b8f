// The half of small_election that comes after the ballots: sums, opening, result, files.

#include <algorithm>
#include <fstream>
#include <set>

#include "sandoq/ballot/ballot_verifier.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/tally/accumulate.hpp"
#include "sandoq/tally/merkle_sum_tree.hpp"
#include "sandoq/tally/tally_shape.hpp"
#include "sandoq/threshold/partial_decryption.hpp"
#include "sandoq/threshold/partial_decryption_secret.hpp"
#include "tests/support/small_election.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;

void must(const result<void>& r) {
  SANDOQ_EXPECTS(r.has_value(), "a step of the test election succeeds");
}

template <class T>
T must(result<T> r) {
  if (!r) {
    std::fprintf(stderr, "small_election: %s\n", to_string(r.error()).c_str());
  }
  SANDOQ_EXPECTS(r.has_value(), "a step of the test election succeeds");
  return std::move(*r);
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
        if (journal.opening.place.branch.value() != branch.value() ||
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

void small_election::open_totals() {
  closings_hash closings(context_->e1());
  for (const journal_draft& journal : draft.journals) {
    closings.add(journal.close.encode());
  }
  digest32 previous;
  for (std::uint32_t c = 0; c < draft.election.contests.size(); ++c) {
    const node_index scope = draft.election.contests[c].scope;
    const tally_node& node = draft.nodes.at(scope.value());
    const auto& totals = node.subtotals.contests;
    const auto total = std::find_if(totals.begin(), totals.end(),
                                    [c](const auto& t) { return t.contest == contest_index(c); });
    if (total == totals.end() || total->ballots == 0) {
      continue;
    }
    opening_request& request = draft.openings.emplace_back().request;
    request.election_hash = context_->e1();
    request.domain = context_->domain();
    request.number = static_cast<std::uint32_t>(draft.openings.size());
    request.previous = previous;
    request.contest = contest_index(c);
    request.node = scope;
    request.lo = node.lo;
    request.hi = node.hi;
    request.node_hash = node.hash;
    request.ballots = total->ballots;
    request.ciphertexts = total->sums;
    request.closings = closings.digest();
    at(stage::request);
    request.signatures = sign_quorum({"open", context_->domain(), context_->e1(), request.hash()});
    at(stage::request_signed);
    previous = request.hash();
    answer(request);
    at(stage::partials);
  }
}

// Board 0 answers by its last threshold of trustees, board 1 by all: more than needed.
void small_election::answer(const opening_request& request) {
  const auto decoded = decode_elements(request);
  if (!decoded) {
    return;
  }
  for (std::uint32_t b = 0; b < plan_.boards.size(); ++b) {
    const board_size size = plan_.boards[b];
    for (std::uint32_t j = b == 0 ? size.trustees - size.threshold + 1 : 1; j <= size.trustees;
         ++j) {
      secret_scalar<G> share = polynomials_[b][0].evaluate(j);
      for (std::size_t i = 1; i < polynomials_[b].size(); ++i) {
        share = secret_ops<G>::add(share, polynomials_[b][i].evaluate(j));
      }
      const auto share_key =
          encoded_element<G>::decode(draft.key.boards[b].share_keys[j - 1].view());
      const decryption_share part{board_index(b), trustee_index(j), must(share_key),
                                  std::move(share)};
      draft.openings.back().partials.push_back(
          must(prove_partial_decryption(*decoded, part, secrets(b, j).signing(), random_)));
    }
  }
}

void small_election::make_results() {
  const auto counts = plain_counts(plan_);
  for (std::uint32_t c = 0; c < counts.size(); ++c) {
    std::uint64_t ballots = 0;
    for (const opening_draft& opening : draft.openings) {
      ballots += opening.request.contest == contest_index(c) ? opening.request.ballots : 0;
    }
    draft.results.push_back(
        make_result(contest_index(c), draft.election.contests[c], ballots, counts[c]));
  }
  at(stage::results);
}

void small_election::encode_items() {
  auto& items = draft.items;
  const auto put = [&items](item_kind kind, bytes canonical) {
    items[section_of(kind)].push_back({kind, std::move(canonical)});
  };
  put(item_kind::manifest, draft.election.encode());
  for (const auto& item : draft.ceremony.commits) {
    put(item_kind::dkg_commit, item.encode());
  }
  for (const auto& item : draft.ceremony.reveals) {
    put(item_kind::dkg_reveal, item.encode());
  }
  for (const auto& item : draft.ceremony.deals) {
    put(item_kind::dkg_deal, item.encode());
  }
  for (const auto& item : draft.ceremony.confirms) {
    put(item_kind::dkg_confirm, item.encode());
  }
  put(item_kind::election_key, draft.key.encode());
  for (const journal_draft& journal : draft.journals) {
    put(item_kind::opening, journal.opening.encode());
    for (const ballot_draft& b : journal.ballots) {
      put(item_kind::ballot, b.ballot.encode());
      std::visit(
          [&put](const auto& item) {
            put(static_cast<item_kind>(std::decay_t<decltype(item)>::kind), item.encode());
          },
          b.resolution);
    }
    put(item_kind::close, journal.close.encode());
  }
  for (const tally_node& node : draft.nodes) {
    put(item_kind::tally_node, node.encode());
  }
  for (const opening_draft& opening : draft.openings) {
    put(item_kind::request, opening.request.encode());
    for (const partial_decryption& partial : opening.partials) {
      put(item_kind::partial, partial.encode());
    }
  }
  for (const contest_result& result : draft.results) {
    put(item_kind::result, result.encode());
  }
}

std::map<std::string, bytes> small_election::files() const {
  const std::map<record_section, std::string> names{
      {record_section::manifest, std::string(manifest_file_name)},
      {record_section::ceremony, std::string(ceremony_file_name)},
      {record_section::ballots, ballot_file_name(1)},
      {record_section::tally, std::string(tally_file_name)},
      {record_section::opening, std::string(opening_file_name)}};
  std::map<std::string, bytes> out;
  for (const auto& [section, name] : names) {
    bytes& content = out[name];
    const auto items = draft.items.find(section);
    if (items != draft.items.end()) {
      for (const framed_item& item : items->second) {
        append_item(content, item.kind, item.canonical);
      }
    }
  }
  append_item(out[std::string(head_file_name)], item_kind::head, draft.head.encode());
  return out;
}

void small_election::list_files() {
  std::uint64_t cast = 0;
  for (const journal_draft& journal : draft.journals) {
    cast += journal.close.counters.cast;
  }
  draft.head.domain = draft.election.domain;
  draft.head.manifest_hash = draft.e0;
  draft.head.election_hash = draft.key.election_hash;
  draft.head.cast_ballots = cast;
  draft.head.files.clear();
  const auto contents = files();
  for (const auto& [section, name] :
       {std::pair{record_section::manifest, std::string(manifest_file_name)},
        std::pair{record_section::ceremony, std::string(ceremony_file_name)},
        std::pair{record_section::ballots, ballot_file_name(1)},
        std::pair{record_section::tally, std::string(tally_file_name)},
        std::pair{record_section::opening, std::string(opening_file_name)}}) {
    const bytes& content = contents.at(name);
    draft.head.files.push_back({name, content.size(),
                                static_cast<std::uint32_t>(draft.items[section].size()),
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
