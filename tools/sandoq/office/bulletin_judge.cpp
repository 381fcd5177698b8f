#include "bulletin_judge.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "../file_bytes.hpp"
#include "ceremony_reader.hpp"
#include "message_check.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "sandoq/ballot/journal_recovery.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

constexpr auto number(item_kind kind) noexcept {
  return static_cast<std::uint32_t>(kind);
}
constexpr auto number(exchange_kind kind) noexcept {
  return static_cast<std::uint32_t>(kind);
}

const message_place closes{number(exchange_kind::statement), number(item_kind::close)};

bool begins_with(const message_place& place, const message_place& begin) {
  return place.size() >= begin.size() && std::equal(begin.begin(), begin.end(), place.begin());
}

/// "is not signed by executive-1", "of device 2 of branch tehran-1: ..."
std::string words_of(const error& problem) {
  return problem.place == "message" ? problem.reason : "of " + to_string(problem);
}

tl::unexpected<error> two_at_one_place(const std::string& one, const std::string& other,
                                       const std::string& what) {
  return fail(errc::duplicate, one,
              "and " + other + " hold two different messages for one place (" + what +
                  "), and both hold by themselves; ask whoever wrote them, keep both as evidence "
                  "elsewhere, and leave one here");
}

/// Of the lists that a device has signed, the one that all others have grown into.
void keep_newest_tokens(std::vector<published>& there) {
  const auto newest = std::max_element(
      there.begin(), there.end(),
      [](const auto& a, const auto& b) { return a.canonical.size() < b.canonical.size(); });
  const auto whole = device_tokens::decode(newest->canonical);
  const bool includes_all = std::all_of(there.begin(), there.end(), [&](const published& each) {
    const auto list = device_tokens::decode(each.canonical);
    return whole && list && whole->includes(*list);
  });
  if (includes_all) {
    published one = std::move(*newest);
    there.clear();
    there.push_back(std::move(one));
  }
}

}  // namespace

void bulletin_judge::leave(const std::string& file, const std::string& reason) {
  board_.left_aside_.push_back({file, with_names(board_.plan(), reason)});
}

result<void> bulletin_judge::claim(std::vector<published>& there) {
  if (there.size() > 1 && there.front().kind == number(exchange_kind::tokens)) {
    keep_newest_tokens(there);
  }
  return there.size() < 2
             ? result<void>{}
             : two_at_one_place(there[1].file, there[0].file, name_of_message(there[0].kind));
}

/// Leaves aside what does not hold.
void bulletin_judge::drop(const message_place& begin, const rule& holds) {
  auto& all = board_.messages_;
  for (auto at = all.lower_bound(begin); at != all.end() && begins_with(at->first, begin);) {
    std::vector<published> good;
    for (published& each : at->second) {
      if (auto ok = holds(each); ok) {
        good.push_back(std::move(each));
      } else {
        leave(each.file, name_of_message(each.kind) + " " + words_of(ok.error()));
      }
    }
    at->second = std::move(good);
    at = at->second.empty() ? all.erase(at) : std::next(at);
  }
}

/// The same; what is left claims its place.
result<void> bulletin_judge::keep(const message_place& begin, const rule& holds) {
  drop(begin, holds);
  auto& all = board_.messages_;
  for (auto at = all.lower_bound(begin); at != all.end() && begins_with(at->first, begin); ++at) {
    if (auto done = claim(at->second); !done) {
      return done;
    }
  }
  return {};
}

template <class Item, class Check>
result<void> bulletin_judge::keep_items(std::uint32_t kind, const Check& check) {
  return keep({kind}, [&](const published& each) -> result<void> {
    const auto item = Item::decode(each.canonical);
    return item ? check(*item) : result<void>(tl::unexpected(item.error()));
  });
}

result<void> bulletin_judge::judge() {
  judge_forms();
  if (auto done = judge_ceremony(); !done) {
    return done;
  }
  board_.ceremony_ = std::make_shared<const result<ceremony_state>>(read_ceremony(board_));
  const result<ceremony_state>& ceremony = *board_.ceremony_;
  if (!ceremony || ceremony->stage != ceremony_stage::complete) {
    put_off();
    return {};
  }
  const auto election = derive_election(board_, *ceremony);
  if (!election) {
    put_off();
    return {};
  }
  return judge_election(*election);
}

/// What counts always, since it says nothing by itself, can be read at least: whoever goes through
/// all of a kind need not think of one that cannot.
void bulletin_judge::judge_forms() {
  for (const exchange_kind kind : {exchange_kind::statement, exchange_kind::signature,
                                   exchange_kind::trustee_entry, exchange_kind::authority_entry}) {
    drop({number(kind)},
         [](const published& each) { return check_form(each.kind, each.canonical); });
  }
}

result<void> bulletin_judge::judge_ceremony() {
  const auto keys = roster::decode(board_.plan());
  const std::vector<board_keys> boards =
      keys ? std::vector<board_keys>(keys->boards().begin(), keys->boards().end())
           : std::vector<board_keys>();
  const ceremony_context context{board_.manifest_hash(), board_.plan().domain};
  const auto signed_by_its_trustee = [&](literal purpose) {
    return [&context, &boards, purpose](const auto& item) {
      return check_ceremony_message(context, boards, purpose, item);
    };
  };
  auto done =
      keep_items<dkg_commit>(number(item_kind::dkg_commit), signed_by_its_trustee("dkg/commit"));
  done = done ? keep_items<dkg_reveal>(number(item_kind::dkg_reveal),
                                       signed_by_its_trustee("dkg/reveal"))
              : std::move(done);
  done = done ? keep_items<dkg_deal>(number(item_kind::dkg_deal), signed_by_its_trustee("dkg/deal"))
              : std::move(done);
  done = done ? keep_items<dkg_complaint>(number(item_kind::dkg_complaint),
                                          signed_by_its_trustee("dkg/complaint"))
              : std::move(done);
  done = done ? keep_items<dkg_confirm>(number(item_kind::dkg_confirm),
                                        signed_by_its_trustee("dkg/confirm"))
              : std::move(done);
  return done ? keep_items<dkg_absence>(
                    number(item_kind::dkg_absence),
                    [&](const auto& item) { return check_absence_item(context, boards, item); })
              : done;
}

/// What is bound to an election hash that there is not yet.
void bulletin_judge::put_off() {
  const rule not_yet = [](const published&) -> result<void> {
    return fail(errc::missing, "message",
                "cannot be checked: the key ceremony is not complete in this bulletin");
  };
  for (const message_place& begin :
       {message_place{number(exchange_kind::announcement)},
        message_place{number(exchange_kind::seed_root)},
        message_place{number(exchange_kind::tokens)}, message_place{number(exchange_kind::agreed)},
        message_place{number(item_kind::attributes)}, message_place{number(item_kind::lot_reveal)},
        message_place{number(item_kind::partial)}, closes}) {
    drop(begin, not_yet);
  }
  for (const published_journal& each : board_.journals_) {
    leave(each.file,
          "journal: cannot be checked: the key ceremony is not complete in this bulletin");
  }
  board_.journals_.clear();
}

result<void> bulletin_judge::judge_election(const running_election& election) {
  auto done = keep_items<announcement>(
      number(exchange_kind::announcement),
      [&](const announcement& item) { return check_announcement(election, item); });
  done = done ? keep_items<seed_root>(
                    number(exchange_kind::seed_root),
                    [&](const seed_root& item) { return check_seed_root(election, item); })
              : std::move(done);
  done = done ? keep_items<tie_attributes>(number(item_kind::attributes),
                                           [&](const tie_attributes& item) {
                                             return check_attribute_item(election, item);
                                           })
              : std::move(done);
  done = done ? keep_items<agreed_quorum>(
                    number(exchange_kind::agreed),
                    [&](const agreed_quorum& item) { return check_agreed(election, item); })
              : std::move(done);
  done = done ? judge_journals(election) : std::move(done);
  done = done ? judge_polls(election) : std::move(done);
  return done ? judge_openings(election) : done;
}

const opening_item* bulletin_judge::opening_at(const device_place& place) const {
  for (const published_journal& each : board_.journals_) {
    if (each.place == place && each.opening) {
      return &*each.opening;
    }
  }
  return nullptr;
}

/// What devices sign by the keys of their openings.
result<void> bulletin_judge::judge_polls(const running_election& election) {
  const auto by_device = [&](const device_place& place, const auto& check) -> result<void> {
    const opening_item* opening = opening_at(place);
    return opening != nullptr ? check(*opening)
                              : fail(errc::missing, name_device(board_.plan(), place),
                                     "cannot be checked: no journal of this device that the boards "
                                     "have opened is in this bulletin");
  };
  auto done = keep(closes, [&](const published& each) -> result<void> {
    const auto what = statement::decode(each.canonical);
    const auto close = what ? decode_body<close_item>(*what) : tl::unexpected(what.error());
    if (!close) {
      return tl::unexpected(close.error());
    }
    if (opening_at(close->place) == nullptr) {
      board_.closes_without_journal_.push_back(*close);
    }
    return by_device(close->place, [&](const opening_item& opening) {
      return check_device_close(election, opening, *close);
    });
  });
  done = done ? keep_items<device_tokens>(
                    number(exchange_kind::tokens),
                    [&](const device_tokens& item) {
                      return by_device(item.place, [&](const opening_item& opening) {
                        return check_device_tokens(election, opening, item);
                      });
                    })
              : std::move(done);
  return done ? claim_journals(election) : done;
}

/// Answers to what was asked, and values that the boards have committed to.
result<void> bulletin_judge::judge_openings(const running_election& election) {
  const auto asked = board_.statements(item_kind::request);
  const auto fixed = board_.statements(item_kind::lot_commit);
  std::vector<opening_request> requests;
  for (const statement& what : asked ? *asked : std::vector<statement>()) {
    if (auto request = decode_body<opening_request>(what)) {
      requests.push_back(std::move(*request));
    }
  }
  std::vector<lot_commit> lots;
  for (const statement& what : fixed ? *fixed : std::vector<statement>()) {
    const auto so_far = collect(board_, what, election.hashes, election.context.keys().boards());
    auto lot = decode_body<lot_commit>(what);
    if (lot && so_far && so_far->complete()) {
      lots.push_back(std::move(*lot));
    }
  }
  const lot_context context{election.context.e1(), election.context.domain()};
  auto done = keep_items<lot_reveal>(
      number(item_kind::lot_reveal), [&](const lot_reveal& reveal) -> result<void> {
        const bool good = std::any_of(lots.begin(), lots.end(), [&](const lot_commit& lot) {
          return lot.board == reveal.board && lot.commitment == reveal.commitment(context);
        });
        return good ? result<void>{}
                    : fail(errc::mismatch, "message",
                           "is not the value that its board has committed to and signed");
      });
  return done ? keep_items<partial_decryption>(number(item_kind::partial),
                                               [&](const partial_decryption& item) {
                                                 return check_answer(election, requests, item);
                                               })
              : done;
}

/// Journals that the boards have opened, or excluded.
result<void> bulletin_judge::judge_journals(const running_election& election) {
  std::vector<published_journal> good;
  for (published_journal& each : board_.journals_) {
    result<void> holds;
    if (each.first_kind == number(item_kind::exclusion)) {
      const auto item = exclusion_item::decode(each.first);
      const auto ok = item
                          ? verify(election.context.keys().boards(),
                                   board_message(election.context.chain(), *item), item->signatures)
                          : verification::rejected(to_string(item.error()));
      holds = ok ? result<void>{}
                 : fail(errc::bad_signature, name_device(board_.plan(), each.place),
                        "its exclusion does not hold: " + ok.reason());
      if (each.opening && !check_opening_item(election, *each.opening)) {
        each.opening.reset();
      }
    } else {
      holds = each.opening ? check_opening_item(election, *each.opening)
                           : fail(errc::bad_encoding, name_device(board_.plan(), each.place),
                                  "its journal begins with an opening that cannot be read");
    }
    if (holds) {
      good.push_back(std::move(each));
    } else {
      leave(each.file, "journal: " + to_string(holds.error()));
    }
  }
  board_.journals_ = std::move(good);
  return {};
}

/// Of several journals of one device, the one with the end that the device has signed.
result<void> bulletin_judge::claim_journals(const running_election& election) {
  auto& all = board_.journals_;
  const auto stated = board_.statements(item_kind::close);
  const auto ends_as_signed = [&](const published_journal& journal) {
    auto items = board_.read_journal(journal);
    if (!items || !stated) {
      return false;
    }
    if (!items->empty() && items->back().kind == journal_kind::close) {
      items->pop_back();
    }
    const auto counted = recover_journal(election.context.chain(), *items, {}, "");
    return counted && std::any_of(stated->begin(), stated->end(), [&](const statement& what) {
             const auto close = decode_body<close_item>(what);
             return close && close->place == journal.place && !counted->resolution &&
                    check_close(*close, counted->recovery.counters, counted->recovery.last_link);
           });
  };
  for (auto at = all.begin(); at != all.end();) {
    const device_place place = at->place;
    const auto end =
        std::find_if(at, all.end(), [&](const auto& each) { return each.place != place; });
    if (end - at < 2) {
      at = end;
      continue;
    }
    std::vector<published_journal> alike(at, end);
    const auto first = read_file((board_.directory() / at->file).string(), std::size_t{1} << 34);
    const bool copies = std::all_of(at + 1, end, [&](const published_journal& each) {
      const auto other = read_file((board_.directory() / each.file).string(), std::size_t{1} << 34);
      return first && other && *first == *other;
    });
    if (copies) {
      alike.resize(1);
    } else {
      std::erase_if(alike, [&](const auto& each) { return !ends_as_signed(each); });
    }
    if (alike.size() != 1) {
      return fail(errc::duplicate, at->file,
                  "and " + (at + 1)->file + " are both the journal of " +
                      name_device(board_.plan(), place) +
                      ", and no close that the device has signed tells which; keep the one that "
                      "the branch stands by");
    }
    for (auto each = at; each != end; ++each) {
      if (!copies && each->file != alike.front().file) {
        leave(each->file, "journal: " + name_device(board_.plan(), place) +
                              " has not closed it, but " + alike.front().file);
      }
    }
    *at = std::move(alike.front());
    at = all.erase(at + 1, end);
  }
  return {};
}

}  // namespace sandoq::tool
