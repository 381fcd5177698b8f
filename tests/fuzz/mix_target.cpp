// Items of the mix, a list that comes in parts, and the stage of a mixer who signs whatever it is.

#include "tests/fuzz/mix_target.hpp"

#include <algorithm>
#include <utility>

#include "sandoq/mixnet/cascade.hpp"
#include "sandoq/mixnet/element_list.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "tests/fuzz/round_trip.hpp"
#include "tests/support/mix_fixture.hpp"

namespace sandoq::fuzzing {
namespace {

/// The first stage of a group of two, made once.
struct sample {
  sample() : fixture(2, 1, 2, 60), election(fixture.election()) {
    good = fixture.mixed(fixture.begin(election), 0, 1);
  }
  static sample& shared() {
    static sample made;
    return made;
  }

  testing::mix_fixture fixture;
  mix_election election;
  mixed_stage good;
};

// Its length, then each part with its own: what is taken, cut again, is the same.
outcome list_in_parts(byte_view in) {
  byte_reader reader(in);
  const auto expected = reader.u32("elements");
  if (!expected) {
    return refused(expected.error());
  }
  element_list_joiner joiner(*expected);
  while (reader.remaining() > 0) {
    const auto part = reader.var(in.size(), "part");
    if (!part) {
      return refused(part.error());
    }
    if (auto added = joiner.add(*part); !added) {
      return refused(added.error());
    }
  }
  const auto list = std::move(joiner).finish();
  if (!list) {
    return refused(list.error());
  }
  byte_writer again;
  again.u32(*expected);
  for (std::size_t part = 0; part < element_list_parts(*expected); ++part) {
    again.var(element_list_part(*list, part));
  }
  return {true, std::ranges::equal(again.view(), in) ? "" : "it is cut in another way"};
}

// A proof and a list: no other than those that were made are ever taken.
outcome signed_stage(byte_view in) {
  sample& s = sample::shared();
  mixed_stage stage = s.good;
  const byte_view proof = in.first(std::min(in.size(), stage.item.proof.size()));
  const byte_view outputs = in.subspan(proof.size());
  stage.item.proof.assign(proof.begin(), proof.end());
  stage.outputs.assign(outputs.begin(), outputs.end());
  s.fixture.sign_again(stage);
  cascade chain = s.fixture.begin(s.election);
  auto judged = chain.take(stage.item, stage.outputs);
  if (judged) {
    judged = chain.check_proof(s.fixture.workers());
  }
  if (!judged) {
    return refused(judged.error().why);
  }
  const bool same = stage.item.proof == s.good.item.proof && stage.outputs == s.good.outputs;
  return {true, same ? "" : "a stage that nobody mixed is taken"};
}

constexpr decoder mix_decoders[] = {
    {"mix_group", whole<mix_group>},       {"mix_stage", whole<mix_stage>},
    {"mix_elements", whole<mix_elements>}, {"mix_factors", whole<mix_factors>},
    {"list_in_parts", list_in_parts},      {"signed_stage", signed_stage},
};

}  // namespace

target mix_target() {
  return {"mix", mix_decoders};
}

std::multimap<std::string_view, bytes> mix_inputs() {
  sample& s = sample::shared();
  std::multimap<std::string_view, bytes> out;
  out.emplace("mix_group", s.fixture.subject().group.encode());
  out.emplace("mix_stage", s.good.item.encode());
  const bytes part = element_list_part(s.good.outputs, 0);
  out.emplace("mix_elements", part);
  out.emplace("mix_factors", mix_factors{3, board_index(1), trustee_index(2), 2}.encode());
  byte_writer list;
  list.u32(static_cast<std::uint32_t>(s.good.outputs.size() / 32));
  list.var(part);
  out.emplace("list_in_parts", std::move(list).take());
  bytes stage = s.good.item.proof;
  stage.insert(stage.end(), s.good.outputs.begin(), s.good.outputs.end());
  out.emplace("signed_stage", std::move(stage));
  return out;
}

}  // namespace sandoq::fuzzing
