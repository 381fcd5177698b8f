// What a device has stored is read as it was written, or refused. SPEC(85.6)

#include "tools/sandoq/office/booth_state.hpp"

#include <gtest/gtest.h>

#include "sandoq/core/canonical_secret.hpp"
#include "tests/support/sample_device.hpp"

namespace sandoq::tool {
namespace {

bytes plain(const secret_bytes& stored) {
  return declassify<"a test looks at it">(stored);
}

class BoothState : public ::testing::Test {
 protected:
  close_item close() {
    close_item out;
    out.place = site.place;
    out.time = {99};
    out.last_link = {random.octets<32>()};
    out.device_signature = {random.octets<64>()};
    return out;
  }
  /// Of a device that has just enrolled.
  booth_state living() {
    booth_state out;
    out.journal_bytes = 77;
    out.memory = polls.enrol(site).memory();
    return out;
  }
  /// A state whose parts are written apart from the program's own writer; empty parts are left out.
  bytes written(std::uint32_t kind, byte_view item, const std::optional<close_item>& closed,
                const secret_bytes& memory) {
    secret_writer out;
    out.fixed(bytes_of("sandoq-device-1\n"));
    out.u64(5);
    out.u8(item.empty() ? 0 : 1);
    if (!item.empty()) {
      out.u32(kind);
      out.var(item);
    }
    out.u8(0);
    out.u8(closed ? 1 : 0);
    if (closed) {
      out.var(closed->encode());
    }
    out.var(memory);
    return plain(std::move(out).take());
  }
  std::string refusal(const bytes& stored) {
    const auto read = decode_booth_state(secret_bytes(stored), polls.context());
    return read ? "" : to_string(read.error());
  }

  testing::deterministic_random random{testing::test_seed()};
  testing::sample_polls polls{random};
  device_site site = polls.site();
};

TEST_F(BoothState, IsReadAsItWasWritten) {
  booth_state open = living();
  open.next = journal_entry{journal_kind::voided, bytes(9)};
  open.token = used_token{digest32{random.octets<32>()}, style_index(1)};
  booth_state closed;
  closed.journal_bytes = 1U << 20;
  closed.closed = close();
  for (const booth_state* each : {&open, &closed}) {
    const bytes stored = plain(encode(*each));
    const auto read = decode_booth_state(secret_bytes(stored), polls.context());
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(plain(encode(*read)), stored);
    EXPECT_EQ(read->place(), site.place);
    EXPECT_EQ(read->journal_bytes, each->journal_bytes);
    EXPECT_EQ(read->token, each->token);
    EXPECT_EQ(read->closed, each->closed);
    for (std::size_t kept = 0; kept < stored.size(); ++kept) {
      ASSERT_NE(refusal({stored.begin(), stored.begin() + static_cast<std::ptrdiff_t>(kept)}), "")
          << kept;
    }
  }
}

TEST_F(BoothState, KeepsSecretsUntilItIsClosedAndNoLonger) {
  const secret_bytes memory = encode(polls.enrol(site).memory());
  close_item closed = close();
  closed.signatures = {{{{1, {}}}}};
  EXPECT_EQ(refusal(written(0, {}, {}, memory)), "");
  EXPECT_EQ(refusal(written(0, {}, closed, {})), "");
  EXPECT_NE(refusal(written(0, {}, closed, memory)).find("unless the device is closed"),
            std::string::npos);
  EXPECT_NE(refusal(written(0, {}, {}, {})).find("unless the device is closed"), std::string::npos);
  closed.signatures = {{{{1, {random.octets<64>()}}}}};
  EXPECT_NE(refusal(written(0, {}, closed, {})).find("signatures of boards"), std::string::npos);
}

TEST_F(BoothState, NamesWhatADeviceWritesIntoAJournal) {
  const secret_bytes memory = encode(polls.enrol(site).memory());
  for (std::uint32_t kind = 0; kind < 200; ++kind) {
    const std::string refused = refusal(written(kind, bytes(3), {}, memory));
    if (kind >= 20 && kind <= 24) {  // opening, ballot, cast, challenge, voided: 52
      EXPECT_EQ(refused, "") << kind;
    } else {
      EXPECT_NE(refused.find("none that a device writes"), std::string::npos) << kind;
    }
  }
}

}  // namespace
}  // namespace sandoq::tool
