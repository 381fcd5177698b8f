// The tables of item_layout.hpp: the fields of every kind of item, by the grammar of the
// specification.

#include <initializer_list>
#include <map>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "tests/support/item_layout.hpp"

namespace sandoq::testing {

namespace {

using fields = std::vector<field>;
using enum shape;

field list_of(std::string_view name, fields inner) {
  return {name, list, 0, std::move(inner)};
}
field digest(std::string_view name) {
  return {name, octets, 32};
}

// The parts that items share.
field labels() {
  return list_of("labels", {{"language", text}, {"text", text}});
}
field schnorr(std::string_view name) {  // SPEC(40.5), signatures 40.8
  return {name, group, 0, {{"T", element}, {"z", scalar}}};
}
field ciphertexts(std::string_view name) {
  return list_of(name, {{"alpha", element}, {"beta", element}});
}
field chaum_pedersen(std::string_view name) {  // SPEC(40.6)
  return {name, group, 0, {{"A", element}, {"A bar", element}, {"z", scalar}}};
}
field signature_list() {
  return list_of("signatures", {{"trustee", u32}, schnorr("signature")});
}
field quorum_field() {  // SPEC(52.1)
  return list_of("quorum", {signature_list()});
}
fields origin_and(fields rest) {
  fields out{{"attempt", u32}, {"board", u32}, {"trustee", u32}};
  out.insert(out.end(), rest.begin(), rest.end());
  out.push_back(schnorr("signature"));
  return out;
}

// What is there only if a u8 before it has one of those values.
field only_if(std::string_view selector, std::initializer_list<unsigned> values, fields inner) {
  std::size_t bits = 0;
  for (const unsigned value : values) {
    bits |= std::size_t{1} << value;
  }
  return {selector, when, bits, std::move(inner)};
}

field fraction(std::string_view name) {
  return {name, group, 0, {{"numerator", u32}, {"denominator", u32}}};
}

fields rule_fields() {  // SPEC(76.1)
  const field threshold =
      list_of("threshold", {fraction("share"), {"base", u8}, {"strict", u8}, {"applies", u8}});
  const field ballot{"ballot",
                     group,
                     0,
                     {{"min", u32},
                      {"max", u32},
                      {"each", u32},
                      {"overvote", u8},
                      {"list_code", u8},
                      {"form", u8},
                      {"exclusive", u8},
                      {"strike", u8}}};
  const field proportional = list_of("proportional", {{"base", u8},
                                                      {"method", u8},
                                                      list_of("divisors", {fraction("divisor")}),
                                                      {"rounding", u8},
                                                      {"remainder", u8},
                                                      {"one_extra", u8},
                                                      {"repair", u8},
                                                      threshold,
                                                      {"quota_votes", u8},
                                                      {"independents", u8},
                                                      {"list_overflow", u8},
                                                      {"pool_overflow", u8},
                                                      {"order", u8},
                                                      fraction("jump"),
                                                      {"jump_base", u8},
                                                      {"alternates", u8},
                                                      fraction("alternates_share"),
                                                      {"alternates_rounding", u8},
                                                      {"vacancy", u8},
                                                      {"list_tie", u8}});
  const field ranking = list_of("ranking", {{"method", u8},
                                            {"quota", u8},
                                            {"overvote", u8},
                                            {"skipped", u8},
                                            {"batch", u8},
                                            {"strength", u8},
                                            {"points", u8}});
  const field law{"law",
                  group,
                  0,
                  {{"format", u32},
                   ballot,
                   list_of("plurality", {threshold, {"runoff", u32}}),
                   proportional,
                   ranking}};
  return {law, list_of("lists", {{"id", text}, labels(), list_of("options", {{"option", u32}})})};
}

fields head_fields() {  // SPEC(80.5)
  return {{"format", u32},
          {"suite", text},
          {"domain", domain},
          digest("e0"),
          digest("e1"),
          {"cast ballots", u64},
          list_of("files", {{"name", text}, {"bytes", u64}, {"items", u32}, digest("hash")}),
          quorum_field()};
}

fields manifest_fields() {  // SPEC(50.1)
  const field trustees = list_of("trustees", {{"id", text},
                                              labels(),
                                              {"signing key", element},
                                              {"encryption key", element},
                                              schnorr("signing proof"),
                                              schnorr("encryption proof")});
  const field contests = list_of("contests", {{"id", text},
                                              labels(),
                                              {"scope", u32},
                                              {"encoding", u8},
                                              list_of("options", {{"id", text}, labels()}),
                                              {"max", u32},
                                              {"min", u32},
                                              {"blank", u8},
                                              {"seats", u32},
                                              {"alternates", u32},
                                              {"rule", u8},
                                              {"floor", u32},
                                              list_of("attributes", {{"id", text}, labels()}),
                                              only_if("encoding", {3, 4}, {{"text", u32}}),
                                              only_if("rule", {2}, rule_fields())});
  const field authority = list_of(
      "authority", {{"id", text}, labels(), {"signing key", element}, schnorr("signing proof")});
  return {{"format", u32},
          {"suite", text},
          {"domain", domain},
          {"election", text},
          list_of("title", {{"language", text}, {"text", text}}),
          list_of("boards", {{"id", text}, labels(), {"threshold", u32}, trustees}),
          authority,
          list_of("beacon", {{"language", text}, {"text", text}}),
          {"eligibility", u8},
          list_of("nodes", {{"id", text}, {"level", u8}, {"parent", u32}, labels()}),
          contests,
          list_of("styles", {{"id", text}, list_of("contests", {{"contest", u32}})}),
          list_of("branch styles", {list_of("styles", {{"style", u32}})})};
}

// Each encoding has its own list of ciphertexts and its own proof.  SPEC(52.1)
field contest_ballots() {
  const field bits{"proof",  // SPEC(45.4)
                   group,
                   0,
                   {{"B", element},
                    {"A", element},
                    {"T1", element},
                    {"T0", element},
                    {"E.alpha", element},
                    {"E.beta", element},
                    list_of("f", {{"f", scalar}}),
                    {"z_B", scalar},
                    {"z_T", scalar},
                    {"z_E", scalar}}};
  const field slots{"proof",  // SPEC(46.5)
                    group,
                    0,
                    {{"A", element},
                     {"S", element},
                     {"T1", element},
                     {"T2", element},
                     {"E.alpha", element},
                     {"E.beta", element},
                     list_of("rounds", {{"L", element}, {"R", element}}),
                     {"t", scalar},
                     {"tau_x", scalar},
                     {"mu", scalar},
                     {"f", scalar},
                     {"z_E", scalar},
                     {"a", scalar},
                     {"b", scalar}}};
  const field packed{"proof", group, 0, {{"W", element}, {"z", scalar}}};  // SPEC(47.3)
  const auto of = [](std::string_view name, const field& proof) {
    return fields{{name, group, 0, {ciphertexts("ciphertexts"), proof}}};
  };
  return list_of("contests", {{"encoding", u8},
                              only_if("encoding", {1}, of("bits", bits)),
                              only_if("encoding", {2}, of("slots", slots)),
                              only_if("encoding", {3}, of("subset", packed)),
                              only_if("encoding", {4}, of("ranking", packed))});
}

fields ballot_fields() {  // SPEC(52.1)
  return {{"branch", u32},   {"device", u32}, {"serial", u32},    {"style", u32}, {"digits", u16},
          contest_ballots(), {"time", u64},   digest("previous"), digest("code")};
}

field revealed_choices() {  // SPEC(52.1)
  const field codes = list_of("codes", {{"code", u32}});
  return list_of("choices",
                 {{"encoding", u8},
                  only_if("encoding", {1}, {{"bits", text}}),
                  only_if("encoding", {2}, {{"slots", group, 0, {codes}}}),
                  only_if("encoding", {3}, {{"subset", group, 0, {codes, {"text", text}}}}),
                  only_if("encoding", {4}, {{"ranking", group, 0, {codes, {"text", text}}}})});
}

fields opening_fields() {  // SPEC(52.1)
  return {{"branch", u32},
          {"device", u32},
          {"device key", element},
          schnorr("key proof"),
          {"time", u64},
          {"capacity", u32},
          digest("device seed root"),
          schnorr("device signature"),
          list_of("board seed roots", {digest("root")}),
          quorum_field()};
}

// Of close and recovery.  SPEC(52.1)
fields counts_and(const field& rest) {
  return {{"branch", u32},    {"device", u32},     {"time", u64},
          {"committed", u32}, {"cast", u32},       {"challenged", u32},
          {"voided", u32},    digest("last link"), rest,
          quorum_field()};
}

fields exclusion_fields() {  // SPEC(52.1)
  return {{"branch", u32}, {"device", u32},    {"time", u64},    {"reason", u8},
          {"items", u32},  digest("evidence"), {"remark", text}, quorum_field()};
}

fields resolution_and(fields rest) {
  fields out{{"branch", u32}, {"device", u32}, {"serial", u32}, {"time", u64}};
  out.insert(out.end(), rest.begin(), rest.end());
  return out;
}

fields request_fields() {  // SPEC(55.7)
  return {digest("e1"),       {"domain", domain},
          {"number", u32},    digest("previous"),
          {"contest", u32},   list_of("places", {{"node", u32}, digest("node hash")}),
          {"ballots", u64},   ciphertexts("ciphertexts"),
          digest("closings"), quorum_field()};
}

// What stands in the opening file besides requests, partials and results.  SPEC(75.3) to SPEC(75.6)
void add_late_layouts(std::map<item_kind, fields>& out) {
  const field options = list_of("options", {{"option", u32}});
  const field values = list_of("values", {{"value", u32}});
  out.emplace(item_kind::subtotal,
              fields{{"number", u32}, {"ballots", u64}, list_of("counts", {{"count", u64}})});
  out.emplace(item_kind::attributes, fields{{"contest", u32},
                                            list_of("options", {{"option", u32}, values}),
                                            schnorr("signature")});
  out.emplace(item_kind::lot_commit,
              fields{{"board", u32}, digest("commitment"), signature_list()});
  out.emplace(item_kind::lot_reveal, fields{{"board", u32}, digest("value")});
  out.emplace(item_kind::lot_beacon, fields{{"value", text}, quorum_field()});
  out.emplace(item_kind::resolution, fields{{"contest", u32}, {"tie", u32}, options});
}

// The mix, and what opens its lists.  SPEC(55.11) SPEC(60.2) SPEC(75.7)
void add_mix_layouts(std::map<item_kind, fields>& out) {
  out.emplace(item_kind::list_request, fields{digest("e1"),
                                              {"domain", domain},
                                              {"number", u32},
                                              digest("previous"),
                                              {"group", u32},
                                              {"contest", u32},
                                              {"stages", u32},
                                              {"ciphertexts", u32},
                                              digest("list"),
                                              digest("closings"),
                                              quorum_field()});
  out.emplace(item_kind::list_partial, fields{{"number", u32},
                                              {"board", u32},
                                              {"trustee", u32},
                                              digest("factors"),
                                              chaum_pedersen("proof"),
                                              schnorr("signature")});
  const field steps = list_of("steps", {{"kind", u8},
                                        list_of("subjects", {{"subject", u32}}),
                                        list_of("values", {{"value", text}})});
  out.emplace(item_kind::allocation, fields{{"contest", u32},
                                            list_of("elected", {{"option", u32}}),
                                            list_of("alternates", {{"option", u32}}),
                                            list_of("runoff", {{"option", u32}}),
                                            steps});
  out.emplace(item_kind::mix_group, fields{{"group", u32},
                                           {"contest", u32},
                                           list_of("places", {{"node", u32}, digest("node hash")}),
                                           {"ballots", u64},
                                           {"N", u32}});
  out.emplace(item_kind::mix_stage, fields{{"group", u32},
                                           {"stage", u32},
                                           {"board", u32},
                                           {"trustee", u32},
                                           digest("previous"),
                                           digest("list"),
                                           {"proof", text},
                                           schnorr("signature")});
  out.emplace(item_kind::mix_elements, fields{list_of("elements", {{"element", element}})});
  out.emplace(item_kind::mix_factors,
              fields{{"group", u32}, {"board", u32}, {"trustee", u32}, {"count", u32}});
}

std::map<item_kind, fields> main_layouts() {
  const fields seed{digest("seed"), list_of("path", {digest("sibling")})};
  const field totals =
      list_of("totals", {{"contest", u32}, {"ballots", u64}, ciphertexts("ciphertexts")});
  const field ties =
      list_of("ties", {{"seats", u32}, {"alternates", u32}, list_of("options", {{"option", u32}})});
  return {
      {item_kind::head, head_fields()},
      {item_kind::manifest, manifest_fields()},
      {item_kind::dkg_commit, origin_and({digest("h")})},
      {item_kind::dkg_reveal, origin_and({list_of("coefficients", {{"A", element}}), digest("salt"),
                                          list_of("proofs", {schnorr("proof")})})},
      {item_kind::dkg_deal,
       origin_and({list_of("shares", {{"c1", element}, {"box", octets, 48}})})},
      {item_kind::dkg_confirm, origin_and({digest("transcript hash")})},
      {item_kind::dkg_complaint,
       origin_and({{"dealer", u32}, {"Kdh", element}, chaum_pedersen("proof")})},
      {item_kind::dkg_absence,
       {{"attempt", u32}, {"board", u32}, {"trustee", u32}, {"remark", text}, quorum_field()}},
      {item_kind::election_key,
       {list_of("boards", {{"K_b", element}, list_of("share keys", {{"Y", element}})}),
        {"K", element},
        digest("e1")}},
      {item_kind::opening, opening_fields()},
      {item_kind::ballot, ballot_fields()},
      {item_kind::cast, resolution_and({})},
      {item_kind::voided, resolution_and({})},
      {item_kind::challenge,
       resolution_and(
           {revealed_choices(), {"device seed", group, 0, seed}, list_of("board seeds", seed)})},
      {item_kind::close, counts_and(schnorr("device signature"))},
      {item_kind::recovery, counts_and({"remark", text})},
      {item_kind::exclusion, exclusion_fields()},
      {item_kind::eligibility,
       {{"branch", u32}, list_of("tokens", {digest("hash"), {"style", u32}}), quorum_field()}},
      {item_kind::tally_node,
       {{"node", u32}, {"lo", u64}, {"hi", u64}, totals, digest("Merkle root"), digest("hash")}},
      {item_kind::request, request_fields()},
      {item_kind::partial,
       {{"number", u32},
        {"board", u32},
        {"trustee", u32},
        list_of("factors", {{"D", element}}),
        chaum_pedersen("proof"),
        schnorr("signature")}},
      {item_kind::result,
       {{"contest", u32},
        {"ballots", u64},
        list_of("counts", {{"count", u64}}),
        list_of("elected", {{"option", u32}}),
        list_of("alternates", {{"option", u32}}),
        ties}},
  };
}

std::map<item_kind, fields> all_layouts() {
  std::map<item_kind, fields> out = main_layouts();
  add_late_layouts(out);
  add_mix_layouts(out);
  return out;
}

}  // namespace

const fields& layout_of(item_kind kind) {
  static const std::map<item_kind, fields> all = all_layouts();
  const auto found = all.find(kind);
  SANDOQ_EXPECTS(found != all.end(), "item_fields.cpp has the fields of every kind of item");
  return found->second;
}

}  // namespace sandoq::testing
