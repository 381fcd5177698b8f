#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <string>
#include <utility>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/passphrase_secret.hpp"
#include "tests/support/dead_stack.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/unit/core/plain.hpp"

namespace sandoq {
namespace {

using testing::deterministic_random;
using testing::plain;
using testing::test_seed;

// As little as libsodium allows, so that a trial takes a fraction of a millisecond.
constexpr passphrase_cost cheap{1, passphrase_cost::min_memory_bytes};
constexpr std::size_t operations_at = 13;
constexpr std::size_t memory_at = operations_at + 8;

secret_bytes as_secret(std::string_view text) {
  return secret_bytes(bytes_of(text));
}

std::string refusal(byte_view file, const secret_bytes& passphrase) {
  const auto opened = open_with_passphrase(file, passphrase);
  EXPECT_FALSE(opened);
  return opened ? std::string() : to_string(opened.error());
}

// Made once without libsodium: the key by the command `argon2` of Debian's package argon2
// (0~20171227),
//   argon2 SALT -id -t 3 -k 64 -p 1 -l 32 -r,
// and alike by python3-argon2 21.1; the box by a program of forty lines of Python after RFC 8439
// and draft-irtf-cfrg-xchacha-03. Passphrase: Persian and English in UTF-8; content: byte i is 7i
// + 3.
constexpr std::string_view vector_file =
    "73616e646f712d6b65792d310a03000000000000000000010000000000101112131415161718191a1b1c1d1e1f4041"
    "42434445464748494a4b4c4d4e4f505152535455565714000000747275737465652033206f6620626f617264203174"
    "0000002eb53e100699480e44c99689847e452ea06a93c16b86590cad842e06207c2defe78457deeaef93a6593b75a1"
    "997f843570c57db67dffc0a7ab0f601e607d4e0c842f6508cff5358bbd704d5cdf2205fe5075d6752233d10c7155fa"
    "e0cd72fd853e8b87e773d62d97a14cd2d57d0e16752607d260";
constexpr std::string_view vector_passphrase = "\xd8\xb1\xd9\x85\xd8\xb2: correct horse";

TEST(Passphrase, OpensWhatOthersHaveSealed) {
  const bytes file = from_hex(vector_file).value();
  const auto opened = open_with_passphrase(file, as_secret(vector_passphrase));
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_TRUE(std::ranges::equal(opened->header, bytes_of("trustee 3 of board 1")));
  bytes expected;
  for (unsigned i = 0; i < 100; ++i) {
    expected.push_back(static_cast<std::byte>(7 * i + 3));
  }
  EXPECT_EQ(plain(opened->content), expected);
  EXPECT_EQ(key_file_header(file).value(), opened->header);
  EXPECT_EQ(key_file::decode(file)->cost, (passphrase_cost{3, 64 << 10}));
}

// Its bytes taken apart and opened by libsodium alone.
TEST(Passphrase, SealsWhatOthersOpen) {
  deterministic_random random(test_seed());
  for (const std::size_t size : {0U, 1U, 64U, 1000U}) {
    bytes content(size);
    random.fill(content);
    const bytes header = {std::byte{9}, std::byte{0}, std::byte{7}};
    const auto file = seal_with_passphrase(secret_bytes(byte_view(content)), header,
                                           as_secret("a passphrase"), cheap, random);
    ASSERT_TRUE(file) << to_string(file.error());
    const auto* octets = reinterpret_cast<const unsigned char*>(file->data());
    const std::size_t header_at = memory_at + 8 + 16 + 24;
    const std::size_t box_at = header_at + 4 + header.size() + 4;
    ASSERT_EQ(file->size(), box_at + size + 16);
    unsigned char key[32];
    ASSERT_EQ(crypto_pwhash(key, sizeof key, "a passphrase", 12, octets + memory_at + 8, 1, 8192,
                            crypto_pwhash_ALG_ARGON2ID13),
              0);
    bytes opened(size);
    unsigned long long length = 0;
    EXPECT_EQ(crypto_aead_xchacha20poly1305_ietf_decrypt(
                  reinterpret_cast<unsigned char*>(opened.data()), &length, nullptr,
                  octets + box_at, size + 16, octets, box_at - 4, octets + memory_at + 24, key),
              0);
    EXPECT_EQ(length, size);
    EXPECT_EQ(opened, content);
    const auto ours = open_with_passphrase(*file, as_secret("a passphrase"));
    ASSERT_TRUE(ours);
    EXPECT_EQ(plain(ours->content), content);
    EXPECT_EQ(ours->header, header);
  }
}

TEST(Passphrase, DrawsSaltAndNonceAnew) {
  deterministic_random random(test_seed());
  const auto seal = [&] {
    return key_file::decode(
               seal_with_passphrase(as_secret("key"), {}, as_secret("p"), cheap, random).value())
        .value();
  };
  const key_file one = seal();
  const key_file two = seal();
  EXPECT_NE(one.salt, two.salt);
  EXPECT_NE(one.nonce, two.nonce);
  EXPECT_NE(one.box, two.box);
}

TEST(Passphrase, RefusesAWrongOneAndSaysHowItIs) {
  const bytes file = from_hex(vector_file).value();
  const std::string wrong = "key file: the passphrase is wrong, or the file is damaged (mismatch)";
  EXPECT_EQ(refusal(file, as_secret("correct horse")), wrong);
  EXPECT_EQ(refusal(file, as_secret(std::string(vector_passphrase) + " ")), wrong);
  EXPECT_EQ(refusal(file, secret_bytes()), "passphrase: is empty (missing)");
  deterministic_random random(test_seed());
  const auto empty = seal_with_passphrase(as_secret("key"), {}, secret_bytes(), cheap, random);
  ASSERT_FALSE(empty);
  EXPECT_EQ(to_string(empty.error()), "passphrase: is empty (missing)");
}

TEST(Passphrase, RefusesEveryChangedByteAndEveryLength) {
  deterministic_random random(test_seed());
  const bytes file = seal_with_passphrase(as_secret("a key of some bytes"), bytes_of("whose"),
                                          as_secret("p"), cheap, random)
                         .value();
  for (std::size_t at = 0; at < file.size(); ++at) {
    bytes bad = file;
    // In the cost the lowest bit, which leaves its bounds or stays small: a trial is never dear.
    const bool is_cost = at >= operations_at && at < memory_at + 8;
    bad[at] ^= is_cost ? std::byte{1} : static_cast<std::byte>(1 + random.below(255));
    EXPECT_FALSE(open_with_passphrase(bad, as_secret("p"))) << at;
  }
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_FALSE(key_file::decode(byte_view(file).first(size))) << size;
  }
  bytes longer = file;
  longer.push_back(std::byte{0});
  EXPECT_EQ(key_file::decode(longer).error().code, errc::trailing_bytes);
  // Other passes, and other memory, that are within their bounds.
  bytes bad = file;
  bad[operations_at] = std::byte{2};
  EXPECT_EQ(open_with_passphrase(bad, as_secret("p")).error().code, errc::mismatch);
  bad = file;
  bad[memory_at + 1] = std::byte{0x40};
  EXPECT_EQ(open_with_passphrase(bad, as_secret("p")).error().code, errc::mismatch);
}

TEST(Passphrase, KnowsWhatIsNoKeyFile) {
  const bytes file = from_hex(vector_file).value();
  bytes bad = file;
  bad[11] = std::byte{'2'};
  EXPECT_EQ(refusal(bad, as_secret("p")),
            "key file/magic @0: is a key file of another version (unsupported)");
  bad = file;
  bad[0] = std::byte{'S'};
  EXPECT_EQ(refusal(bad, as_secret("p")),
            "key file/magic @0: is no key file: it does not begin like one (bad encoding)");
  EXPECT_EQ(key_file_header(bytes()).error().code, errc::bad_encoding);
  bad = file;
  bad.resize(memory_at + 8 + 16 + 24 + 4 + 20);
  bad.insert(bad.end(), {std::byte{15}, std::byte{0}, std::byte{0}, std::byte{0}});
  bad.resize(bad.size() + 15);
  EXPECT_EQ(key_file::decode(bad).error().reason, "is shorter than its tag");
}

TEST(Passphrase, LetsNoFileExhaustTheMachine) {
  const bytes file = from_hex(vector_file).value();
  const auto asking = [&](std::uint64_t operations, std::uint64_t memory) {
    byte_writer cost;
    cost.u64(operations);
    cost.u64(memory);
    bytes out = file;
    std::ranges::copy(cost.view(), out.begin() + operations_at);
    const auto read = key_file::decode(out);
    return read ? std::string() : to_string(read.error());
  };
  EXPECT_EQ(asking(16, std::uint64_t{4} << 30), "");
  EXPECT_EQ(asking(1, 8192), "");
  EXPECT_EQ(asking(17, 8192),
            "key file/cost: 17 passes over 8192 bytes are asked for; there may be 1 to 16 passes, "
            "over 8 KiB to 4 GiB in whole KiB (out of range)");
  EXPECT_NE(asking(0, 8192), "");
  EXPECT_NE(asking(1, 8191), "");
  EXPECT_NE(asking(1, 7168), "");
  EXPECT_NE(asking(1, (std::uint64_t{4} << 30) + 1024), "");
  EXPECT_NE(asking(~std::uint64_t{0}, ~std::uint64_t{0}), "");
  deterministic_random random(test_seed());
  for (const passphrase_cost cost : {passphrase_cost{0, 8192}, passphrase_cost{17, 8192},
                                     passphrase_cost{1, 9000}, passphrase_cost{}}) {
    EXPECT_EQ(seal_with_passphrase(as_secret("key"), {}, as_secret("p"), cost, random).error().code,
              errc::out_of_range);
  }
  EXPECT_EQ(seal_with_passphrase(as_secret("key"), bytes(key_file::max_header_bytes + 1),
                                 as_secret("p"), cheap, random)
                .error()
                .code,
            errc::too_large);
  EXPECT_EQ(seal_with_passphrase(secret_bytes(key_file::max_content_bytes + 1), {}, as_secret("p"),
                                 cheap, random)
                .error()
                .code,
            errc::too_large);
}

// Neither passphrase nor content nor key stands on the stack when the work is done.
TEST(Passphrase, LeavesNothingOnTheStack) {
  if (!testing::stack_is_plain) {
    GTEST_SKIP() << "a sanitizer has other stacks";
  }
  deterministic_random random(test_seed());
  const bytes content(64, std::byte{0x5C});
  const secret_bytes secret_content{byte_view(content)};
  const secret_bytes passphrase = as_secret("sixteen letters and more");
  bytes file;
  const bytes after_sealing = testing::stack_after(
      [&] { file = seal_with_passphrase(secret_content, {}, passphrase, cheap, random).value(); });
  const auto read = key_file::decode(file).value();
  byte_array<32> key{};
  ASSERT_EQ(crypto_pwhash(reinterpret_cast<unsigned char*>(key.data()), key.size(),
                          "sixteen letters and more", 24,
                          reinterpret_cast<const unsigned char*>(read.salt.data()), 1, 8192,
                          crypto_pwhash_ALG_ARGON2ID13),
            0);
  const bytes after_opening =
      testing::stack_after([&] { (void)open_with_passphrase(file, passphrase); });
  for (const bytes* stack : {&after_sealing, &after_opening}) {
    EXPECT_FALSE(testing::holds_piece_of(*stack, content));
    EXPECT_FALSE(testing::holds_piece_of(*stack, bytes_of("sixteen letters and more")));
    EXPECT_FALSE(testing::holds_piece_of(*stack, key));
  }
}

}  // namespace
}  // namespace sandoq
