#include "ceremony_messages.hpp"

#include <utility>

#include "sandoq/record/items.hpp"
#include "sandoq/threshold/ceremony_elements.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace sandoq::tool {
namespace {

using group = ristretto255;

bool is_element(byte_view octets) {
  return encoded_element<group>::decode(octets).has_value();
}

/// True iff all elements in front and all scalars after them decode.
bool is_proof(byte_view octets, std::size_t elements) {
  for (std::size_t at = 0; at + 32 <= octets.size(); at += 32) {
    const byte_view part = octets.subspan(at, 32);
    if (at / 32 < elements ? !is_element(part) : !group::decode_scalar(part).has_value()) {
      return false;
    }
  }
  return true;
}

bool decodes(const dkg_absence& /*item*/) {
  return true;
}
bool decodes(const dkg_commit& /*item*/) {
  return true;
}
bool decodes(const dkg_confirm& /*item*/) {
  return true;
}
bool decodes(const dkg_reveal& item) {
  return std::all_of(item.coefficients.begin(), item.coefficients.end(),
                     [](const auto& each) { return is_element(each.view()); }) &&
         std::all_of(item.proofs.begin(), item.proofs.end(),
                     [](const auto& each) { return is_proof(each.view(), 1); });
}
bool decodes(const dkg_deal& item) {
  return std::all_of(item.shares.begin(), item.shares.end(),
                     [](const auto& each) { return is_element(each.ephemeral.view()); });
}
bool decodes(const dkg_complaint& item) {
  return is_element(item.shared.view()) && is_proof(item.proof.view(), 2);
}

/// The bulletin holds what is signed by its trustee, or in an absence's case by the boards.
template <class Item>
void take(ceremony_messages& out, const bulletin& from, item_kind kind,
          std::vector<found_item<Item>> attempt_messages::*list) {
  for (const published* message : from.messages(static_cast<std::uint32_t>(kind))) {
    auto item = Item::decode(message->canonical);
    if (!item) {
      out.ignored.push_back({message->file, "cannot be read: " + to_string(item.error())});
    } else if (!decodes(*item)) {
      out.ignored.push_back({message->file, "holds an element or scalar that does not decode"});
    } else {
      (out.attempts[item->origin.attempt].*list).push_back({std::move(*item), message->file});
    }
  }
}

}  // namespace

ceremony_messages ceremony_messages::of(const bulletin& from, std::vector<board> boards) {
  ceremony_messages out;
  out.election = {from.manifest_hash(), from.plan().domain};
  out.keys = keys_of(boards);
  out.boards = std::move(boards);
  take(out, from, item_kind::dkg_absence, &attempt_messages::absences);
  take(out, from, item_kind::dkg_commit, &attempt_messages::commits);
  take(out, from, item_kind::dkg_reveal, &attempt_messages::reveals);
  take(out, from, item_kind::dkg_deal, &attempt_messages::deals);
  take(out, from, item_kind::dkg_complaint, &attempt_messages::complaints);
  take(out, from, item_kind::dkg_confirm, &attempt_messages::confirms);
  return out;
}

const attempt_messages& ceremony_messages::at(std::uint32_t number) const {
  static const attempt_messages nothing;
  const auto found = attempts.find(number);
  return found == attempts.end() ? nothing : found->second;
}

std::vector<dkg_absence> ceremony_messages::absences_of(std::uint32_t number,
                                                        const participants& who) const {
  if (at(number).absences.empty()) {
    return {};
  }
  participants left = who;
  for (const auto& each : at(number).absences) {
    left.shut_out(each.item.origin.board, each.item.origin.trustee);
  }
  const auto signers = without_shut_out(keys, left);
  std::vector<dkg_absence> out;
  for (const auto& each : at(number).absences) {
    const signed_message message{"dkg/absence", election.domain, election.manifest_hash,
                                 each.item.signed_digest()};
    if (who.contains(each.item.origin.board, each.item.origin.trustee) &&
        verify(signers, message, each.item.signatures)) {
      out.push_back(each.item);
    }
  }
  return out;
}

bool ceremony_messages::is_overtaken(std::uint32_t number, const participants& who) const {
  participants left = who;
  for (auto at = attempts.upper_bound(number); at != attempts.end(); ++at) {
    for (const auto& each : at->second.reveals) {
      left.shut_out(each.item.origin.board, each.item.origin.trustee);
    }
  }
  for (std::uint32_t b = 0; b < boards.size(); ++b) {
    const std::size_t all = who.of(board_index(b)).size();
    const std::size_t remaining = left.of(board_index(b)).size();
    if (all - remaining < boards[b].threshold || remaining >= boards[b].threshold) {
      return false;
    }
  }
  return true;
}

bool ceremony_messages::is_of(const participants& who, const dkg_complaint& complaint) {
  const auto& [number, board, accuser] = complaint.origin;
  return who.contains(board, accuser) && who.contains(board, complaint.dealer) &&
         accuser != complaint.dealer;
}

std::optional<digest32> ceremony_messages::transcript_of(const attempt_context& present,
                                                         const ceremony_items& items) const {
  const auto coefficients = decode_coefficients(items.reveals);
  if (!coefficients) {
    return std::nullopt;
  }
  return derive_key(present, sizes_of(boards), items, *coefficients).transcript_hash;
}

}  // namespace sandoq::tool
