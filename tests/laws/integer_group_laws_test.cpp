#include "sandoq/group/integer_group_secret.hpp"
#include "tests/laws/group_laws.hpp"

namespace sandoq::testing {

/// A multiplication takes up to 30 ms.
template <class Parameters>
struct law_effort<integer_group<Parameters>> {
  static constexpr int rounds = 2;
  static constexpr int multiples = 1;
  static constexpr std::size_t most_terms = 6;
  static constexpr std::size_t secret_terms = 3;
  static constexpr bool small_multiples = false;
  static constexpr bool quick_map = Parameters::membership == membership_rule::jacobi;
};

namespace {

using groups = ::testing::Types<modp4096, modp4096_v1, belenios2048, rfc3526_2048, swisspost3072,
                                swisspost3072_tt05>;
INSTANTIATE_TYPED_TEST_SUITE_P(integers, group_laws, groups);

}  // namespace
}  // namespace sandoq::testing
