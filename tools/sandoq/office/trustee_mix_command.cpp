#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "../mix_plan.hpp"
#include "../progress.hpp"
#include "../say.hpp"
#include "draft_record.hpp"
#include "exchange_items.hpp"
#include "list_file.hpp"
#include "mix_state.hpp"
#include "office_names.hpp"
#include "poll_commands.hpp"
#include "sandoq/mixnet/mixer_secret.hpp"
#include "sandoq/proofs/shuffle_prove.hpp"
#include "sandoq/tally/opening_sums.hpp"
#include "trustee_desk.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view mix_name = "trustee mix";

/// One visit of a mixer: every group whose turn it is.                               SPEC(85.8)
class mixing_visit {
 public:
  mixing_visit(trustee_at_work& work, const counted_election& counted, const mix_plan& plan)
      : work_(work),
        counted_(counted),
        plan_(plan),
        tables_(plan.shuffles()),
        line_("mixing", plan.ciphertexts()) {}

  result<void> take(const mix_group& group, mix_inputs& inputs) {
    auto begun = plan_.begin(group, inputs);
    if (!begun) {
      return tl::unexpected(std::move(begun.error()));
    }
    const auto found = follow_group(work_.board, std::move(*begun), work_.workers);
    if (!found) {
      return tl::unexpected(found.error());
    }
    rejected_.insert(rejected_.end(), found->rejected.begin(), found->rejected.end());
    line_.add(group.ciphertexts);
    const auto turn = static_cast<std::uint32_t>(found->stages.size());
    const std::string name = name_group(counted_.plan, group);
    if (turn == counted_.plan.boards.size()) {
      return {};
    }
    if (board_index(turn) == seat().board) {
      return mix(*found);
    }
    waiting_.push_back(fmt::format(
        "{}: {} {}", name, name_board(counted_.plan, board_index(turn)),
        board_index(turn) < seat().board ? "mixes first, and has not yet" : "mixes next"));
    return {};
  }

  /// \return whether something was mixed here, or everything is
  [[nodiscard]] bool report() const {
    say_list("mixes that do not hold:", rejected_);
    for (const std::string& file : written_) {
      say("wrote {}\n", file);
    }
    say_list("not this trustee's turn:", waiting_);
    if (!written_.empty()) {
      say("carry the bulletin to the next board; when all have mixed, run sandoq close\n");
    } else if (waiting_.empty()) {
      say("every list is mixed by every board: run sandoq close\n");
    }
    return !written_.empty() || waiting_.empty();
  }

 private:
  [[nodiscard]] const trustee_seat& seat() const { return work_.home.seat(); }

  result<void> mix(const followed_group& found) {
    const std::string stem =
        fmt::format("mix-{}-{}-{}-{}-{}", found.so_far.subject().group.group,
                    found.stages.size() + 1, seat().board.value(), seat().trustee.value(),
                    to_hex(found.so_far.hash().view()).substr(0, 8));
    // A mix that was made before is published again: two of one list would stop everybody.
    auto made = work_.home.sent(stem);
    if (!made) {
      return tl::unexpected(std::move(made.error()));
    }
    if (!*made) {
      if (auto fresh = make(found, stem); !fresh) {
        return fresh;
      }
    }
    auto kept = read_list_file(work_.home.sent_file(stem), stem);
    if (!kept) {
      return tl::unexpected(std::move(kept.error()));
    }
    auto file = work_.board.publish_list(stem, number(item_kind::mix_stage), kept->canonical,
                                         kept->elements);
    if (!file) {
      return tl::unexpected(std::move(file.error()));
    }
    written_.push_back(std::move(*file));
    return {};
  }

  result<void> make(const followed_group& found, const std::string& stem) {
    const shuffle_shape& shape = found.so_far.shape();
    auto prepared = prepare_mix(tables_, shape.size(), shape.width(), work_.random);
    if (!prepared) {
      return tl::unexpected(std::move(prepared.error()));
    }
    const mixer_identity self{seat().board, seat().trustee, work_.home.keys().signing()};
    const auto stage =
        sandoq::mix(tables_, found.so_far, self, std::move(*prepared), work_.random, work_.workers);
    if (!stage) {
      return tl::unexpected(stage.error());
    }
    return work_.home.keep_sent(
        stem, list_file(number(item_kind::mix_stage), stage->item.encode(), stage->outputs));
  }

  trustee_at_work& work_;
  const counted_election& counted_;
  const mix_plan& plan_;
  shuffle_prover_tables<ristretto255> tables_;
  progress_line line_;
  std::vector<std::string> written_;
  std::vector<std::string> waiting_;
  std::vector<std::string> rejected_;
};

}  // namespace

exit_code run_trustee_mix(const trustee_mix_options& options) {
  auto desk = trustee_desk::open(options.trustee);
  if (!desk) {
    return refuse(mix_name, desk.error());
  }
  trustee_at_work work = desk->work();
  const auto election = election_of(desk->board(), work.workers);
  if (!election) {
    return refuse(mix_name, election.error());
  }
  // The trustee's own count, of its own bulletin: it says what is to be mixed.
  auto own = look_at_draft(desk->board(), *election, draft_extent::counted, work.workers);
  if (!own) {
    return refuse(mix_name, own.error());
  }
  const manifest& plan = desk->board().plan();
  const opening_grounds grounds = grounds_of(plan, own->nodes);
  const counted_election counted{plan, election->context, own->nodes, own->closings, grounds};
  const auto groups = mix_plan::make(counted);
  if (!groups) {
    return refuse(mix_name, groups.error());
  }
  if (groups->groups().empty()) {
    say("nothing of this election is mixed: run sandoq close\n");
    return exit_code::accepted;
  }
  mixing_visit visit(work, counted, *groups);
  for (const mix_group& each : groups->groups()) {
    if (const auto done = visit.take(each, *own->inputs); !done) {
      return refuse(mix_name, done.error());
    }
  }
  return visit.report() ? exit_code::accepted : exit_code::rejected;
}

}  // namespace sandoq::tool
