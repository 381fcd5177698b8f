#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/signature_prove.hpp"

/// The boards of a drill, as far as a booth meets them, in one program and with keys that everyone
/// may read. In an election they are people, each with a key and a machine of their own, and only
/// their messages reach the booth.
class drill_boards {
 public:
  /// \param key_file  a line for every trustee: board, number, signing key in hexadecimal
  static sandoq::result<drill_boards> read(const char* key_file) {
    using namespace sandoq;
    drill_boards out;
    std::ifstream file(key_file);
    std::uint32_t board = 0;
    std::uint32_t trustee = 0;
    for (std::string digits; file >> board >> trustee >> digits;) {
      byte_array<32> octets{};
      if (board >= quorum::max_boards || !from_hex_into(octets, digits)) {
        return fail(errc::bad_encoding, key_file, "a line must be: board, number, 64 digits");
      }
      const secret<byte_array<32>> stored(octets);
      auto key = secret_ops<ristretto255>::decode_scalar(stored).and_then(
          [](auto scalar) { return signing_key<ristretto255>::from_scalar(std::move(scalar)); });
      if (!key) {
        return fail_within(key_file, key.error());
      }
      out.trustees_.resize(std::max<std::size_t>(out.trustees_.size(), board + std::size_t{1}));
      out.trustees_[board].emplace_back(trustee, std::move(*key));
    }
    if (out.trustees_.empty()) {
      return fail(errc::missing, key_file, "there is no key in it");
    }
    return out;
  }

  /// As many of every board as its threshold asks for look at the message and sign it.
  sandoq::result<sandoq::quorum> sign(const sandoq::election_context& election,
                                      const sandoq::signed_message& message,
                                      sandoq::random_source& random) const {
    using namespace sandoq;
    quorum out;
    for (std::size_t b = 0; b < trustees_.size(); ++b) {
      auto& entry = out.boards.emplace_back();
      for (const auto& [number, key] : trustees_[b]) {
        if (entry.size() == election.keys().boards()[b].threshold) {
          break;
        }
        auto signature = sandoq::sign(key, message, random);
        if (!signature) {
          return tl::unexpected(std::move(signature.error()));
        }
        entry.push_back({number, *signature});
      }
    }
    return out;
  }

  /// Every board draws its seed for one device, after the device has announced itself.
  static std::vector<sandoq::seed_ratchet> draw_seeds(const sandoq::election_context& election,
                                                      const sandoq::opening_item& announced,
                                                      sandoq::random_source& random) {
    using namespace sandoq;
    std::vector<seed_ratchet> out;
    for (std::uint32_t b = 0; b < election.keys().boards().size(); ++b) {
      out.push_back(seed_ratchet::draw(election.seeds(announced.place),
                                       seed_role_of(board_index(b)), announced.capacity, random));
    }
    return out;
  }

 private:
  using trustee = std::pair<std::uint32_t, sandoq::signing_key<sandoq::ristretto255>>;
  std::vector<std::vector<trustee>> trustees_;  // [board]
};
