// Every item of a record, by its kind, and the parts they share.

#include "sandoq/ballot/device_memory_secret.hpp"
#include "sandoq/ballot/eligibility.hpp"
#include "sandoq/ballot/exclusion.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/ballot/manifest.hpp"
#include "sandoq/ballot/manifest_index.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/ballot/seed.hpp"
#include "sandoq/tally/contest_allocation.hpp"
#include "sandoq/tally/lot.hpp"
#include "sandoq/tally/result.hpp"
#include "sandoq/tally/subtotal.hpp"
#include "sandoq/tally/tally_node.hpp"
#include "sandoq/tally/tally_shape.hpp"
#include "sandoq/tally/ties.hpp"
#include "sandoq/tally/totals.hpp"
#include "sandoq/threshold/commitments.hpp"
#include "sandoq/threshold/derived_key.hpp"
#include "sandoq/threshold/list_opening.hpp"
#include "sandoq/threshold/opening.hpp"
#include "sandoq/threshold/opening_log.hpp"
#include "sandoq/threshold/partial_decryption.hpp"
#include "tests/fuzz/round_trip.hpp"

namespace sandoq::fuzzing {
namespace {

// What a manifest is asked as soon as it is read.
std::string ask(const manifest& m) {
  if (auto keys = roster::decode(m); !keys) {
    if (auto bad = well_refused(keys); !bad.empty()) {
      return bad;
    }
  } else if (auto bad = well_refused(check_keys(m, *keys)); !bad.empty()) {
    return bad;
  }
  const auto rules = m.check_rules();
  const auto index = manifest_index::build(m);
  if (rules.has_value() != index.has_value()) {
    return "check_rules and manifest_index disagree";
  }
  if (!index) {
    return well_refused(rules);
  }
  const tally_shape shape = tally_shape::of(m);
  return shape.branches().size() == index->branches().size()
             ? std::string()
             : "manifest_index and tally_shape count other branches";
}

outcome manifest_item(byte_view in) {
  return read_back(
      in, manifest::decode(in), [](const manifest& m) { return m.encode(); }, ask);
}

outcome election_key_item(byte_view in) {
  return read_back(
      in, election_key::decode(in), [](const election_key& k) { return k.encode(); },
      [](const election_key& k) { return well_refused(decode_keys(k)); });
}

outcome request_item(byte_view in) {
  return read_back(
      in, opening_request::decode(in), [](const opening_request& r) { return r.encode(); },
      [](const opening_request& r) { return well_refused(decode_elements(r)); });
}

outcome total_elements(byte_view in) {
  byte_reader reader(in);
  const auto wire = wire_totals::read(reader);
  if (!wire) {
    return refused(wire.error());
  }
  return read_back(in.first(reader.offset()), decode(*wire), [](const totals& t) {
    byte_writer out;
    encode(t).write(out);
    return std::move(out).take();
  });
}

constexpr auto read_seed = [](byte_reader& in) { return read_seed_opening(in, "seed"); };

constexpr decoder manifest_decoders[] = {
    {"manifest", manifest_item},
};
constexpr decoder ceremony_decoders[] = {
    {"dkg_commit", whole<dkg_commit>},   {"dkg_reveal", whole<dkg_reveal>},
    {"dkg_deal", whole<dkg_deal>},       {"dkg_confirm", whole<dkg_confirm>},
    {"election_key", election_key_item}, {"dkg_complaint", whole<dkg_complaint>},
    {"dkg_absence", whole<dkg_absence>},
};
constexpr decoder journal_decoders[] = {
    {"opening", whole<opening_item>},
    {"ballot", whole<ballot_item>},
    {"cast", whole<cast_item>},
    {"challenge", whole<challenge_item>},
    {"void", whole<void_item>},
    {"close", whole<close_item>},
    {"contest_ballot", part<contest_ballot, read_contest_ballot>},
    {"seed_opening", part<seed_opening, read_seed>},
    {"exclusion", whole<exclusion_item>},
    {"recovery", whole<recovery_item>},
    {"eligibility", whole<eligibility_item>},
    {"device_trees", whole<device_trees>},
};
constexpr decoder counting_decoders[] = {
    {"tally_node", whole<tally_node>},      {"totals", part<wire_totals, wire_totals::read>},
    {"total_elements", total_elements},     {"request", request_item},
    {"partial", whole<partial_decryption>}, {"result", whole<contest_result>},
    {"subtotal", whole<subtotal>},          {"attributes", whole<tie_attributes>},
    {"lot_commit", whole<lot_commit>},      {"lot_reveal", whole<lot_reveal>},
    {"lot_beacon", whole<lot_beacon>},      {"resolution", whole<tie_resolution>},
    {"opening_log", whole<opening_log>},    {"list_request", whole<list_request>},
    {"list_partial", whole<list_partial>},  {"allocation", whole<contest_allocation>},
};

}  // namespace

target manifest_target() {
  return {"manifest", manifest_decoders};
}
target ceremony_target() {
  return {"ceremony", ceremony_decoders};
}
target journal_target() {
  return {"journal", journal_decoders};
}
target counting_target() {
  return {"counting", counting_decoders};
}

}  // namespace sandoq::fuzzing
