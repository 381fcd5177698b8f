#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../commands.hpp"

/// \file
/// What the people of a polling place do with one device. Choices and tokens are read from the
/// standard input: what is an argument, others on the same machine can see.            SPEC(85.6)
namespace sandoq::tool {

struct booth_enrol_options {
  std::string bulletin;
  std::string device;  ///< its folder
  std::string branch;  ///< id of the manifest
  std::uint32_t number = 1;
  std::uint32_t capacity = 1000;
};

struct booth_prepare_options {
  std::string bulletin;
  std::string device;
  std::vector<std::string> seeds;  ///< files, one a board
};

/// A command with a device's folder, and perhaps a bulletin.
struct booth_options {
  std::string bulletin;
  std::string device;
};

[[nodiscard]] exit_code run_booth_enrol(const booth_enrol_options& options);
[[nodiscard]] exit_code run_booth_prepare(const booth_prepare_options& options);
[[nodiscard]] exit_code run_booth_open(const booth_options& options);
[[nodiscard]] exit_code run_booth_ballot(const booth_options& options);
[[nodiscard]] exit_code run_booth_cast(const booth_options& options);
[[nodiscard]] exit_code run_booth_challenge(const booth_options& options);
[[nodiscard]] exit_code run_booth_void(const booth_options& options);
[[nodiscard]] exit_code run_booth_close(const booth_options& options);
[[nodiscard]] exit_code run_booth_show(const booth_options& options);

}  // namespace sandoq::tool
