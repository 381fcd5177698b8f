// Writes the seeds of one target into a directory: write_seeds TARGET DIR.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/fuzz/target.hpp"

int main(int argc, char** argv) {
  const auto* family = argc == 3 ? sandoq::fuzzing::find_target(argv[1]) : nullptr;
  if (family == nullptr) {
    std::fputs("usage: write_seeds TARGET DIR\ntargets:", stderr);
    for (const auto& t : sandoq::fuzzing::all_targets()) {
      std::fprintf(stderr, " %s", std::string(t.name).c_str());
    }
    std::fputs("\n", stderr);
    return 2;
  }
  std::filesystem::create_directories(argv[2]);
  std::size_t number = 0;
  for (const auto& [decoder, input] : sandoq::fuzzing::seeds_of(*family)) {
    const std::string name = std::string(decoder) + "-" + std::to_string(++number) + ".bin";
    std::ofstream out(std::filesystem::path(argv[2]) / name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(input.data()),
              static_cast<std::streamsize>(input.size()));
    if (!out) {
      std::fprintf(stderr, "cannot write %s/%s\n", argv[2], name.c_str());
      return 1;
    }
  }
  return 0;
}
