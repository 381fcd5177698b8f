#include "sandoq/ballot/manifest.hpp"

#include <string_view>
#include <utility>

#include "lib/ballot/label_fields.hpp"
#include "lib/ballot/rule_fields.hpp"
#include "lib/ballot/structure_reader.hpp"
#include "sandoq/ballot/ballot_codes.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

using detail::structure_reader;

using detail::empty_list_bytes;
using detail::read_id;
using detail::read_labels;
using detail::shortest_id_bytes;
using detail::shortest_named_bytes;
using detail::write_labels;

trustee_entry read_trustee(structure_reader& in) {
  trustee_entry out;
  out.id = read_id(in, "id");
  out.labels = read_labels(in, "labels");
  out.signing_key = in.element("signing key");
  out.encryption_key = in.element("encryption key");
  out.signing_proof = {in.fixed<64>("signing proof")};
  out.encryption_proof = {in.fixed<64>("encryption proof")};
  return out;
}

board_entry read_board(structure_reader& in) {
  board_entry out;
  out.id = read_id(in, "id");
  out.labels = read_labels(in, "labels");
  out.threshold = in.u32("threshold");
  const std::size_t n = in.count(manifest::max_trustees, shortest_named_bytes + 192, "trustees");
  for (std::size_t i = 0; i < n && in.good(); ++i) {
    const structure_reader::scope here(in, "trustee", i + 1);
    out.trustees.push_back(read_trustee(in));
  }
  return out;
}

authority_entry read_authority(structure_reader& in) {
  authority_entry out;
  out.id = read_id(in, "id");
  out.labels = read_labels(in, "labels");
  out.signing_key = in.element("signing key");
  out.signing_proof = {in.fixed<64>("signing proof")};
  return out;
}

eligibility_log read_eligibility(structure_reader& in) {
  const std::uint8_t value = in.u8("eligibility");
  if (value > 1) {
    in.refuse(errc::out_of_range, "eligibility", "eligibility is 0 (no log) or 1 (tokens)");
  }
  return static_cast<eligibility_log>(value);
}

tree_node read_node(structure_reader& in) {
  tree_node out;
  out.id = read_id(in, "id");
  out.level = static_cast<node_level>(in.u8("level"));
  out.parent = node_index(in.u32("parent"));
  out.labels = read_labels(in, "labels");
  return out;
}

// Options and attributes have the same form: an id and labels.
template <class Entry>
std::vector<Entry> read_named(structure_reader& in, std::string_view item_name, std::size_t count) {
  std::vector<Entry> out;
  for (std::size_t i = 0; i < count && in.good(); ++i) {
    const structure_reader::scope here(in, item_name, i);
    Entry next;
    next.id = read_id(in, "id");
    next.labels = read_labels(in, "labels");
    out.push_back(std::move(next));
  }
  return out;
}

contest_entry read_contest(structure_reader& in) {
  contest_entry out;
  out.id = read_id(in, "id");
  out.labels = read_labels(in, "labels");
  out.scope = node_index(in.u32("scope"));
  out.encoding = static_cast<contest_encoding>(in.u8("encoding"));
  out.options = read_named<option_entry>(
      in, "option", in.count(manifest::max_options, shortest_named_bytes, "options"));
  out.max_choices = in.u32("max");
  out.min_choices = in.u32("min");
  const std::uint8_t blank = in.u8("blank");
  if (blank > 1) {
    in.refuse(errc::out_of_range, "blank", "blank is 0 or 1");
  }
  out.blank = blank == 1 ? blank_option::counted : blank_option::absent;
  out.seats = in.u32("seats");
  out.alternates = in.u32("alternates");
  out.rule = static_cast<seat_rule>(in.u8("rule"));
  out.floor = in.u32("floor");
  out.attributes = read_named<attribute_entry>(
      in, "attribute",
      in.count_or_none(manifest::max_attributes, shortest_named_bytes, "attributes"));
  if (is_packed(out.encoding)) {
    out.text_bytes = in.u32("text");
  }
  if (out.rule == seat_rule::by_law) {
    out.law = detail::read_rule(in);
    out.lists = detail::read_party_lists(in);
  }
  return out;
}

style_entry read_style(structure_reader& in) {
  style_entry out;
  out.id = read_id(in, "id");
  const std::size_t n = in.count(manifest::max_style_contests, 4, "contests");
  for (std::size_t i = 0; i < n && in.good(); ++i) {
    out.contests.emplace_back(in.u32("contest"));
  }
  return out;
}

std::vector<style_index> read_branch_styles(structure_reader& in) {
  std::vector<style_index> out;
  const std::size_t n = in.count(manifest::max_styles, 4, "styles");
  for (std::size_t i = 0; i < n && in.good(); ++i) {
    out.emplace_back(in.u32("style"));
  }
  return out;
}

// Reads a list of 1 to max_items items with one function an item.
template <class T>
std::vector<T> read_list(structure_reader& in, std::size_t max_items, std::size_t min_item_bytes,
                         std::string_view field, std::string_view item_name,
                         T (*read_item)(structure_reader&)) {
  std::vector<T> out;
  const std::size_t n = in.count(max_items, min_item_bytes, field);
  for (std::size_t i = 0; i < n && in.good(); ++i) {
    const structure_reader::scope here(in, item_name, i);
    out.push_back(read_item(in));
  }
  return out;
}

void write_board(byte_writer& out, const board_entry& board) {
  out.text(board.id);
  write_labels(out, board.labels);
  out.u32(board.threshold);
  out.count(board.trustees.size());
  for (const trustee_entry& trustee : board.trustees) {
    out.text(trustee.id);
    write_labels(out, trustee.labels);
    out.fixed(trustee.signing_key.view());
    out.fixed(trustee.encryption_key.view());
    out.fixed(trustee.signing_proof.view());
    out.fixed(trustee.encryption_proof.view());
  }
}

void write_contest(byte_writer& out, const contest_entry& contest) {
  out.text(contest.id);
  write_labels(out, contest.labels);
  out.u32(contest.scope.value());
  out.u8(static_cast<std::uint8_t>(contest.encoding));
  out.count(contest.options.size());
  for (const option_entry& option : contest.options) {
    out.text(option.id);
    write_labels(out, option.labels);
  }
  out.u32(contest.max_choices);
  out.u32(contest.min_choices);
  out.u8(static_cast<std::uint8_t>(contest.blank));
  out.u32(contest.seats);
  out.u32(contest.alternates);
  out.u8(static_cast<std::uint8_t>(contest.rule));
  out.u32(contest.floor);
  out.count(contest.attributes.size());
  for (const attribute_entry& attribute : contest.attributes) {
    out.text(attribute.id);
    write_labels(out, attribute.labels);
  }
  if (is_packed(contest.encoding)) {
    out.u32(contest.text_bytes);
  }
  if (contest.rule == seat_rule::by_law) {
    detail::write_rule(out, contest.law.value_or(rule{}));
    detail::write_party_lists(out, contest.lists);
  }
}

template <class Index>
void write_indices(byte_writer& out, const std::vector<Index>& indices) {
  out.count(indices.size());
  for (const Index& index : indices) {
    out.u32(index.value());
  }
}

}  // namespace

result<manifest> manifest::decode(byte_view canonical) {
  if (canonical.size() > max_bytes) {
    return fail(errc::too_large, "manifest", "a manifest has at most 16 MiB");
  }
  structure_reader in(canonical, "manifest");
  manifest out;
  if (in.u32("format") != format_version) {
    in.refuse(errc::unsupported, "format", "only format 1 is known");
  }
  if (in.text(64, "suite") != suite_name) {
    in.refuse(errc::unsupported, "suite", "only suite sandoq-1 is known");
  }
  out.domain = static_cast<election_domain>(in.u8("domain"));
  if (!is_known(out.domain)) {
    in.refuse(errc::out_of_range, "domain", "the domain is 1 (real) or 2 (drill)");
  }
  out.election = read_id(in, "election");
  out.title = read_labels(in, "title");
  out.boards = read_list(in, max_boards, 17, "boards", "board", read_board);
  if (in.count_or_none(max_authorities, shortest_named_bytes + 96, "authority") == 1) {
    const structure_reader::scope here(in, "authority", 0);
    out.authority = read_authority(in);
  }
  out.beacon = read_labels(in, "beacon");
  out.eligibility = read_eligibility(in);
  out.nodes = read_list(in, max_nodes, 14, "nodes", "node", read_node);
  out.contests = read_list(in, max_contests, 48, "contests", "contest", read_contest);
  out.styles = read_list(in, max_styles, 13, "styles", "style", read_style);
  out.branch_styles =
      read_list(in, max_nodes, 8, "branch styles", "branch styles", read_branch_styles);
  if (auto end = in.finish(); !end) {
    return tl::unexpected<error>(std::move(end.error()));
  }
  return out;
}

bytes manifest::encode() const {
  byte_writer out;
  out.u32(format_version);
  out.text(suite_name);
  out.u8(static_cast<std::uint8_t>(domain));
  out.text(election);
  write_labels(out, title);
  out.count(boards.size());
  for (const board_entry& board : boards) {
    write_board(out, board);
  }
  out.count(authority ? 1 : 0);
  if (authority) {
    out.text(authority->id);
    write_labels(out, authority->labels);
    out.fixed(authority->signing_key.view());
    out.fixed(authority->signing_proof.view());
  }
  write_labels(out, beacon);
  out.u8(static_cast<std::uint8_t>(eligibility));
  out.count(nodes.size());
  for (const tree_node& node : nodes) {
    out.text(node.id);
    out.u8(static_cast<std::uint8_t>(node.level));
    out.u32(node.parent.value());
    write_labels(out, node.labels);
  }
  out.count(contests.size());
  for (const contest_entry& contest : contests) {
    write_contest(out, contest);
  }
  out.count(styles.size());
  for (const style_entry& style : styles) {
    out.text(style.id);
    write_indices(out, style.contests);
  }
  out.count(branch_styles.size());
  for (const auto& given : branch_styles) {
    write_indices(out, given);
  }
  return std::move(out).take();
}

bytes encode(const contest_entry& contest) {
  byte_writer out;
  write_contest(out, contest);
  return std::move(out).take();
}

digest32 manifest_hash(byte_view canonical) noexcept {
  return framed_hash::of("manifest", canonical);
}

bool is_mixed(contest_encoding encoding) noexcept {
  return encoding != contest_encoding::bit_vector;
}

bool is_packed(contest_encoding encoding) noexcept {
  return encoding == contest_encoding::packed_subset ||
         encoding == contest_encoding::packed_ranking;
}

std::size_t sum_ciphertexts(const contest_entry& contest) noexcept {
  const std::size_t blank = contest.blank == blank_option::counted ? 1 : 0;
  switch (contest.encoding) {
    case contest_encoding::bit_vector:
      return limits_of(contest).options + blank;
    case contest_encoding::slots:
      return blank;
    default:
      return 0;
  }
}

std::size_t count_places(const contest_entry& contest) noexcept {
  const bool ranked = contest.encoding == contest_encoding::packed_ranking;
  return (ranked ? 0 : limits_of(contest).options) +
         (contest.blank == blank_option::counted ? 1 : 0) + (is_packed(contest.encoding) ? 1 : 0);
}

choice_limits limits_of(const contest_entry& contest) noexcept {
  return code_numbers_of(contest).limits;
}

}  // namespace sandoq
