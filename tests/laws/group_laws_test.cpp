#include "tests/laws/group_laws.hpp"

#include "sandoq/group/ristretto255_secret.hpp"
#include "tests/support/tiny_group.hpp"

namespace sandoq::testing {
namespace {

using groups = ::testing::Types<ristretto255, tiny11, tiny13, tiny199>;
INSTANTIATE_TYPED_TEST_SUITE_P(curves_and_tiny, group_laws, groups);

}  // namespace
}  // namespace sandoq::testing
