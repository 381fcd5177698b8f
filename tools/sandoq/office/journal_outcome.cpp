#include "journal_outcome.hpp"

#include <string>
#include <utility>

#include "message_place.hpp"
#include "office_names.hpp"
#include "sandoq/ballot/journal_check.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

result<void> something_else(const std::string& name) {
  return fail(errc::mismatch, name, "the journal in this bulletin gives something else");
}

template <class Item, class Check>
result<void> decoded(const statement& ending, const Check& check) {
  const auto item = decode_body<Item>(ending);
  return item ? check(*item) : result<void>(tl::unexpected(item.error()));
}

}  // namespace

std::span<const journal_entry> evidence_in(std::span<const journal_entry> items) {
  return !items.empty() && items.front().kind == journal_kind::exclusion ? items.subspan(1) : items;
}

std::span<const journal_entry> unended(std::span<const journal_entry> items) {
  const auto own = evidence_in(items);
  const bool has_end = !own.empty() && (own.back().kind == journal_kind::close ||
                                        own.back().kind == journal_kind::recovery);
  return has_end ? own.first(own.size() - 1) : own;
}

journal_outcome::journal_outcome(const running_election& election, const device_place& place,
                                 std::span<const journal_entry> items)
    : chain_(election.context.chain()),
      place_(place),
      name_(name_device(election.plan, place)),
      counted_(recover_journal(chain_, unended(items), {}, "")),
      excluded_(
          exclude_journal(chain_, place, {}, exclusion_reason::lost, "", evidence_in(items))) {
  if (counted_ && counted_->resolution) {
    if (const auto last = ballot_item::decode(unended(items).back().canonical)) {
      open_code_ = last->code;
    }
  }
}

result<void> journal_outcome::gives(const statement& ending) const {
  switch (ending.of) {
    case item_kind::close:
      return decoded<close_item>(ending, [this](const auto& item) { return gives_close(item); });
    case item_kind::recovery:
      return decoded<recovery_item>(ending,
                                    [this](const auto& item) { return gives_recovery(item); });
    case item_kind::exclusion:
      return decoded<exclusion_item>(ending,
                                     [this](const auto& item) { return gives_exclusion(item); });
    default:
      return fail(errc::unsupported, name_of_message(number(ending.of)), "ends no journal");
  }
}

std::optional<void_item> journal_outcome::resolution(time_ms time) const {
  auto out = counted_ ? counted_->resolution : std::nullopt;
  if (out) {
    out->time = time;
  }
  return out;
}

result<digest32> journal_outcome::evidence() const {
  return excluded_ ? result<digest32>(excluded_->evidence)
                   : result<digest32>(tl::unexpected(excluded_.error()));
}

result<void> journal_outcome::gives_close(const close_item& item) const {
  if (!counted_) {
    return fail_within(name_, counted_.error());
  }
  if (counted_->resolution) {
    return fail(errc::mismatch, name_, "its last ballot is neither cast nor challenged nor void");
  }
  if (item.place != place_ || counted_->recovery.place != place_) {
    return something_else(name_);
  }
  auto same = check_close(item, counted_->recovery.counters, counted_->recovery.last_link);
  return same ? std::move(same) : fail_within(name_, std::move(same.error()));
}

result<void> journal_outcome::gives_recovery(const recovery_item& item) const {
  if (!counted_) {
    return fail_within(name_, counted_.error());
  }
  recovery_item own = counted_->recovery;
  own.time = item.time;
  own.remark = item.remark;
  if (const auto voided = resolution(item.time); voided && open_code_) {
    own.last_link = resolution_link(chain_, journal_kind::voided, voided->encode(), *open_code_);
  }
  return own == item && own.place == place_ ? result<void>{} : something_else(name_);
}

result<void> journal_outcome::gives_exclusion(const exclusion_item& item) const {
  if (!excluded_) {
    return fail_within(name_, excluded_.error());
  }
  if (item.place != place_ || item.items != excluded_->items ||
      item.evidence != excluded_->evidence) {
    return something_else(name_);
  }
  auto good = check_exclusion(item, item.evidence);  // reason and remark
  return good ? std::move(good) : fail_within(name_, std::move(good.error()));
}

}  // namespace sandoq::tool
