#include "message_place.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq::tool {
namespace {

/// Which u32 of a message, counted in bytes from its start, say what it is about.
using offsets = std::vector<std::size_t>;

constexpr std::size_t announced_key = 8;  // after branch and device

/// Kind and digest, with which signatures and quorums begin.
const offsets signed_thing{0, 4, 8, 12, 16, 20, 24, 28, 32};

offsets with(offsets first, const offsets& more) {
  first.insert(first.end(), more.begin(), more.end());
  return first;
}

std::optional<offsets> fields_of(std::uint32_t kind) {
  switch (kind) {
    case number(item_kind::dkg_absence):
    case number(item_kind::dkg_commit):
    case number(item_kind::dkg_reveal):
    case number(item_kind::dkg_deal):
    case number(item_kind::dkg_confirm):
    case number(item_kind::partial):
    case number(item_kind::list_partial):
      return {{0, 4, 8}};  // attempt or number, board, trustee
    case number(item_kind::mix_stage):
      return {{0, 4, 8, 12}};  // group, stage, board, trustee
    case number(item_kind::dkg_complaint):
      return {{0, 4, 8, 12}};  // and the dealer
    case number(item_kind::attributes):
    case number(item_kind::lot_reveal):
      return {{0}};
    case number(exchange_kind::announcement):
    case number(exchange_kind::tokens):
    case number(exchange_kind::trustee_entry):
      return {{0, 4}};
    case number(exchange_kind::seed_root):
      return {{0, 4, 12, 16}};  // branch, device, board, trustee
    case number(exchange_kind::authority_entry):
      return offsets{};
    case number(exchange_kind::agreed):
      return signed_thing;  // one a statement, whatever its quorum
    case number(exchange_kind::signature):
      return with(signed_thing, {36, 40});  // and board, trustee
    default:
      return std::nullopt;
  }
}

/// The same for the body of a statement.
std::optional<offsets> fields_of_statement(item_kind of) {
  switch (of) {
    case item_kind::dkg_absence:
      return {{0, 4, 8}};
    case item_kind::opening:
    case item_kind::close:
    case item_kind::exclusion:
    case item_kind::recovery:
      return {{0, 4}};
    case item_kind::eligibility:
    case item_kind::lot_commit:
      return {{0}};
    case item_kind::request:
    case item_kind::list_request:
      return {{33}};  // after e1 and domain
    case item_kind::lot_beacon:
    case item_kind::head:
      return offsets{};
    default:
      return std::nullopt;
  }
}

result<byte_view> part_of(byte_view data, std::size_t offset, std::size_t size) {
  if (data.size() < offset + size) {
    return fail(errc::truncated, "message", "is too short");
  }
  return data.subspan(offset, size);
}

result<void> append_fields(message_place& out, byte_view data, const offsets& at) {
  for (const std::size_t offset : at) {
    const auto field = part_of(data, offset, 4);
    if (!field) {
      return tl::unexpected(field.error());
    }
    byte_reader in(*field);
    out.push_back(*in.u32("field"));
  }
  return {};
}

void append(message_place& out, const digest32& hash) {
  byte_reader in(hash.view());
  for (int i = 0; i < 8; ++i) {
    out.push_back(*in.u32("hash"));
  }
}

void append_hash(message_place& out, byte_view data) {
  append(out, framed_hash::of("bulletin/place", data));
}

/// The part of a message by which it differs from others that may stand beside it: all of one that
/// shows no author; empty of one that has its place for itself.
result<byte_view> side_by_side(std::uint32_t kind, byte_view canonical) {
  switch (kind) {
    case number(exchange_kind::signature):
    case number(exchange_kind::trustee_entry):
    case number(exchange_kind::authority_entry):
      return canonical;
    case number(exchange_kind::announcement):  // its key alone says whose it is
      return part_of(canonical, announced_key, 32);
    default:
      return byte_view{};
  }
}

result<message_place> place_of_statement(byte_view canonical) {
  const auto what = statement::decode(canonical);
  if (!what) {
    return tl::unexpected(what.error());
  }
  const auto fields = fields_of_statement(what->of);
  if (!fields) {
    return fail(errc::mismatch, "statement", "no quorum signs a " + std::string(name_of(what->of)));
  }
  message_place out{number(exchange_kind::statement), number(what->of)};
  if (auto done = append_fields(out, what->body, *fields); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (what->of != item_kind::close) {  // which its device has signed
    append_hash(out, what->body);
  }
  return out;
}

}  // namespace

message_place with_list(message_place place, const digest32& list) {
  append(place, list);
  return place;
}

bool begins_with(const message_place& place, const message_place& begin) {
  return place.size() >= begin.size() && std::equal(begin.begin(), begin.end(), place.begin());
}

message_place place_of_signatures(item_kind of, const digest32& digest, board_index board,
                                  trustee_index trustee) {
  message_place out{number(exchange_kind::signature), number(of)};
  append(out, digest);
  out.push_back(board.value());
  out.push_back(trustee.value());
  return out;
}

message_place place_of_agreed(item_kind of, const digest32& digest) {
  message_place out{number(exchange_kind::agreed), number(of)};
  append(out, digest);
  return out;
}

std::string name_of_message(std::uint32_t kind) {
  if (const auto name = name_of_exchange(kind)) {
    return std::string(*name);
  }
  return is_item_kind(kind) ? std::string(name_of(static_cast<item_kind>(kind)))
                            : "kind " + std::to_string(kind);
}

result<message_place> place_of_message(std::uint32_t kind, byte_view canonical) {
  if (kind == number(exchange_kind::statement)) {
    return place_of_statement(canonical);
  }
  const auto fields = fields_of(kind);
  if (!fields) {
    return fail(errc::mismatch, name_of_message(kind), "does not belong into a bulletin");
  }
  message_place out{kind};
  if (auto done = append_fields(out, canonical, *fields); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  const auto more = side_by_side(kind, canonical);
  if (!more) {
    return tl::unexpected(more.error());
  }
  if (!more->empty()) {
    append_hash(out, *more);
  }
  return out;
}

}  // namespace sandoq::tool
