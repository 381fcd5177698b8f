#include "transcript_words.hpp"

#include <fmt/core.h>

#include <set>
#include <utility>

#include "report_words.hpp"

namespace sandoq::tool {
namespace {

/// A sentence for each kind of step. {} are names, then numbers, in the order of the step.
struct step_words {
  std::string_view heading;
  std::string_view independents;
  std::string_view votes;
  std::string_view no_votes;
  std::string_view below_threshold;
  std::string_view quota;
  std::string_view claims;
  std::string_view first_seats;
  std::string_view seat_more;  ///< {0} who, {1} what decided, {2} seats now
  std::string_view seat_back;
  std::string_view overflow;
  std::string_view tie;
  std::string_view open_tie;
  std::string_view party;
  std::string_view elected;
  std::string_view alternates;
  std::string_view runoff;
  std::string_view empty_seats;
  std::string_view count;  ///< {} which round
  std::string_view exhausted;
  std::string_view eliminated;
  std::string_view transfer;
  std::string_view preferred;
  std::string_view strongest_paths;
  std::string_view points;
  std::string_view reserve;
  std::string_view unknown;  ///< {} number of the kind
};

constexpr step_words english_steps{
    .heading = "The seats, step by step",
    .independents = "the independents",
    .votes = "Votes:",
    .no_votes = "Nobody has a vote.",
    .below_threshold = "Below the threshold: {}.",
    .quota = "Quota: {} votes.",
    .claims = "Votes divided by the quota:",
    .first_seats = "Seats of the first distribution:",
    .seat_more = "{0}: one seat more, which makes {2}. What decided: {1}.",
    .seat_back = "{0}: one seat back, which leaves {2}. What decided: {1}.",
    .overflow = "Seats beyond the members who can take one:",
    .tie = "Equals, in the order decided: {}. Places for them: {}.",
    .open_tie =
        "Equals whose tie waits for the lot: {}. Places for them: {}. Nobody is elected before it "
        "is drawn.",
    .party = "Seats of {}: {}.",
    .elected = "Elected: {}.",
    .alternates = "Alternates: {}.",
    .runoff = "Run-off between: {}. Seats open: {}.",
    .empty_seats = "Seats that stay empty: {}.",
    .count = "Count {}:",
    .exhausted = "no further choice",
    .eliminated = "Eliminated: {}.",
    .transfer =
        "{} passes its surplus of {} on: the value of each of its ballots is multiplied by {}.",
    .preferred = "Ballots that rank {} above another:",
    .strongest_paths = "Strongest paths from {} to another:",
    .points = "Points:",
    .reserve = "Order of alternates for a seat that falls vacant: {}.",
    .unknown = "A step of unknown kind {}.",
};

// The formatter breaks these lines anew at every run.
// clang-format off
constexpr step_words persian_steps{
    .heading = "تخصیص کرسی‌ها، گام به گام",
    .independents = "نامزدهای مستقل",
    .votes = "آرا:",
    .no_votes = "هیچ‌کس رأیی ندارد.",
    .below_threshold = "کمتر از حد نصاب: {}.",
    .quota = "سهمیه: {} رأی.",
    .claims = "آرا بخش بر سهمیه:",
    .first_seats = "کرسی‌های توزیع نخست:",
    .seat_more = "{0}: یک کرسی بیشتر، در مجموع {2}. مبنای تصمیم: {1}.",
    .seat_back = "{0}: یک کرسی کمتر، در مجموع {2}. مبنای تصمیم: {1}.",
    .overflow = "کرسی‌های بیش از شمار اعضای قابل انتخاب:",
    .tie = "برابرها به ترتیب تعیین‌شده: {}. جایگاه برای ایشان: {}.",
    .open_tie = "برابرها در انتظار قرعه: {}. جایگاه برای ایشان: {}. پیش از قرعه هیچ‌کس منتخب نیست.",
    .party = "کرسی‌های {}: {}.",
    .elected = "منتخبان: {}.",
    .alternates = "علی‌البدل‌ها: {}.",
    .runoff = "راه‌یافتگان به مرحلهٔ دوم: {}. کرسی‌های باقی‌مانده: {}.",
    .empty_seats = "کرسی‌های بدون منتخب: {}.",
    .count = "شمارش {}:",
    .exhausted = "بدون انتخاب دیگر",
    .eliminated = "حذف‌شدگان: {}.",
    .transfer = "{} مازاد خود را به میزان {} منتقل می‌کند: ارزش هر برگ رأی او در {} ضرب می‌شود.",
    .preferred = "برگ‌های رأیی که {} را بالاتر از دیگری آورده‌اند:",
    .strongest_paths = "قوی‌ترین مسیرها از {} به دیگری:",
    .points = "امتیازها:",
    .reserve = "ترتیب علی‌البدل‌ها برای کرسی خالی‌شده: {}.",
    .unknown = "گامی از گونهٔ ناشناختهٔ {}.",
};
// clang-format on

const step_words& steps_in(language in) {
  return in == language::persian ? persian_steps : english_steps;
}

/// Tells the steps of one transcript in their order.
class step_teller {
 public:
  step_teller(language in, const transcript_subjects& who, const transcript_medium& medium)
      : in_(in), words_(steps_in(in)), who_(who), medium_(medium) {
    std::set<std::string_view> once;
    const auto add = [&](const label_list& labels, std::string_view id) {
      const chosen_label called = label_in(in_, labels, id);
      if (!once.insert(called.text).second) {
        twice_.insert(called.text);
      }
    };
    for (const option_entry& option : who_.options) {
      add(option.labels, option.id);
    }
    for (const party_list& list : who_.lists) {
      add(list.labels, list.id);
    }
  }

  told_step tell(const allocation_step& step);

 private:
  std::string name(std::uint32_t subject) const;
  std::string names(const allocation_step& step) const;
  std::string value(const allocation_step& step, std::size_t i) const {
    return i < step.values.size() ? medium_.value(step.values[i]) : "–";
  }
  std::string who(const allocation_step& step) const {
    return step.subjects.empty() ? "–" : name(step.subjects.front());
  }
  template <class... Parts>
  told_step says(std::string_view sentence, const Parts&... parts) const {
    return {fmt::format(fmt::runtime(sentence), parts...), {}};
  }
  told_step table(std::string_view sentence, const allocation_step& step) const;
  told_step row_of_all(std::string_view sentence, const allocation_step& step) const;
  told_step tell_party_step(const allocation_step& step) const;
  told_step tell_ranking_step(const allocation_step& step);

  language in_;
  const step_words& words_;
  const transcript_subjects& who_;
  const transcript_medium& medium_;
  std::set<std::string_view> twice_;  ///< what two are called
  std::uint64_t counts_ = 0;
};

std::string step_teller::name(std::uint32_t subject) const {
  const auto called = [&](const label_list& labels, std::string_view id) {
    const chosen_label label = label_in(in_, labels, id);
    return medium_.name(label, twice_.contains(label.text) ? id : std::string_view());
  };
  std::size_t at = subject;
  if (at < who_.options.size()) {
    return called(who_.options[at].labels, who_.options[at].id);
  }
  at -= who_.options.size();
  if (at < who_.lists.size()) {
    return called(who_.lists[at].labels, who_.lists[at].id);
  }
  return at == who_.lists.size() ? std::string(words_.independents)
                                 : digits_in(in_, std::to_string(subject));
}

std::string step_teller::names(const allocation_step& step) const {
  std::string out;
  for (const std::uint32_t subject : step.subjects) {
    out += out.empty() ? "" : words_of(in_).comma;
    out += name(subject);
  }
  return out.empty() ? std::string(words_of(in_).nobody) : out;
}

told_step step_teller::table(std::string_view sentence, const allocation_step& step) const {
  told_step out{std::string(sentence), {}};
  for (std::size_t i = 0; i < step.subjects.size(); ++i) {
    out.rows.push_back({name(step.subjects[i]), value(step, i)});
  }
  return out;
}

// The values are those of every option but the subject.
told_step step_teller::row_of_all(std::string_view sentence, const allocation_step& step) const {
  told_step out = says(sentence, who(step));
  for (std::size_t i = 0; i < step.values.size(); ++i) {
    if (step.subjects.empty() || i != step.subjects.front()) {
      out.rows.push_back({name(static_cast<std::uint32_t>(i)), value(step, i)});
    }
  }
  return out;
}

told_step step_teller::tell_party_step(const allocation_step& step) const {
  switch (step.kind) {
    case step_kind::below_threshold:
      return says(words_.below_threshold, names(step));
    case step_kind::quota:
      return says(words_.quota, value(step, 0));
    case step_kind::claims:
      return table(words_.claims, step);
    case step_kind::first_seats:
      return table(words_.first_seats, step);
    case step_kind::seat_more:
      return says(words_.seat_more, who(step), value(step, 0), value(step, 1));
    case step_kind::seat_back:
      return says(words_.seat_back, who(step), value(step, 0), value(step, 1));
    case step_kind::overflow:
      return table(words_.overflow, step);
    case step_kind::party:
      return says(words_.party, who(step), value(step, 0));
    default:
      return says(words_.unknown, digits_in(in_, std::to_string(static_cast<int>(step.kind))));
  }
}

told_step step_teller::tell_ranking_step(const allocation_step& step) {
  switch (step.kind) {
    case step_kind::count: {
      told_step out =
          table(fmt::format(fmt::runtime(words_.count), number_text(in_, ++counts_)), step);
      out.rows.push_back({std::string(words_.exhausted), value(step, step.subjects.size())});
      return out;
    }
    case step_kind::eliminated:
      return says(words_.eliminated, names(step));
    case step_kind::transfer:
      return says(words_.transfer, who(step), value(step, 0), value(step, 1));
    case step_kind::preferred:
      return row_of_all(words_.preferred, step);
    case step_kind::strongest_paths:
      return row_of_all(words_.strongest_paths, step);
    case step_kind::points:
      return table(words_.points, step);
    default:
      return tell_party_step(step);
  }
}

told_step step_teller::tell(const allocation_step& step) {
  switch (step.kind) {
    case step_kind::votes:
      return step.subjects.empty() ? says(words_.no_votes) : table(words_.votes, step);
    case step_kind::tie:
      return says(words_.tie, names(step), value(step, 0));
    case step_kind::open_tie:
      return says(words_.open_tie, names(step), value(step, 0));
    case step_kind::elected:
      return says(words_.elected, names(step));
    case step_kind::alternates:
      return says(words_.alternates, names(step));
    case step_kind::runoff:
      return says(words_.runoff, names(step), value(step, 0));
    case step_kind::empty_seats:
      return says(words_.empty_seats, value(step, 0));
    case step_kind::reserve:
      return says(words_.reserve, names(step));
    default:
      return tell_ranking_step(step);
  }
}

}  // namespace

std::string_view transcript_heading(language in) noexcept {
  return steps_in(in).heading;
}

std::vector<told_step> told(language in, const transcript_subjects& who,
                            const transcript_medium& medium,
                            const allocation_transcript& transcript) {
  step_teller teller(in, who, medium);
  std::vector<told_step> out;
  out.reserve(transcript.steps.size());
  for (const allocation_step& step : transcript.steps) {
    out.push_back(teller.tell(step));
  }
  return out;
}

}  // namespace sandoq::tool
