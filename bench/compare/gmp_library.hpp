#pragma once

// GMP twice in one process: Debian's, to which this program is linked, and one that was built for
// this CPU. The second has a name space of its own in the dynamic linker, so neither calls the
// other; numbers of one are given to functions of the same one only.

#include <gmp.h>

#include <cstddef>
#include <string>

#include "sandoq/core/result.hpp"

namespace sandoq::compare {

/// The functions of one GMP.
struct gmp_library {
  void (*init)(mpz_ptr);
  void (*clear)(mpz_ptr);
  void (*import)(mpz_ptr, std::size_t, int, std::size_t, int, std::size_t, const void*);
  void* (*export_to)(void*, std::size_t*, int, std::size_t, int, std::size_t, mpz_srcptr);
  void (*powm)(mpz_ptr, mpz_srcptr, mpz_srcptr, mpz_srcptr);
  void (*mul)(mpz_ptr, mpz_srcptr, mpz_srcptr);
  void (*mod)(mpz_ptr, mpz_srcptr, mpz_srcptr);
};

[[nodiscard]] const gmp_library& debian_gmp() noexcept;

/// \param path  of a shared libgmp of the version whose header is used here \return what the
/// dynamic linker says, or that it is another version.
[[nodiscard]] result<gmp_library> load_gmp(const std::string& path);

}  // namespace sandoq::compare
