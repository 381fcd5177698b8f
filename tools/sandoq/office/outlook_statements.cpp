#include <fmt/format.h>

#include <map>
#include <utility>

#include "office_names.hpp"
#include "outlook_parts.hpp"
#include "sandoq/tally/lot.hpp"
#include "signing_rules.hpp"
#include "statement_check.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

/// "signed by anna; waits for 1 of bahar, cyrus and 2 of darya, emad, farid"
std::string signing_of(outlook_page& page, const manifest& plan, const statement& what,
                       const signatures_so_far& so_far, const std::vector<board_keys>& boards) {
  const auto lot = what.of == item_kind::lot_commit ? decode_body<lot_commit>(what)
                                                    : result<lot_commit>(tl::unexpected(error{}));
  std::vector<trustee_seat> signers;
  std::string waits;
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    const auto& valid = so_far.valid.boards[b];
    for (const quorum_signature& each : valid) {
      signers.push_back({board_index(b), trustee_index(each.trustee)});
    }
    if (valid.size() >= boards[b].threshold || (lot && lot->board.value() != b)) {
      continue;
    }
    const std::vector<trustee_seat> others = others_of(boards[b], board_index(b), valid);
    waits += fmt::format("{}{} of {}", waits.empty() ? "" : " and ",
                         boards[b].threshold - valid.size(), name_trustees(plan, others));
    for (const trustee_seat& each : others) {
      page.to_sign(each);
    }
  }
  return (signers.empty() ? "" : "signed by " + name_trustees(plan, signers) + "; ") +
         "waits for " + waits;
}

/// "signed: 1 close, 3 opening", and what is not, one line each.
struct statement_list {
  std::map<std::string_view, std::size_t> complete;
  std::vector<std::string> open;

  void write(outlook_page& page) const {
    if (complete.empty() && open.empty()) {
      return;
    }
    std::string counts;
    for (const auto& [name, count] : complete) {
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, name);
    }
    page.line("statements", complete.empty() ? "none is signed yet" : "signed: " + counts);
    page.lines(open);
  }
};

}  // namespace

result<bool> write_statements(outlook_page& page, const bulletin& board,
                              const ceremony_state& ceremony,
                              const std::optional<running_election>& election) {
  const auto all = board.all<statement>(static_cast<std::uint32_t>(statement::kind));
  if (!all) {
    return tl::unexpected(all.error());
  }
  const election_hashes hashes =
      election ? election->hashes
               : election_hashes{board.plan().domain, board.manifest_hash(), std::nullopt};
  bool has_signed_head = false;
  statement_list list;
  for (const statement& what : *all) {
    if (what.of == item_kind::request || what.of == item_kind::list_request ||
        is_past(ceremony, what)) {
      continue;
    }
    const auto boards = signers_of(ceremony, board, what);
    const auto so_far = collect(board, what, hashes, boards);
    if (!so_far) {
      list.open.push_back(agreement_name(what) + ": " + to_string(so_far.error()));
    } else if (so_far->complete()) {
      ++list.complete[name_of(what.of)];
      has_signed_head = has_signed_head || what.of == item_kind::head;
      if (what.of == item_kind::dkg_absence) {
        page.next("sandoq ceremony absent, once more: the absence is signed");
      }
    } else {
      list.open.push_back(agreement_name(what) + ": " +
                          signing_of(page, board.plan(), what, *so_far, boards));
    }
  }
  list.write(page);
  return has_signed_head;
}

}  // namespace sandoq::tool
