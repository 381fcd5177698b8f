// The door for libFuzzer. One program serves all targets: the name by which it is called says which
// (build/<preset>/bin/fuzzers/NAME), so that the library is linked once and measured once.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "tests/fuzz/record_target.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace sandoq;
using namespace sandoq::fuzzing;

struct tally_of_row {
  std::uint64_t runs = 0;
  std::uint64_t accepted = 0;
};

const target* chosen = nullptr;
std::vector<tally_of_row> rows;

void print_rows() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::fprintf(stderr, "row %-20s %10llu runs %10llu accepted\n",
                 std::string(chosen->decoders[i].name).c_str(),
                 static_cast<unsigned long long>(rows[i].runs),
                 static_cast<unsigned long long>(rows[i].accepted));
  }
}

}  // namespace

extern "C" {

std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

int LLVMFuzzerInitialize(int* /*argc*/, char*** argv) {
  const std::string name = std::filesystem::path((*argv)[0]).filename().string();
  chosen = find_target(name);
  if (chosen == nullptr) {
    std::fprintf(stderr, "no target '%s'; there are:\n", name.c_str());
    for (const target& t : all_targets()) {
      std::fprintf(stderr, "  %s\n", std::string(t.name).c_str());
    }
    std::exit(2);
  }
  rows.resize(chosen->decoders.size());
  std::atexit(print_rows);
  return 0;
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const byte_view input(reinterpret_cast<const std::byte*>(data), size);
  const decoder* found = decoder_of(*chosen, input);
  if (found == nullptr) {
    return -1;
  }
  const outcome result = found->run(input.subspan(1));
  tally_of_row& row = rows[data[0]];
  ++row.runs;
  row.accepted += result.accepted ? 1 : 0;
  if (!result.broken.empty()) {
    std::fprintf(stderr, "%s: %s\n", std::string(found->name).c_str(), result.broken.c_str());
    std::abort();
  }
  return 0;
}

// Keeps the row in front of an input most of the time; in a record changes one portion of it, or
// their order, so that the others stay what they are.
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                    unsigned int seed) {
  std::minstd_rand random(seed);
  if (size < 2 || max_size < 2 || random() % 64 == 0) {
    return LLVMFuzzerMutate(data, size, max_size);
  }
  auto portions = portions_of({reinterpret_cast<const std::byte*>(data) + 1, size - 1});
  if (chosen->name != "record" || portions.empty() || random() % 8 == 0) {
    return 1 + LLVMFuzzerMutate(data + 1, size - 1, max_size - 1);
  }
  const std::size_t at = random() % portions.size();
  switch (random() % 12) {
    case 0:
      portions.erase(portions.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    case 1:
      portions.insert(portions.begin() + static_cast<std::ptrdiff_t>(random() % portions.size()),
                      portion(portions[at]));
      break;
    case 2:
      std::swap(portions[at], portions[random() % portions.size()]);
      break;
    case 3:
      portions[at].number = static_cast<std::uint8_t>(random() % 64);
      break;
    default: {
      bytes& content = portions[at].content;
      const std::size_t old_size = content.size();
      content.resize(std::min<std::size_t>(old_size + 64, 0xffff));
      content.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(content.data()), old_size,
                                      content.size()));
    }
  }
  const bytes body = joined(portions);
  const std::size_t length = std::min(body.size(), max_size - 1);
  std::transform(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(length), data + 1,
                 [](std::byte octet) { return std::to_integer<std::uint8_t>(octet); });
  return 1 + length;
}

}  // extern "C"
