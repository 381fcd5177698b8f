#pragma once

#include <cstdint>
#include <string_view>

#include "sandoq/core/domain.hpp"

namespace sandoq {

/// The names and numbers that every part of a record carries, besides its domain.        SPEC(00.5)
inline constexpr std::string_view suite_name = "sandoq-1";
inline constexpr std::uint32_t format_version = 1;

}  // namespace sandoq
