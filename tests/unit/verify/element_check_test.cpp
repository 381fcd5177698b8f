#include "lib/verify/element_check.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <random>

#include "tests/support/deterministic_random.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;

// Elements and scalars made by libsodium, so that the judge is not our own decoder.
byte_array<32> some_element(deterministic_random& random) {
  byte_array<32> out{};
  const auto wide = random.octets<64>();
  crypto_core_ristretto255_from_hash(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(wide.data()));
  return out;
}

byte_array<32> some_scalar(deterministic_random& random) {
  byte_array<32> out{};
  const auto wide = random.octets<64>();
  crypto_core_ristretto255_scalar_reduce(reinterpret_cast<unsigned char*>(out.data()),
                                         reinterpret_cast<const unsigned char*>(wide.data()));
  return out;
}

byte_array<32> no_element(deterministic_random& random) {
  byte_array<32> out{};
  do {
    out = random.octets<32>();
  } while (crypto_core_ristretto255_is_valid_point(
               reinterpret_cast<const unsigned char*>(out.data())) == 1);
  return out;
}

byte_array<32> no_scalar() {
  byte_array<32> out{};
  out.fill(std::byte{0xff});
  return out;
}

struct element_check_test : ::testing::Test {
  std::random_device::result_type seed = std::random_device{}();
  ::testing::ScopedTrace trace{__FILE__, __LINE__, "seed " + std::to_string(seed)};
  deterministic_random random{seed};
  std::unique_ptr<executor> workers = make_jthread_executor(3);
  std::vector<byte_array<32>> elements = [this] {
    std::vector<byte_array<32>> out(100);
    for (auto& e : out) {
      e = some_element(random);
    }
    return out;
  }();
  const byte_array<32>& any_element() { return elements[random.below(elements.size())]; }
};

TEST_F(element_check_test, PassesWhatDecodes) {
  element_check check(*workers);
  for (int item = 0; item < 300; ++item) {
    check.begin_item("item");
    for (int i = 0; i < item % 70; ++i) {
      check.element(any_element());
      check.scalar(some_scalar(random));
    }
  }
  check.begin_item("empty");
  EXPECT_TRUE(check.finish());
  EXPECT_TRUE(element_check(*workers).finish()) << "nothing at all";
}

TEST_F(element_check_test, NamesTheItemOfTheFirstFailure) {
  // More elements than one batch holds, spread unevenly over items, with one bad value anywhere.
  for (int trial = 0; trial < 12; ++trial) {
    const std::uint64_t items = 200;
    const std::uint64_t bad_item = random.below(items);
    const bool bad_scalar = trial % 2 == 1;
    element_check check(*workers);
    for (std::uint64_t i = 0; i < items; ++i) {
      check.begin_item("item " + std::to_string(i));
      const std::uint64_t size = 1 + random.below(120);
      const std::uint64_t bad = random.below(size);
      for (std::uint64_t k = 0; k < size; ++k) {
        const bool now = i == bad_item && k == bad;
        check.element(now && !bad_scalar ? no_element(random) : any_element());
        if (now && bad_scalar) {
          check.scalar(no_scalar());
        }
      }
      if (i > bad_item) {
        check.element(no_element(random));  // a later failure is not the one to name
      }
    }
    const auto outcome = check.finish();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().place, "item " + std::to_string(bad_item));
  }
}

TEST_F(element_check_test, SplitsProofs) {
  for (std::size_t bad = 0; bad < 4; ++bad) {
    bytes proof;
    for (std::size_t part = 0; part < 3; ++part) {
      auto octets = part < 2 ? some_element(random) : some_scalar(random);
      if (part == bad) {
        octets = part < 2 ? no_element(random) : no_scalar();
      }
      proof.insert(proof.end(), octets.begin(), octets.end());
    }
    element_check check(*workers);
    check.begin_item("proof");
    check.proof(proof, 2);
    EXPECT_EQ(check.finish().has_value(), bad == 3) << bad;
  }
}

}  // namespace
}  // namespace sandoq
