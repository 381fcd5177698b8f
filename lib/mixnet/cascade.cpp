#include "sandoq/mixnet/cascade.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/mixnet/element_list.hpp"
#include "sandoq/proofs/signature.hpp"

namespace sandoq {
namespace {

using group = ristretto255;
using elements = encoded_elements<group>;
using outcome = tl::expected<void, mix_failure>;

std::string place_of(std::uint32_t stage, std::string_view field) {
  return "stage " + std::to_string(stage) + "/" + std::string(field);
}

tl::unexpected<mix_failure> fault(mix_fault what, errc code, const std::string& place,
                                  const std::string& reason) {
  return tl::unexpected(mix_failure{what, {code, place, reason}});
}

std::string named(board_index board, trustee_index trustee) {
  return "trustee " + std::to_string(trustee.value()) + " of board " +
         std::to_string(board.value());
}

// What a statement or proof that cannot be worked with is called.
mix_fault fault_of(errc code) {
  switch (code) {
    case errc::identity_element:
      return mix_fault::identity;
    case errc::duplicate:
      return mix_fault::unchanged;
    default:
      return mix_fault::elements;
  }
}

std::size_t list_bytes(const shuffle_shape& shape, std::size_t ciphertexts) {
  return ciphertexts * shape.step() * group::element_bytes;
}

}  // namespace

cascade::cascade(const mix_election& election, mix_subject subject, const shuffle_shape& shape,
                 list inputs)
    : election_(&election),
      subject_(std::move(subject)),
      first_shape_(shape),
      shape_(shape),
      list_(std::move(inputs)) {
  for (const std::byte octet : subject_.group.encode()) {
    set_.push_back(static_cast<char>(octet));
  }
}

result<cascade> cascade::begin(const mix_election& election, mix_subject subject, bytes inputs) {
  const std::string place = "group " + std::to_string(subject.group.group);
  const auto shape = shuffle_shape::of(subject.group.ciphertexts, subject.width);
  if (!shape) {
    return fail_within(place, shape.error());
  }
  if (inputs.size() != list_bytes(*shape, shape->size())) {
    return fail(errc::mismatch, place + "/N", "the input list has another number of ciphertexts");
  }
  const digest32 hash = shuffle_list_hash(shape->size(), inputs);
  return cascade(election, std::move(subject), *shape, {std::move(inputs), hash, {}});
}

shuffle_context<group> cascade::context(std::uint32_t stage, const mixer& who,
                                        const digest32& previous) const {
  const std::uint64_t number = 64 * std::uint64_t{who.board.value()} + who.trustee.value();
  return {election_->shuffles, subject_.contest_id, set_, election_->root, stage, number, previous};
}

shuffle_context<group> cascade::next_context(board_index board, trustee_index trustee) const {
  return context(stages() + 1, {board, trustee}, list_.hash);
}

result<elements> cascade::decoded(executor& workers) const {
  if (list_.elements) {
    return *list_.elements;
  }
  return decode_ciphertexts(list_.octets, subject_.width, workers);
}

outcome cascade::admits(board_index board, trustee_index trustee) const {
  const std::uint32_t next = stages() + 1;
  if (next > max_stages) {
    return fault(mix_fault::order, errc::out_of_range, place_of(next, "stage"),
                 "a cascade has at most 16 stages");
  }
  const auto boards = election_->boards;
  if (board.value() >= boards.size() || trustee.value() == 0 ||
      trustee.value() > boards[board.value()].signing_keys.size()) {
    return fault(mix_fault::mixer, errc::not_found, place_of(next, "trustee"),
                 "there is no " + named(board, trustee));
  }
  const auto& shut_out = boards[board.value()].shut_out;
  if (std::find(shut_out.begin(), shut_out.end(), trustee.value()) != shut_out.end()) {
    return fault(mix_fault::shut_out, errc::mismatch, place_of(next, "trustee"),
                 named(board, trustee) + " is shut out");
  }
  if (std::find(mixers_.begin(), mixers_.end(), mixer{board, trustee}) != mixers_.end()) {
    return fault(mix_fault::repeated, errc::duplicate, place_of(next, "trustee"),
                 named(board, trustee) + " has mixed this group before");
  }
  return {};
}

outcome cascade::check_form(const mix_stage& stage, byte_view outputs) const {
  const std::uint32_t next = stages() + 1;
  if (stage.group != subject_.group.group) {
    return fault(mix_fault::order, errc::mismatch, place_of(next, "group"),
                 "it is a stage of group " + std::to_string(stage.group));
  }
  if (stage.stage != next) {
    return fault(mix_fault::order, errc::mismatch, place_of(next, "stage"),
                 "it says that it is stage " + std::to_string(stage.stage));
  }
  if (auto admitted = admits(stage.board, stage.trustee); !admitted) {
    return admitted;
  }
  if (stage.previous != list_.hash) {
    return fault(mix_fault::previous, errc::mismatch, place_of(next, "previous"),
                 "it took another list than the one before it");
  }
  if (outputs.size() != list_bytes(shape_, shape_.total())) {
    return fault(
        mix_fault::length, errc::mismatch, place_of(next, "elements"),
        "its list has another number of ciphertexts than " + std::to_string(shape_.total()));
  }
  if (stage.list != shuffle_list_hash(shape_.total(), outputs)) {
    return fault(mix_fault::list, errc::mismatch, place_of(next, "list"),
                 "the list beside it has another hash");
  }
  if (stage.proof.size() != shuffle_proof_bytes<group>(shape_)) {
    return fault(mix_fault::proof_length, errc::mismatch, place_of(next, "proof"),
                 "it has " + std::to_string(stage.proof.size()) + " bytes and not " +
                     std::to_string(shuffle_proof_bytes<group>(shape_)));
  }
  const auto& key =
      election_->boards[stage.board.value()].signing_keys[stage.trustee.value() - 1].element;
  const signed_message message{"mix", election_->shuffles.domain(), election_->shuffles.e1(),
                               stage.signed_digest()};
  if (const auto ok = verify({key, not_shared}, message, stage.signature); !ok) {
    return fault(mix_fault::signature, errc::bad_signature, place_of(next, "signature"),
                 "is not that of " + named(stage.board, stage.trustee));
  }
  return {};
}

outcome cascade::take(mix_stage stage, bytes outputs) {
  if (auto right = check_form(stage, outputs); !right) {
    return right;
  }
  const auto next_shape = shuffle_shape::of(shape_.total(), shape_.width());
  SANDOQ_EXPECTS(next_shape.has_value(), "what a stage puts out is no longer than m*n");
  const mixer who{stage.board, stage.trustee};
  unproved_ =
      unproved_stage{shape_, who, std::exchange(list_, list{std::move(outputs), stage.list, {}}),
                     std::move(stage.proof)};
  shape_ = *next_shape;
  mixers_.push_back(who);
  return {};
}

tl::expected<shuffle_lists<group>, mix_failure> cascade::statement(executor& workers) const {
  const auto wrong = [&](std::string_view field, const error& why) {
    return fault(fault_of(why.code), why.code, place_of(stages(), std::string(field) + why.place),
                 why.reason);
  };
  auto inputs = unproved_->taken.elements
                    ? result<elements>(*unproved_->taken.elements)
                    : decode_ciphertexts(unproved_->taken.octets, subject_.width, workers);
  if (!inputs) {
    return wrong("inputs/", inputs.error());
  }
  auto outputs = decode_ciphertexts(list_.octets, subject_.width, workers);
  if (!outputs) {
    return wrong("outputs/", outputs.error());
  }
  auto lists =
      shuffle_lists<group>::make(unproved_->shape, std::move(*inputs), std::move(*outputs));
  if (!lists) {
    return wrong("", lists.error());
  }
  return std::move(*lists);
}

outcome cascade::check_proof(executor& workers) {
  SANDOQ_EXPECTS(unproved_.has_value(), "a stage whose proof was not verified yet");
  const auto lists = statement(workers);
  if (!lists) {
    return tl::unexpected(lists.error());
  }
  const auto proof = shuffle_proof<group>::decode(unproved_->shape, unproved_->proof);
  if (!proof) {
    return fault(mix_fault::elements, proof.error().code, place_of(stages(), proof.error().place),
                 proof.error().reason);
  }
  const auto holds =
      verify_folded(context(stages(), unproved_->who, unproved_->taken.hash), *lists, *proof);
  if (!holds) {
    return fault(mix_fault::proof, errc::bad_proof, place_of(stages(), "proof"), holds.reason());
  }
  list_.elements = lists->outputs();
  unproved_.reset();
  ++proved_;
  return {};
}

outcome cascade::check_boards() const {
  for (std::uint32_t b = 0; b < election_->boards.size(); ++b) {
    const auto of_board = [b](const mixer& m) { return m.board == board_index(b); };
    if (std::none_of(mixers_.begin(), mixers_.end(), of_board)) {
      return fault(mix_fault::board, errc::missing, "board " + std::to_string(b),
                   "none of its trustees has mixed group " + std::to_string(subject_.group.group));
    }
  }
  return {};
}

tl::expected<mixed_list, mix_failure> cascade::finish() && {
  if (auto complete = check_boards(); !complete) {
    return tl::unexpected(std::move(complete.error()));
  }
  return mixed_list{stages(), first_shape_, list_.hash, std::move(list_.octets), all_proved()};
}

tl::expected<mixed_list, mix_failure> verify_cascade(cascade begun,
                                                     std::span<const mixed_stage> stages,
                                                     executor& workers) {
  for (const mixed_stage& stage : stages) {
    if (auto taken = begun.take(stage.item, stage.outputs); !taken) {
      return tl::unexpected(std::move(taken.error()));
    }
    if (auto proved = begun.check_proof(workers); !proved) {
      return tl::unexpected(std::move(proved.error()));
    }
  }
  return std::move(begun).finish();
}

}  // namespace sandoq
