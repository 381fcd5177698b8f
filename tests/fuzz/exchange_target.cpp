// What travels between machines and never stands in a record.

#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/record/head.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"
#include "tests/fuzz/round_trip.hpp"
#include "tools/sandoq/office/exchange_items.hpp"
#include "tools/sandoq/office/statements.hpp"

namespace sandoq::fuzzing {
namespace {

using namespace tool;

// A body that is read as the item it is about is that item without its signatures.
template <class Item>
std::string read_body(const statement& what) {
  const auto item = decode_body<Item>(what);
  if (!item) {
    return refused(item.error()).broken;
  }
  return state(what.of, *item) == what ? std::string() : "the item has another body";
}

std::string ask(const statement& what) {
  const auto message = message_of(what, {election_domain::real, {}, digest32{}});
  if (!message) {
    return refused(message.error()).broken;
  }
  switch (what.of) {
    case item_kind::close:
      return read_body<close_item>(what);
    case item_kind::opening:
      return read_body<opening_item>(what);
    case item_kind::recovery:
      return read_body<recovery_item>(what);
    case item_kind::exclusion:
      return read_body<exclusion_item>(what);
    case item_kind::eligibility:
      return read_body<eligibility_item>(what);
    case item_kind::dkg_absence:
      return read_body<dkg_absence>(what);
    case item_kind::request:
      return read_body<opening_request>(what);
    case item_kind::list_request:
      return read_body<list_request>(what);
    case item_kind::lot_commit:
      return read_body<lot_commit>(what);
    case item_kind::lot_beacon:
      return read_body<lot_beacon>(what);
    case item_kind::head:
      return read_body<record_head>(what);
    default:
      return "a kind that no quorum signs has a message";
  }
}

outcome statement_item(byte_view in) {
  return read_back(
      in, statement::decode(in), [](const statement& s) { return s.encode(); }, ask);
}

constexpr decoder exchange_decoders[] = {
    {"statement", statement_item},
    {"statement_signature", whole<statement_signature>},
    {"announcement", whole<announcement>},
    {"seed_root", whole<seed_root>},
    {"tokens", whole<device_tokens>},
    {"trustee_entry", whole<trustee_enrolment>},
    {"authority_entry", whole<authority_enrolment>},
    {"agreed", whole<agreed_quorum>},
};

}  // namespace

target exchange_target() {
  return {"exchange", exchange_decoders};
}

}  // namespace sandoq::fuzzing
