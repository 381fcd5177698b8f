#include "mix_state.hpp"

#include <fmt/core.h>

#include <iterator>
#include <optional>
#include <utility>

#include "../progress.hpp"
#include "exchange_items.hpp"
#include "office_names.hpp"
#include "sandoq/mixnet/mix_items.hpp"

namespace sandoq::tool {
namespace {

/// A stage that holds, and the cascade behind it.
struct next_stage {
  const published* message;
  mixed_stage stage;
  cascade behind;
};

class group_follower {
 public:
  group_follower(const bulletin& board, executor& workers) : board_(board), workers_(workers) {}

  result<followed_group> follow(cascade begun) {
    followed_group out{std::move(begun), {}, {}};
    while (out.stages.size() < board_.plan().boards.size()) {
      auto next = next_of(out);
      if (!next) {
        return tl::unexpected(std::move(next.error()));
      }
      if (!*next) {
        break;
      }
      out.so_far = std::move((*next)->behind);
      out.stages.push_back(std::move((*next)->stage));
    }
    return out;
  }

 private:
  /// The stages that the board whose turn it is has put behind those before.
  [[nodiscard]] std::vector<const published*> candidates(const followed_group& before) const {
    const auto turn = static_cast<std::uint32_t>(before.stages.size());
    return board_.messages_at(
        {number(item_kind::mix_stage), before.so_far.subject().group.group, turn + 1, turn});
  }

  result<std::optional<next_stage>> next_of(followed_group& before) {
    std::optional<next_stage> out;
    for (const published* each : candidates(before)) {
      auto tried = take(before.so_far, *each);
      if (!tried) {
        before.rejected.push_back(each->file + ": " + to_string(tried.error()));
        continue;
      }
      if (out) {
        return fail(errc::duplicate, each->file,
                    "and " + out->message->file +
                        " are two mixes of one list by one board, and both hold; ask that board, "
                        "keep both as evidence elsewhere, and leave one here");
      }
      out = std::move(*tried);
    }
    return out;
  }

  [[nodiscard]] result<next_stage> take(const cascade& before, const published& message) const {
    auto item = mix_stage::decode(message.canonical);
    if (!item) {
      return tl::unexpected(std::move(item.error()));
    }
    if (item->previous != before.hash()) {
      return fail(errc::mismatch, "previous",
                  "is a mix of another list than the one of this count");
    }
    auto list = board_.read_list(message);
    if (!list) {
      return tl::unexpected(std::move(list.error()));
    }
    next_stage out{&message, {std::move(*item), std::move(*list)}, before};
    if (auto good = out.behind.take(out.stage.item, out.stage.outputs); !good) {
      return tl::unexpected(std::move(good.error().why));
    }
    if (auto good = out.behind.check_proof(workers_); !good) {
      return tl::unexpected(std::move(good.error().why));
    }
    return out;
  }

  const bulletin& board_;
  executor& workers_;
};

std::string whose_turn(const manifest& plan, const mix_group& group, std::size_t stages) {
  return fmt::format("{}: a mix by a trustee of {} (sandoq trustee mix)", name_group(plan, group),
                     name_board(plan, board_index(static_cast<std::uint32_t>(stages))));
}

}  // namespace

result<followed_group> follow_group(const bulletin& board, cascade begun, executor& workers) {
  return group_follower(board, workers).follow(std::move(begun));
}

result<mix_state> mix_of(const bulletin& board, const counted_election& counted, mix_inputs& inputs,
                         executor& workers) {
  const auto plan = mix_plan::make(counted);
  if (!plan) {
    return tl::unexpected(plan.error());
  }
  mix_state out;
  progress_line line("verifying the mix", plan->ciphertexts());
  for (const mix_group& each : plan->groups()) {
    auto begun = plan->begin(each, inputs);
    if (!begun) {
      return tl::unexpected(std::move(begun.error()));
    }
    auto found = follow_group(board, std::move(*begun), workers);
    if (!found) {
      return tl::unexpected(std::move(found.error()));
    }
    line.add(each.ciphertexts);
    std::move(found->rejected.begin(), found->rejected.end(), std::back_inserter(out.rejected));
    if (found->stages.size() < board.plan().boards.size()) {
      out.missing.push_back(whose_turn(board.plan(), each, found->stages.size()));
      continue;
    }
    auto list = std::move(found->so_far).finish();
    if (!list) {
      return fail_within(name_group(board.plan(), each), std::move(list.error().why));
    }
    out.groups.push_back({each, std::move(found->stages), std::move(*list)});
  }
  return out;
}

}  // namespace sandoq::tool
