#include <algorithm>
#include <map>
#include <set>

#include "lib/rules/ranking.hpp"

namespace sandoq::rules_detail {
namespace {

/// Papers in the hands of options.                                                    SPEC(76.15)
class paper_count {
 public:
  paper_count(const ranking_question& asked, std::uint32_t seats, step_log& log)
      : asked_(asked),
        seats_(seats),
        log_(log),
        continuing_(asked.named.begin(), asked.named.end()),
        piles_(asked.options),
        values_(asked.options) {
    for (std::size_t i = 0; i < asked_.rankings.size(); ++i) {
      lay(i, fraction(asked_.rankings[i].count));
    }
  }

  subject_list irv();
  subject_list stv();

 private:
  void lay(std::size_t ranking, const fraction& value);
  template <class Part>
  void pass_on(std::uint32_t option, const Part& part_of);
  void show();
  void elect(const subject_list& options);
  void transfer(const subject_list& over, const fraction& quota);
  void eliminate();
  subject_list hopeless(const std::vector<subject_list>& rising) const;
  [[nodiscard]] std::uint32_t room() const {
    return seats_ - static_cast<std::uint32_t>(elected_.size());
  }
  [[nodiscard]] subject_list continuing() const { return {continuing_.begin(), continuing_.end()}; }
  [[nodiscard]] auto value() const {
    return [this](std::uint32_t option) -> const fraction& { return values_[option]; };
  }

  const ranking_question& asked_;
  std::uint32_t seats_;
  step_log& log_;
  std::set<std::uint32_t> continuing_;
  std::vector<std::map<std::size_t, fraction>> piles_;  // ranking -> what the option holds of it
  std::vector<fraction> values_;                        // of the piles
  fraction exhausted_ = 0;
  subject_list elected_;
  subject_list pending_;  // elected, with a surplus perhaps
};

// In equal parts to the continuing options of the highest rank that has any.
void paper_count::lay(std::size_t ranking, const fraction& value) {
  for (const subject_list& rank : asked_.rankings[ranking].ranks) {
    subject_list here;
    std::copy_if(rank.begin(), rank.end(), std::back_inserter(here),
                 [&](std::uint32_t option) { return continuing_.count(option) > 0; });
    if (here.empty()) {
      continue;
    }
    const fraction part = value / fraction(here.size());
    for (const std::uint32_t option : here) {
      piles_[option][ranking] += part;
      values_[option] += part;
    }
    return;
  }
  exhausted_ += value;
}

template <class Part>
void paper_count::pass_on(std::uint32_t option, const Part& part_of) {
  std::map<std::size_t, fraction> pile;
  pile.swap(piles_[option]);
  values_[option] = 0;
  for (const auto& [ranking, value] : pile) {
    lay(ranking, part_of(value));
  }
}

void paper_count::show() {
  std::vector<fraction> shown;
  for (const std::uint32_t option : continuing_) {
    shown.push_back(values_[option]);
  }
  shown.push_back(exhausted_);
  log_.add(step_kind::count, continuing(), shown);
}

// The largest set of lowest groups that cannot reach the next one, even together.
subject_list paper_count::hopeless(const std::vector<subject_list>& rising) const {
  subject_list together;
  subject_list best;
  fraction sum = 0;
  for (std::size_t i = 0; i + 1 < rising.size(); ++i) {
    together.insert(together.end(), rising[i].begin(), rising[i].end());
    sum += values_[rising[i].front()] * fraction(rising[i].size());
    if (sum < values_[rising[i + 1].front()] && continuing_.size() - together.size() >= room()) {
      best = together;
    }
  }
  std::sort(best.begin(), best.end());
  return best;
}

void paper_count::eliminate() {
  auto rising = groups_by(continuing(), value());
  std::reverse(rising.begin(), rising.end());
  subject_list out = asked_.part.batch != 0 ? hopeless(rising) : subject_list();
  if (out.empty()) {
    const subject_list& lowest = rising.front();
    out = {log_.options(lowest, lowest.size() - 1).back()};
  }
  for (const std::uint32_t option : out) {
    continuing_.erase(option);
  }
  log_.add(step_kind::eliminated, out);
  for (const std::uint32_t option : out) {
    pass_on(option, [](const fraction& value) { return value; });
  }
}

subject_list paper_count::irv() {
  while (true) {
    show();
    fraction total = 0;
    for (const std::uint32_t option : continuing_) {
      total += values_[option];
    }
    if (total == 0) {
      return {};
    }
    for (const std::uint32_t option : continuing_) {
      if (values_[option] * 2 > total) {
        return {option};
      }
    }
    eliminate();
  }
}

// As many as there is room for, those of most value first.
void paper_count::elect(const subject_list& options) {
  subject_list out;
  for (const subject_list& group : groups_by(options, value())) {
    const std::size_t left = room() - out.size();
    if (left == 0) {
      break;
    }
    const subject_list order = log_.options(group, left);
    out.insert(out.end(), order.begin(),
               order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), left)));
  }
  if (!out.empty()) {
    log_.add(step_kind::elected, out);
  }
  for (const std::uint32_t option : out) {
    continuing_.erase(option);
    elected_.push_back(option);
    pending_.push_back(option);
  }
}

void paper_count::transfer(const subject_list& over, const fraction& quota) {
  const subject_list group = groups_by(over, value()).front();
  const std::uint32_t option = log_.options(group, 1).front();
  pending_.erase(std::find(pending_.begin(), pending_.end(), option));
  const fraction surplus = values_[option] - quota;
  const fraction factor = surplus / values_[option];
  log_.add(step_kind::transfer, {option}, std::vector<fraction>{surplus, factor});
  pass_on(option, [&](const fraction& value) {
    constexpr std::uint32_t a_vote = 1'000'000'000;
    const fraction exact = value * factor;
    const fraction kept =
        ratio(rounded(exact * a_vote, proportional_rule::rounding_code::floor), a_vote);
    exhausted_ += exact - kept;
    return kept;
  });
}

subject_list paper_count::stv() {
  integer total = 0;
  for (const ranking_count& ranking : asked_.rankings) {
    total += ranking.count;
  }
  const fraction quota = asked_.part.quota == ranking_rule::quota_code::hare
                             ? ratio(total, seats_)
                             : fraction(total / (seats_ + 1) + 1);
  log_.add(step_kind::quota, {}, quota);
  while (true) {
    show();
    subject_list reached;
    const bool all = continuing_.size() <= room();
    for (const std::uint32_t option : continuing_) {
      if (all ? values_[option] > 0 : values_[option] >= quota) {
        reached.push_back(option);
      }
    }
    elect(reached);
    if (all || room() == 0 || continuing_.empty()) {
      return elected_;
    }
    subject_list over;
    std::copy_if(pending_.begin(), pending_.end(), std::back_inserter(over),
                 [&](std::uint32_t option) { return values_[option] > quota; });
    if (over.empty()) {
      eliminate();
    } else {
      transfer(over, quota);
    }
  }
}

}  // namespace

subject_list count_papers(const ranking_question& asked, std::uint32_t seats, step_log& log) {
  paper_count count(asked, seats, log);
  return asked.part.method == ranking_rule::method_code::irv ? count.irv() : count.stv();
}

}  // namespace sandoq::rules_detail
