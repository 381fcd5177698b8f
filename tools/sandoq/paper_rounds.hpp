#pragma once

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/manifest.hpp"
#include "sandoq/rules/allocate.hpp"

namespace sandoq::tool::recount {

using amount = boost::multiprecision::cpp_rational;
using whole = boost::multiprecision::cpp_int;
using ballots = std::span<const ranked_ballots>;
/// What a step says wrongly, if it does.
using problem = std::optional<std::string>;

/// As transcripts have it: "N", or "N/D" in lowest terms.
inline std::string text_of(const amount& value) {
  const whole bottom = denominator(value);
  return numerator(value).str() + (bottom == 1 ? "" : "/" + bottom.str());
}

/// Rounds of IRV and STV, along a transcript.
class rounds {
 public:
  rounds(const contest_entry& contest, ballots papers)
      : law_(std::get<ranking_rule>(contest.law->method)), left_(contest.seats), papers_(papers) {
    for (const ranked_ballots& each : papers_) {
      all_ += each.count;
      for (const auto& rank : each.ranks) {
        for (const option_index option : rank) {
          in_.insert(option.value());
        }
      }
    }
    quota_ = law_.method == ranking_rule::method_code::irv ? amount(all_ + 1)
             : law_.quota == ranking_rule::quota_code::hare
                 ? amount(all_ / left_)
                 : amount(numerator(all_) / (left_ + 1) + 1);
    for (std::size_t i = 0; i < papers_.size(); ++i) {
      lay(i, papers_[i].count);
    }
  }

  /// \param last  nothing but alternates and empty seats comes behind it
  problem follow(const allocation_step& step, bool last) {
    if (closed_ && step.kind == step_kind::count) {
      return "goes on after all are elected";
    }
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

  /// Whether the transcript said who is elected, when nothing was left to be counted.
  [[nodiscard]] bool closed() const noexcept { return closed_; }

 private:
  /// What everybody holds at present.
  [[nodiscard]] std::map<std::uint32_t, amount> values() const {
    std::map<std::uint32_t, amount> out;
    for (const auto& [where, value] : piles_) {
      out[where.second] += value;
    }
    return out;
  }

  /// In equal parts to those of the first rank that has anybody who is still in.
  void lay(std::size_t paper, const amount& value) {
    for (const auto& rank : papers_[paper].ranks) {
      std::vector<std::uint32_t> here;
      for (const option_index option : rank) {
        if (in_.contains(option.value())) {
          here.push_back(option.value());
        }
      }
      for (const std::uint32_t option : here) {
        piles_[{paper, option}] += value / here.size();
      }
      if (!here.empty()) {
        return;
      }
    }
  }

  /// What the option holds of every ranking goes on, as much of it as `part` says.
  template <class Part>
  void pass_on(std::uint32_t option, const Part& part) {
    std::map<std::size_t, amount> loose;
    std::erase_if(piles_, [&](const auto& each) {
      if (each.first.second == option) {
        loose[each.first.first] = each.second;
      }
      return each.first.second == option;
    });
    for (const auto& [paper, value] : loose) {
      lay(paper, part(value));
    }
  }

  problem count(const allocation_step& step) {
    counted_ = true;
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

  /// With `batch` the most who are lower together than the next; how many these are, or one.
  [[nodiscard]] std::size_t hopeless() const {
    std::vector<amount> rising;
    for (const std::uint32_t option : in_) {
      rising.push_back(held_.at(option));
    }
    std::sort(rising.begin(), rising.end());
    std::size_t most = 1;
    amount together = 0;
    for (std::size_t i = 0; law_.batch != 0 && i + 1 < rising.size(); ++i) {
      together += rising[i];
      if (together < rising[i + 1] && rising.size() - (i + 1) >= left_) {
        most = i + 1;
      }
    }
    return most;
  }

  problem eliminate(const std::vector<std::uint32_t>& options) {
    const std::set<std::uint32_t> out(options.begin(), options.end());
    if (!std::exchange(counted_, false)) {
      return "eliminates without a count";
    }
    if (out.size() != options.size() || out.size() != hopeless() ||
        !std::includes(in_.begin(), in_.end(), out.begin(), out.end())) {
      return "eliminates others, or another number, than it may of those who are left";
    }
    for (const std::uint32_t other : in_) {
      if (!out.contains(other) && std::any_of(out.begin(), out.end(), [&](std::uint32_t option) {
            return held_[other] < held_[option];
          })) {
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
    for (const std::uint32_t option : out) {
      in_.erase(option);
    }
    for (const std::uint32_t option : out) {
      pass_on(option, [](const amount& value) { return value; });
    }
    return std::nullopt;
  }

  problem elect(const std::vector<std::uint32_t>& options) {
    if (!counted_ && !options.empty()) {
      return "elects without a count";
    }
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
    closed_ = true;
    const auto now = values();
    const bool any = std::any_of(in_.begin(), in_.end(), [&](std::uint32_t option) {
      return now.contains(option) && now.at(option) > 0;
    });
    if (law_.method == ranking_rule::method_code::irv) {
      return options.empty() && any ? "ends before somebody is elected" : elect(options);
    }
    if (left_ > 0 && (any || in_.size() > left_)) {
      return "ends before all seats are filled";
    }
    return options == elected_ ? problem() : "others than those who were elected one by one";
  }

  problem transfer(const allocation_step& step) {
    if (!std::exchange(counted_, false)) {
      return "passes on a surplus without a count";
    }
    if (std::any_of(in_.begin(), in_.end(),
                    [&](std::uint32_t other) { return has_reached(other); })) {
      return "passes on a surplus while another is to be elected";
    }
    const std::uint32_t option = step.subjects.empty() ? 0 : step.subjects[0];
    const amount value = held_[option];
    if (surplus_.erase(option) == 0 || value <= quota_) {
      return "passes on the surplus of somebody who has none";
    }
    for (const std::uint32_t other : surplus_) {
      if (held_[other] > value) {
        return "passes on a surplus before a larger one";
      }
    }
    spent_ += quota_;
    pass_on(option, [&](const amount& held) {
      constexpr std::uint32_t a_vote = 1'000'000'000;
      const amount exact = held * (value - quota_) / value * a_vote;
      return amount(whole(numerator(exact) / denominator(exact)), a_vote);
    });
    const std::vector told{text_of(value - quota_), text_of((value - quota_) / value)};
    return step.values == told ? problem() : "another surplus, or another part of it";
  }

  const ranking_rule& law_;
  std::uint32_t left_;  // seats
  ballots papers_;
  std::map<std::pair<std::size_t, std::uint32_t>, amount> piles_;  // ranking and holder
  std::set<std::uint32_t> in_;
  std::set<std::uint32_t> surplus_;  // elected, with all their papers
  std::vector<std::uint32_t> elected_;
  std::map<std::uint32_t, amount> held_;  // at the last count
  bool counted_ = false;                  // since papers were moved
  bool closed_ = false;
  amount all_ = 0;
  amount spent_ = 0;  // on those whose surplus has gone on
  amount quota_ = 0;
};

}  // namespace sandoq::tool::recount
