#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "../report.hpp"
#include "../report_file.hpp"
#include "../say.hpp"
#include "draft_record.hpp"
#include "office_session.hpp"
#include "poll_commands.hpp"
#include "polling_state.hpp"
#include "sandoq/tally/lot.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view combine_name = "combine";

/// The record on its way, in a new directory beside its place, which goes away in the end. Where
/// none can be made, writing the record says so.
class draft_place {
 public:
  explicit draft_place(const fs::path& record) : own_(record.string() + ".draft-XXXXXX") {
    made_ = mkdtemp(own_.data()) != nullptr;
  }
  draft_place(const draft_place&) = delete;
  draft_place& operator=(const draft_place&) = delete;
  ~draft_place() {
    if (made_) {
      std::error_code ignored;
      fs::remove_all(own_, ignored);
    }
  }
  [[nodiscard]] fs::path path() const { return fs::path(own_) / "record"; }

 private:
  std::string own_;
  bool made_ = false;
};

/// One run of the command.
class combining {
 public:
  combining(const combine_options& options, office_session& session, fs::path record)
      : options_(options), session_(session), record_(std::move(record)), draft_(record_) {}

  exit_code run() {
    const auto polls = polling_of(session_.board, session_.election);
    if (!polls) {
      return refuse(combine_name, polls.error());
    }
    const auto made = write_draft(
        {session_.board, session_.election, *polls}, draft_extent::whole, draft_.path(),
        [this](const digest32& digest) { return sign(digest); }, *session_.workers);
    if (!made) {
      return refuse(combine_name, made.error());
    }
    say_list("answers that do not hold:", made->opening.rejected);
    if (!made->head) {
      say_list("before there are results, this is missing:", made->opening.missing);
      say("bring it, and run sandoq combine again\n");
      return exit_code::rejected;
    }
    if (signed_) {
      return finish();
    }
    if (!made->opening.tied.empty() && !options_.leave_ties) {
      return wait_for_ties(made->opening);
    }
    return state_head_of(*made);
  }

 private:
  /// The quorum under the head, if it was stated and is signed.
  result<quorum> sign(const digest32& digest) {
    const auto heads = session_.board.statements(item_kind::head);
    if (!heads) {
      return tl::unexpected(heads.error());
    }
    for (const statement& head : *heads) {
      const auto message = message_of(head, session_.election.hashes);
      if (!message || message->digest != digest) {
        continue;
      }
      auto so_far = collect(session_.board, head, session_.election.hashes,
                            session_.election.context.keys().boards());
      if (!so_far) {
        return tl::unexpected(std::move(so_far.error()));
      }
      if (so_far->complete()) {
        signed_ = true;
        return std::move(so_far->valid);
      }
      waiting_for_ = std::move(so_far->waiting_for);
    }
    return placeholder_quorum(digest);
  }

  exit_code wait_for_ties(const opening_state& opening) {
    std::vector<std::string> missing = opening.tied;
    if (opening.lot_results && !options_.beacon.empty()) {
      if (const auto stated = state_beacon(); !stated) {
        return refuse(combine_name, stated.error());
      }
      // It was missing when the list was made.
      std::erase_if(missing, [](const std::string& line) {
        return line.find("--beacon") != std::string::npos;
      });
    }
    say_list("there are ties; to decide them this is missing:", missing);
    say("bring it and run sandoq combine again, or give --leave-ties to leave them open\n");
    return exit_code::rejected;
  }

  result<void> state_beacon() {
    lot_beacon beacon;
    const byte_view value = bytes_of(options_.beacon);
    beacon.value.assign(value.begin(), value.end());
    const statement what = state(item_kind::lot_beacon, beacon);
    const auto published = session_.board.publish(stem_of(what), what);
    if (!published) {
      return tl::unexpected(published.error());
    }
    say("wrote {}: carry it to the boards, who sign it (sandoq trustee sign)\n", *published);
    return {};
  }

  exit_code state_head_of(const draft_record& made) {
    if (const auto good =
            check_draft(draft_.path(), session_.board, draft_extent::whole, *session_.workers);
        !good) {
      return refuse(combine_name, good.error());
    }
    // What the head rests on stays, whoever signs a request later.
    if (const auto agreed = agree_on_openings(session_.board, session_.election); !agreed) {
      return refuse(combine_name, agreed.error());
    }
    const statement head = state_head(*made.head);
    const auto published = session_.board.publish(stem_of(head), head);
    if (!published) {
      return refuse(combine_name, published.error());
    }
    say("the results are there, and the record passes every check but the signatures under its "
        "head\nwrote {}: carry the bulletin to the boards, who sign it (sandoq trustee sign); then "
        "sandoq combine again\n",
        *published);
    say_list("signatures that are missing:", waiting_for_);
    return exit_code::rejected;
  }

  exit_code finish() {
    const auto found =
        verify_record(draft_.path(), {session_.board.manifest_hash(), session_.board.plan().domain},
                      *session_.workers);
    if (!found) {
      return refuse(combine_name, found.error());
    }
    if (!found->accepted) {
      say_text(checks_in_words(*found));
      return exit_code::rejected;
    }
    const auto report = report_place(record_, "");
    if (!report) {
      return refuse(combine_name, report.error());
    }
    std::error_code problem;
    fs::rename(draft_.path(), record_, problem);
    if (problem) {
      return refuse(combine_name, {errc::io, record_.string(),
                                   "cannot be put into its place: " + problem.message()});
    }
    const auto written = make_report(*report, *found, pinning::present, options_.in);
    if (!written) {
      return refuse(combine_name, written.error());
    }
    say_text(results_in_words(*found) + checks_in_words(*found) + notes_in_words(*found));
    say("record: {0}\nreport: {0}.html\n", record_.string());
    return exit_code::accepted;
  }

  const combine_options& options_;
  office_session& session_;
  fs::path record_;
  draft_place draft_;
  bool signed_ = false;
  std::vector<std::string> waiting_for_;
};

}  // namespace

exit_code run_combine(const combine_options& options) {
  std::error_code problem;
  const fs::path record = fs::weakly_canonical(options.out, problem);
  if (problem || !record.has_filename() || fs::exists(fs::symlink_status(record, problem))) {
    return refuse(combine_name,
                  {errc::io, options.out,
                   "exists already or has no name; name a new directory for the record"});
  }
  auto session = office_session::begin(options.bulletin);
  if (!session) {
    return refuse(combine_name, session.error());
  }
  return combining(options, *session, record).run();
}

}  // namespace sandoq::tool
