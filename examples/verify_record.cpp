// Checks an election record: verify_record DIR [MANIFEST-HASH]. Links sandoq::verify and nothing
// that knows a secret.
#include "sandoq/verify/verify_record.hpp"

#include <cstdio>

#include "sandoq/core/executor.hpp"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: verify_record DIR [MANIFEST-HASH]\n", stderr);
    return 2;
  }
  sandoq::verify_options agreed;
  if (argc > 2 && !sandoq::from_hex_into(agreed.manifest_hash.emplace().octets, argv[2])) {
    std::fputs("the manifest hash must be 64 hexadecimal digits\n", stderr);
    return 2;
  }
  const auto workers = sandoq::make_jthread_executor(2);
  const auto found = sandoq::verify_record(argv[1], agreed, *workers);
  if (!found) {
    std::fprintf(stderr, "%s\n", sandoq::to_string(found.error()).c_str());
    return 2;
  }
  for (const auto& check : found->checks.checks()) {
    if (check.status == sandoq::check_status::fail) {
      std::printf("%s fails at %s: %s\n", check.id.c_str(), check.place.c_str(),
                  check.reason.c_str());
    }
  }
  std::puts(found->accepted ? "accept" : "reject");
  return found->accepted ? 0 : 1;
}
