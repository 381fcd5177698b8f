#include "drill_booth.hpp"

#include <algorithm>
#include <map>

#include "clock.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"

namespace sandoq::tool {
namespace {

class memory_journal final : public journal_writer {
 public:
  explicit memory_journal(std::vector<journal_entry>& items) : items_(items) {}

  result<void> append(journal_kind kind, byte_view canonical) override {
    items_.push_back({kind, bytes(canonical.begin(), canonical.end())});
    return {};
  }

 private:
  std::vector<journal_entry>& items_;
};

std::vector<option_index> as_slots(const std::vector<std::uint32_t>& entered, std::size_t room) {
  std::vector<option_index> out;
  for (const std::uint32_t option : entered) {
    out.emplace_back(option);
  }
  out.resize(std::max(out.size(), room), contest_selection::no_option);
  return out;
}

/// As a booth does it: room for as many marks as there may be, whatever is marked, and where lists
/// have codes for one of them. (A booth has more room for over-votes and strike-outs; here it is as
/// much as a made-up voter needs.)
result<contest_selection> selection_in(const contest_terms& terms, const voter& v,
                                       std::size_t contest) {
  const ballot_rule& rule = terms.codes.entries();
  const auto slots = as_slots(v.choices[contest], rule.max_votes);
  if (terms.encoding == contest_encoding::packed_ranking) {
    return contest_selection::of_ranks(terms, slots);
  }
  if (rule.code == ballot_rule::list_code::none) {
    return contest_selection::of_slots(terms, slots);
  }
  const auto struck = as_slots(v.struck_in(contest), 0);
  return contest_selection::of_list(terms,
                                    {.list = v.list_of(contest).value_or(list_entries::no_list),
                                     .struck = struck,
                                     .slots = slots});
}

result<ballot_selection> selection_of(const election_context& election, const voter& v) {
  std::vector<contest_selection> selections;
  const auto contests = election.index().contests_of(v.style);
  for (std::size_t i = 0; i < contests.size(); ++i) {
    auto made = selection_in(election.terms(contests[i]), v, i);
    if (!made) {
      return tl::unexpected(std::move(made.error()));
    }
    selections.push_back(std::move(*made));
  }
  return ballot_selection::make(election, branch_index{v.branch.value()}, v.style,
                                std::move(selections));
}

/// A voter at an open device.
class booth {
 public:
  booth(const polling_day& day, device_journal& journal)
      : day_(day), journal_(journal), writer_(journal.items) {}

  result<ready_device> open(const device_queue& queue, std::uint32_t capacity) {
    auto enrolled = enrolled_device::enrol({day_.election, day_.prover, queue.place}, capacity,
                                           now(), day_.random);
    if (!enrolled) {
      return tl::unexpected(std::move(enrolled.error()));
    }
    // The boards hand over their seeds only now that the device has committed to its own.
    std::vector<seed_ratchet> seeds;
    for (std::uint32_t b = 0; b < day_.election.keys().boards().size(); ++b) {
      seeds.push_back(seed_ratchet::draw(day_.election.seeds(queue.place),
                                         seed_role_of(board_index{b}), capacity, day_.random));
    }
    auto prepared = std::move(*enrolled).prepare(std::move(seeds));
    if (!prepared) {
      return tl::unexpected(std::move(prepared.error()));
    }
    auto signatures = day_.trustees.sign("opening", prepared->message().digest, day_.random);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    return std::move(*prepared).open(*signatures, writer_);
  }

  result<ready_device> vote(ready_device device, const voter& v) {
    if (v.habit == voter_habit::challenges) {
      auto next = resolve(std::move(device), v, [](committed_ballot ballot) {
        return std::move(ballot).challenge(now());
      });
      if (!next) {
        return next;
      }
      device = std::move(*next);
    } else if (v.habit == voter_habit::spoils) {
      auto next = resolve(std::move(device), v,
                          [](committed_ballot ballot) { return std::move(ballot).discard(now()); });
      if (!next) {
        return next;
      }
      device = std::move(*next);
    }
    return resolve(std::move(device), v, [&](committed_ballot ballot) {
      accepted_token token{{}, v.style};
      day_.random.fill(token.token);
      journal_.tokens.push_back(token);
      return std::move(ballot).cast(now());
    });
  }

  result<void> close(ready_device device) {
    auto closing = std::move(device).close(now(), day_.random);
    if (!closing) {
      return tl::unexpected(std::move(closing.error()));
    }
    auto signatures = day_.trustees.sign("close", closing->message().digest, day_.random);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    auto closed = std::move(*closing).finish(*signatures, writer_);
    if (!closed) {
      return tl::unexpected(std::move(closed.error()));
    }
    return {};
  }

  /// The device broke down: the boards close its journal in its place.
  result<void> recover() {
    const chain_context chain = day_.election.chain();
    auto recovered = recover_journal(chain, journal_.items, now(), "broke down in a drill");
    if (!recovered) {
      return tl::unexpected(std::move(recovered.error()));
    }
    recovery_item& recovery = recovered->recovery;
    auto signatures =
        day_.trustees.sign("recovery", board_message(chain, recovery).digest, day_.random);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    recovery.signatures = std::move(*signatures);
    return writer_.append(journal_kind::recovery, recovery.encode());
  }

  /// The boards exclude the journal, as far as the device has written it.
  result<void> exclude(const device_place& place) {
    const chain_context chain = day_.election.chain();
    auto exclusion = exclude_journal(chain, place, now(), exclusion_reason::other,
                                     "excluded for practice", journal_.items);
    if (!exclusion) {
      return tl::unexpected(std::move(exclusion.error()));
    }
    auto signatures =
        day_.trustees.sign("exclusion", board_message(chain, *exclusion).digest, day_.random);
    if (!signatures) {
      return tl::unexpected(std::move(signatures.error()));
    }
    exclusion->signatures = std::move(*signatures);
    journal_.items.insert(journal_.items.begin(), {journal_kind::exclusion, exclusion->encode()});
    return {};
  }

 private:
  /// One ballot from choices to its resolution.
  template <class Resolve>
  result<ready_device> resolve(ready_device device, const voter& v, const Resolve& how) {
    auto selection = selection_of(day_.election, v);
    if (!selection) {
      return tl::unexpected(std::move(selection.error()));
    }
    auto encrypted =
        std::move(device).encrypt(std::move(*selection), ballot_item::no_digits, now());
    if (!encrypted) {
      return tl::unexpected(std::move(encrypted.error()));
    }
    auto committed = std::move(*encrypted).commit(writer_);
    if (!committed) {
      return tl::unexpected(std::move(committed.error()));
    }
    return how(std::move(*committed)).commit(writer_);
  }

  const polling_day& day_;
  device_journal& journal_;
  memory_journal writer_;
};

}  // namespace

std::vector<device_queue> queues_of(const scenario& s) {
  std::map<device_place, std::vector<const voter*>> queues;
  for (const auto& [branch, devices] : s.devices) {
    for (std::uint32_t d = 1; d <= devices; ++d) {
      queues[{branch_index{branch.value()}, device_index{d}}] = {};
    }
  }
  for (const voter& v : s.voters) {
    queues[{branch_index{v.branch.value()}, v.device}].push_back(&v);
  }
  std::vector<device_queue> out;
  for (auto& [place, voters] : queues) {
    device_queue& queue = out.emplace_back(device_queue{place, std::move(voters)});
    const auto befell = s.mishaps.find({node_index{place.branch.value()}, place.device});
    if (befell != s.mishaps.end()) {
      queue.befell = befell->second;
    }
  }
  return out;
}

std::uint32_t serials_needed(const device_queue& queue) {
  std::uint32_t serials = 0;
  for (const voter* v : queue.voters) {
    serials += v->habit == voter_habit::casts ? 1 : 2;
  }
  return std::max(serials, 1U);
}

result<device_journal> serve(const polling_day& day, const device_queue& queue) {
  device_journal journal;
  booth at(day, journal);
  auto device = at.open(queue, serials_needed(queue));
  if (!device) {
    return tl::unexpected(std::move(device.error()));
  }
  for (const voter* v : queue.voters) {
    auto next = at.vote(std::move(*device), *v);
    if (!next) {
      return tl::unexpected(std::move(next.error()));
    }
    device = std::move(next);
  }
  auto ended = !queue.befell                   ? at.close(std::move(*device))
               : *queue.befell == mishap::lost ? at.recover()
                                               : at.exclude(queue.place);
  if (!ended) {
    return tl::unexpected(std::move(ended.error()));
  }
  return journal;
}

}  // namespace sandoq::tool
