#include "bulletin_judge.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "ceremony_reader.hpp"
#include "journal_judge.hpp"
#include "message_check.hpp"
#include "office_names.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

const message_place closes{number(exchange_kind::statement), number(item_kind::close)};

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

/// Of the lists that a device or the authority has signed, the one that all others have grown into.
template <class List>
void keep_newest(std::vector<published>& there) {
  const auto newest = std::max_element(
      there.begin(), there.end(),
      [](const auto& a, const auto& b) { return a.canonical.size() < b.canonical.size(); });
  const auto whole = List::decode(newest->canonical);
  const bool includes_all = std::all_of(there.begin(), there.end(), [&](const published& each) {
    const auto list = List::decode(each.canonical);
    return whole && list && includes(*whole, *list);
  });
  if (includes_all) {
    published one = std::move(*newest);
    there.clear();
    there.push_back(std::move(one));
  }
}

}  // namespace

void bulletin_judge::leave(const std::string& file, const std::string& reason) {
  board_.leave_aside(file, with_names(board_.plan(), reason));
}

result<void> bulletin_judge::claim(std::vector<published>& there) {
  if (there.size() > 1 && there.front().kind == number(exchange_kind::tokens)) {
    keep_newest<device_tokens>(there);
  } else if (there.size() > 1 && there.front().kind == number(item_kind::attributes)) {
    keep_newest<tie_attributes>(there);
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

/// Once there is an election hash those that are bound to it, before that the others.
void bulletin_judge::judge_signatures(const election_hashes& election,
                                      std::span<const board_keys> boards) {
  drop({number(exchange_kind::signature)}, [&](const published& each) -> result<void> {
    const auto item = statement_signature::decode(each.canonical);
    if (!item) {
      return tl::unexpected(item.error());
    }
    return is_bound_to_e1(item->of) == election.e1.has_value()
               ? check_signature(election, boards, *item)
               : result<void>{};
  });
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
  judge_signatures({board_.plan().domain, board_.manifest_hash(), std::nullopt}, boards);
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
        message_place{number(item_kind::mix_stage)}, message_place{number(item_kind::partial)},
        message_place{number(item_kind::list_partial)}, closes}) {
    drop(begin, not_yet);
  }
  drop({number(exchange_kind::signature)}, [&](const published& each) -> result<void> {
    const auto item = statement_signature::decode(each.canonical);
    return item && !is_bound_to_e1(item->of) ? result<void>{} : not_yet(each);
  });
  for (const published_journal& each : board_.journals_) {
    leave(each.file,
          "journal: cannot be checked: the key ceremony is not complete in this bulletin");
  }
  board_.journals_.clear();
}

result<void> bulletin_judge::judge_election(const running_election& election) {
  judge_signatures(election.hashes, election.context.keys().boards());
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
  done = done ? judge_polls(election) : std::move(done);
  done = done ? keep_items<mix_stage>(
                    number(item_kind::mix_stage),
                    [&](const mix_stage& item) { return check_stage(election, item); })
              : std::move(done);
  return done ? judge_openings(election) : done;
}

/// What devices sign by the keys of their openings, and with it their journals.
result<void> bulletin_judge::judge_polls(const running_election& election) {
  journal_judge journals(board_, election);
  journals.keep_sound();
  std::set<device_place> there;
  for (const published_journal& each : board_.journals_) {
    there.insert(each.place);
  }
  const auto by_device = [&](const device_place& place, const auto& check) -> result<void> {
    const opening_item* opening = journals.opening_at(place);
    return opening != nullptr ? check(*opening)
                              : fail(errc::missing, name_device(board_.plan(), place),
                                     "cannot be checked: no opening of this device that the boards "
                                     "have signed is in this bulletin");
  };
  auto done = keep(closes, [&](const published& each) -> result<void> {
    const auto what = statement::decode(each.canonical);
    const auto close = what ? decode_body<close_item>(*what) : tl::unexpected(what.error());
    if (!close) {
      return tl::unexpected(close.error());
    }
    if (!there.contains(close->place)) {
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
  return done ? journals.claim() : done;
}

namespace {

template <class Request>
void add_signed(signed_requests& out, const result<std::vector<candidate>>& stated) {
  for (const candidate& each : stated ? *stated : std::vector<candidate>()) {
    const auto request = decode_body<Request>(each.what);
    if (request && each.so_far.complete()) {
      out.emplace(request->number, request->hash());
    }
  }
}

}  // namespace

/// Answers to what was asked, and values that the boards have committed to.
result<void> bulletin_judge::judge_openings(const running_election& election) {
  const auto boards = election.context.keys().boards();
  const auto sums = candidates_of(board_, item_kind::request, election.hashes, boards);
  const auto lists = candidates_of(board_, item_kind::list_request, election.hashes, boards);
  const auto fixed = candidates_of(board_, item_kind::lot_commit, election.hashes, boards);
  signed_requests requests;
  add_signed<opening_request>(requests, sums);
  add_signed<list_request>(requests, lists);
  std::vector<lot_commit> lots;
  for (const candidate& each : fixed ? *fixed : std::vector<candidate>()) {
    auto lot = decode_body<lot_commit>(each.what);
    if (lot && each.so_far.complete()) {
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
  done = done ? keep_items<partial_decryption>(number(item_kind::partial),
                                               [&](const partial_decryption& item) {
                                                 return check_answer(election, requests, item);
                                               })
              : std::move(done);
  return done ? keep_items<list_partial>(number(item_kind::list_partial),
                                         [&](const list_partial& item) {
                                           return check_answer(election, requests, item);
                                         })
              : done;
}

}  // namespace sandoq::tool
