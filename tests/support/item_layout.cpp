#include "tests/support/item_layout.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "tests/support/record_faults.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;
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
                                              list_of("attributes", {{"id", text}, labels()})});
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

fields ballot_fields() {  // SPEC(52.1), proof 45.4
  const field proof{"proof",
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
  return {
      {"branch", u32}, {"device", u32},    {"serial", u32},
      {"style", u32},  {"digits", u16},    list_of("contests", {ciphertexts("ciphertexts"), proof}),
      {"time", u64},   digest("previous"), digest("code")};
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
      {item_kind::challenge, resolution_and({list_of("choices", {{"choice", text}}),
                                             {"device seed", group, 0, seed},
                                             list_of("board seeds", seed)})},
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
  return out;
}

std::size_t fixed_size(const field& f) {
  switch (f.what) {
    case u8:
    case domain:
      return 1;
    case u16:
      return 2;
    case u32:
      return 4;
    case u64:
      return 8;
    case element:
    case scalar:
      return 32;
    default:
      return f.size_bytes;
  }
}

class locator {
 public:
  explicit locator(byte_view in) : in_(in) {}

  bool walk(const fields& all, const std::string& prefix) {
    return std::ranges::all_of(all, [&](const field& f) { return walk_one(f, prefix); });
  }
  [[nodiscard]] bool at_end() const { return at_ == in_.size(); }
  [[nodiscard]] std::vector<located_field> take() { return std::move(found_); }

 private:
  bool walk_one(const field& f, const std::string& prefix) {
    const std::string path = prefix + std::string(f.name);
    const std::size_t begin = at_;
    switch (f.what) {
      case group:
        return walk(f.inner, path + '/');
      case list: {
        const std::size_t place = found_.size();
        found_.push_back({path, list, begin, 0, 0, begin + 4});
        const auto count = number();
        if (!count) {
          return false;
        }
        for (std::size_t i = 0; i < *count; ++i) {
          found_[place].last_at = at_;
          if (!walk(f.inner, path + '/')) {
            return false;
          }
        }
        found_[place].count = *count;
        found_[place].size_bytes = at_ - begin;
        return true;
      }
      case text: {
        const auto length = number();
        if (!length || !skip(*length)) {
          return false;
        }
        found_.push_back({path, text, begin + 4, *length});
        return true;
      }
      default:
        found_.push_back({path, f.what, begin, fixed_size(f)});
        return skip(fixed_size(f));
    }
  }
  bool skip(std::size_t size_bytes) {
    const bool there = size_bytes <= in_.size() - at_;
    at_ += there ? size_bytes : 0;
    return there;
  }
  std::optional<std::size_t> number() {
    if (in_.size() - at_ < 4) {
      return std::nullopt;
    }
    std::size_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value |= std::to_integer<std::size_t>(in_[at_++]) << (8 * i);
    }
    return value;
  }

  byte_view in_;
  std::size_t at_ = 0;
  std::vector<located_field> found_;
};

void collect_paths(const fields& all, const std::string& prefix, std::vector<std::string>& out) {
  for (const field& f : all) {
    const std::string path = prefix + std::string(f.name);
    if (f.what != group) {
      out.push_back(path);
    }
    collect_paths(f.inner, path + '/', out);
  }
}

void set_count(bytes& item, std::size_t at, std::size_t count) {
  for (std::size_t i = 0; i < 4; ++i) {
    item[at + i] = static_cast<std::byte>(count >> (8 * i));
  }
}

void put(bytes& item, std::size_t at, byte_view octets) {
  std::copy(octets.begin(), octets.end(), item.begin() + static_cast<std::ptrdiff_t>(at));
}

void change_value(bytes& item, const located_field& f) {
  const byte_view old = byte_view(item).subspan(f.at, f.size_bytes);
  switch (f.what) {
    case element:
      put(item, f.at, G::encode(G::decode(old).value() + G::generator()));
      break;
    case scalar:
      put(item, f.at, G::encode_scalar(G::decode_scalar(old).value() + G::scalar_from_u64(1)));
      break;
    case domain:
      item[f.at] ^= std::byte{3};
      break;
    case octets:
    case text:
      // The last bit of UTF-8 can be changed without breaking it.
      item[f.at + f.size_bytes - 1] ^= std::byte{1};
      break;
    default:
      item[f.at] ^= std::byte{1};
  }
}

}  // namespace

const fields& layout_of(item_kind kind) {
  static const std::map<item_kind, fields> all = all_layouts();
  const auto found = all.find(kind);
  SANDOQ_EXPECTS(found != all.end(), "item_layout.cpp has the fields of every kind of item");
  return found->second;
}

std::optional<std::vector<located_field>> locate_fields(item_kind kind, byte_view canonical) {
  locator at(canonical);
  if (!at.walk(layout_of(kind), "") || !at.at_end()) {
    return std::nullopt;
  }
  return at.take();
}

std::vector<std::string> paths_of(item_kind kind) {
  std::vector<std::string> out;
  collect_paths(layout_of(kind), "", out);
  return out;
}

std::vector<change_kind> changes_of(const located_field& f) {
  switch (f.what) {
    case list:
      return f.count == 0 ? std::vector<change_kind>{}
                          : std::vector{change_kind::repeat, change_kind::drop};
    case element:
    case scalar:
      return {change_kind::value, change_kind::no_value};
    default:
      return f.size_bytes == 0 ? std::vector<change_kind>{} : std::vector{change_kind::value};
  }
}

bytes changed_item(byte_view canonical, const located_field& f, change_kind change) {
  bytes item(canonical.begin(), canonical.end());
  const auto last = item.begin() + static_cast<std::ptrdiff_t>(f.last_at);
  const auto end = item.begin() + static_cast<std::ptrdiff_t>(f.at + f.size_bytes);
  switch (change) {
    case change_kind::value:
      change_value(item, f);
      break;
    case change_kind::no_value:
      put(item, f.at, f.what == scalar ? scalar_too_large() : bytes_of_no_element());
      break;
    case change_kind::repeat: {
      const bytes copy(last, end);
      item.insert(end, copy.begin(), copy.end());
      set_count(item, f.at, f.count + 1);
      break;
    }
    case change_kind::drop:
      item.erase(last, end);
      set_count(item, f.at, f.count - 1);
      break;
  }
  return item;
}

}  // namespace sandoq::testing
