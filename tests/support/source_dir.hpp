#pragma once

#include <string>

namespace sandoq::testing {

/// The root of the source tree, without a slash at its end. A function in a file of its own: as a
/// definition on the command line the path would keep every test out of the compiler cache of
/// another clone.
std::string source_dir();

}  // namespace sandoq::testing
