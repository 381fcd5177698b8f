#include "ranking_recount.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <map>
#include <set>
#include <vector>

namespace sandoq::tool {
namespace {

using amount = boost::multiprecision::cpp_rational;
using whole = boost::multiprecision::cpp_int;
using problem = std::optional<std::string>;

std::string text_of(const amount& value) {
  const whole bottom = denominator(value);
  return numerator(value).str() + (bottom == 1 ? "" : "/" + bottom.str());
}

/// Papers of one ranking: where they lie, and what they are worth.
struct pile {
  std::vector<std::uint32_t> ranking;
  amount value;
  std::optional<std::uint32_t> at;
};

std::vector<pile> piles_of(std::span<const ranked_ballots> papers) {
  std::vector<pile> out;
  for (const ranked_ballots& each : papers) {
    pile& made = out.emplace_back(pile{{}, each.count, {}});
    for (const auto& rank : each.ranks) {
      for (const option_index option : rank) {
        made.ranking.push_back(option.value());
      }
    }
  }
  return out;
}

/// Rounds of IRV and STV, along a transcript.
class rounds {
 public:
  rounds(const contest_entry& contest, std::span<const ranked_ballots> papers)
      : law_(std::get<ranking_rule>(contest.law->method)),
        left_(contest.seats),
        piles_(piles_of(papers)) {
    for (const pile& each : piles_) {
      in_.insert(each.ranking.begin(), each.ranking.end());
      all_ += each.value;
    }
    quota_ = law_.method == ranking_rule::method_code::irv ? amount(all_ + 1)
             : law_.quota == ranking_rule::quota_code::hare
                 ? amount(all_ / left_)
                 : amount(numerator(all_) / (left_ + 1) + 1);
    lay();
  }

  /// \param last  nothing but alternates and empty seats comes behind it
  problem follow(const allocation_step& step, bool last) {
    switch (step.kind) {
      case step_kind::quota:
        return step.values == std::vector{text_of(quota_)} ? problem() : "another quota";
      case step_kind::count:
        return count(step);
      case step_kind::eliminated:
        return eliminate(step.subjects);
      case step_kind::elected:
        return last ? close(step.subjects) : elect(step.subjects);
      case step_kind::transfer:
        return transfer(step);
      default:
        return std::nullopt;
    }
  }

 private:
  /// What everybody holds at present.
  [[nodiscard]] std::map<std::uint32_t, amount> values() const {
    std::map<std::uint32_t, amount> out;
    for (const pile& each : piles_) {
      if (each.at) {
        out[*each.at] += each.value;
      }
    }
    return out;
  }

  /// Papers that lie nowhere go to the first who is still in, if there is one.
  void lay() {
    for (pile& each : piles_) {
      if (!each.at) {
        const auto next = std::find_if(each.ranking.begin(), each.ranking.end(),
                                       [&](std::uint32_t option) { return in_.contains(option); });
        each.at = next == each.ranking.end() ? std::nullopt : std::optional(*next);
      }
    }
  }

  void take_from(std::uint32_t option) {
    for (pile& each : piles_) {
      if (each.at == option) {
        each.at.reset();
      }
    }
    lay();
  }

  problem count(const allocation_step& step) {
    held_ = values();
    amount exhausted = all_ - spent_;  // no vote is lost: what lies with nobody
    for (const auto& [option, value] : held_) {
      exhausted -= value;
    }
    std::vector<std::string> expected;
    for (const std::uint32_t option : in_) {
      expected.push_back(text_of(held_[option]));
    }
    expected.push_back(text_of(exhausted));
    const bool same =
        std::equal(in_.begin(), in_.end(), step.subjects.begin(), step.subjects.end());
    return same && step.values == expected ? problem() : "another count of the papers";
  }

  [[nodiscard]] bool has_reached(std::uint32_t option) const {
    if (law_.method == ranking_rule::method_code::irv) {
      amount together = 0;
      for (const std::uint32_t other : in_) {
        together += held_.at(other);
      }
      return held_.at(option) * 2 > together;
    }
    return held_.at(option) >= quota_;
  }

  problem eliminate(const std::vector<std::uint32_t>& options) {
    if (options.size() != 1 || !in_.contains(options[0])) {
      return "eliminates others than one of those who are left";
    }
    for (const std::uint32_t other : in_) {
      if (held_[other] < held_[options[0]]) {
        return "eliminates somebody who is not the lowest";
      }
      if (has_reached(other)) {
        return "eliminates somebody while another is to be elected";
      }
    }
    if (std::any_of(surplus_.begin(), surplus_.end(),
                    [&](std::uint32_t option) { return held_[option] > quota_; })) {
      return "eliminates somebody before a surplus is passed on";
    }
    in_.erase(options[0]);
    take_from(options[0]);
    return std::nullopt;
  }

  problem elect(const std::vector<std::uint32_t>& options) {
    const bool enough = in_.size() <= left_;
    for (const std::uint32_t option : options) {
      if (!in_.contains(option) || left_ == 0 ||
          !(has_reached(option) || (enough && held_[option] > 0))) {
        return "elects somebody who has not reached the quota, or the majority";
      }
      in_.erase(option);
      surplus_.insert(option);
      elected_.push_back(option);
      --left_;
    }
    return std::nullopt;
  }

  problem close(const std::vector<std::uint32_t>& options) {
    if (law_.method == ranking_rule::method_code::irv) {
      return elect(options);
    }
    return options == elected_ ? problem() : "others than those who were elected one by one";
  }

  problem transfer(const allocation_step& step) {
    const std::uint32_t option = step.subjects.empty() ? 0 : step.subjects[0];
    auto now = values();
    const amount value = now[option];
    if (surplus_.erase(option) == 0 || value <= quota_) {
      return "passes on the surplus of somebody who has none";
    }
    for (const std::uint32_t other : surplus_) {
      if (now[other] > value) {
        return "passes on a surplus before a larger one";
      }
    }
    constexpr std::uint32_t a_vote = 1'000'000'000;
    for (pile& each : piles_) {
      if (each.at == option) {
        const amount exact = each.value * (value - quota_) / value * a_vote;
        each.value = amount(whole(numerator(exact) / denominator(exact)), a_vote);
      }
    }
    spent_ += quota_;
    take_from(option);
    const std::vector told{text_of(value - quota_), text_of((value - quota_) / value)};
    return step.values == told ? problem() : "another surplus, or another part of it";
  }

  const ranking_rule& law_;
  std::uint32_t left_;  // seats
  std::vector<pile> piles_;
  std::set<std::uint32_t> in_;
  std::set<std::uint32_t> surplus_;  // elected, with all their papers
  std::vector<std::uint32_t> elected_;
  std::map<std::uint32_t, amount> held_;  // at the last count
  amount all_ = 0;
  amount spent_ = 0;  // on those whose surplus has gone on
  amount quota_ = 0;
};

/// Where an option stands; those who are not ranked stand together behind all others.
std::size_t place_in(const pile& papers, std::uint32_t option) {
  return static_cast<std::size_t>(std::find(papers.ranking.begin(), papers.ranking.end(), option) -
                                  papers.ranking.begin());
}

problem compare_preferred(const std::vector<pile>& piles, const allocation_step& step) {
  const std::uint32_t a = step.subjects.empty() ? 0 : step.subjects[0];
  for (std::uint32_t b = 0; b < step.values.size(); ++b) {
    amount votes = 0;
    for (const pile& each : piles) {
      votes += place_in(each, a) < place_in(each, b) ? each.value : amount(0);
    }
    if (step.values[b] != text_of(votes)) {
      return fmt::format("another number of votes for {} above {}", a, b);
    }
  }
  return std::nullopt;
}

problem compare_points(const std::vector<pile>& piles, const ranking_rule& law,
                       const allocation_step& step) {
  using code = ranking_rule::points_code;
  for (std::size_t i = 0; i < step.values.size(); ++i) {
    amount points = 0;
    for (const pile& each : piles) {
      const std::size_t ranked = each.ranking.size();
      const std::size_t last = law.points == code::ranked_only ? ranked : step.values.size() - 1;
      const std::size_t place = place_in(each, step.subjects.at(i));
      const amount worth = place < ranked ? amount(last - place)
                           : law.points == code::averaged
                               ? amount(step.values.size() - ranked - 1, 2)
                               : amount(0);
      points += each.value * worth;
    }
    if (step.values[i] != text_of(points)) {
      return fmt::format("other points of {}", step.subjects[i]);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> difference_of_rankings(const contest_entry& contest,
                                                  std::span<const ranked_ballots> papers,
                                                  const allocation_transcript& transcript) {
  const auto& law = std::get<ranking_rule>(contest.law->method);
  const bool by_rounds =
      law.method == ranking_rule::method_code::irv || law.method == ranking_rule::method_code::stv;
  const std::vector<pile> piles = piles_of(papers);
  rounds along(contest, papers);
  for (std::size_t i = 0; i < transcript.steps.size(); ++i) {
    const allocation_step& step = transcript.steps[i];
    const bool last =
        i + 1 < transcript.steps.size() && transcript.steps[i + 1].kind == step_kind::alternates;
    const problem found = by_rounds                           ? along.follow(step, last)
                          : step.kind == step_kind::preferred ? compare_preferred(piles, step)
                          : step.kind == step_kind::points    ? compare_points(piles, law, step)
                                                              : std::nullopt;
    if (found) {
      return fmt::format("step {}: {}", i + 1, *found);
    }
  }
  return std::nullopt;
}

}  // namespace sandoq::tool
