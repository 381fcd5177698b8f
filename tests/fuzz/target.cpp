#include "tests/fuzz/target.hpp"

#include <algorithm>

namespace sandoq::fuzzing {

const std::vector<target>& all_targets() {
  static const std::vector<target> all{
      group_target(),    integer_target(), proofs_target(),        manifest_target(),
      ceremony_target(), journal_target(), counting_target(),      container_target(),
      record_target(),   text_target(),    manifest_json_target(), ballot_csv_target(),
      exchange_target(), booth_target(),   kernels_target(),       sizing_target(),
      rules_target(),    mix_target(),
  };
  return all;
}

const target* find_target(std::string_view name) {
  const auto& all = all_targets();
  const auto found =
      std::find_if(all.begin(), all.end(), [name](const target& t) { return t.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const decoder* decoder_of(const target& family, byte_view input) {
  if (input.empty() || std::to_integer<std::size_t>(input[0]) >= family.decoders.size()) {
    return nullptr;
  }
  return &family.decoders[std::to_integer<std::size_t>(input[0])];
}

}  // namespace sandoq::fuzzing
