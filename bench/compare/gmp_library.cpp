#include "bench/compare/gmp_library.hpp"

#include <dlfcn.h>

#include <string_view>

namespace sandoq::compare {
namespace {

template <class Function>
bool find(void* library, const char* name, Function*& out) {
  out = reinterpret_cast<Function*>(dlsym(library, name));
  return out != nullptr;
}

}  // namespace

const gmp_library& debian_gmp() noexcept {
  static constexpr gmp_library linked{mpz_init, mpz_clear, mpz_import, mpz_export,
                                      mpz_powm, mpz_mul,   mpz_mod};
  return linked;
}

result<gmp_library> load_gmp(const std::string& path) {
  void* const library = dlmopen(LM_ID_NEWLM, path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return fail(errc::io, path, dlerror());
  }
  gmp_library out{};
  const bool complete =
      find(library, "__gmpz_init", out.init) && find(library, "__gmpz_clear", out.clear) &&
      find(library, "__gmpz_import", out.import) && find(library, "__gmpz_export", out.export_to) &&
      find(library, "__gmpz_powm", out.powm) && find(library, "__gmpz_mul", out.mul) &&
      find(library, "__gmpz_mod", out.mod);
  const char* const* version = nullptr;
  if (!complete || !find(library, "__gmp_version", version)) {
    return fail(errc::missing, path, "it lacks functions of GMP");
  }
  if (std::string_view(*version) != gmp_version) {
    return fail(errc::mismatch, path,
                "it is version " + std::string(*version) + ", not " + gmp_version);
  }
  return out;
}

}  // namespace sandoq::compare
