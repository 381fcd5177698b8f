#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "booth_folder.hpp"
#include "bulletin.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/device_secret.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"

/// \file
/// The steps of a device between its folder and the bulletin, one function each. A step that was
/// done already is done again with the same outcome, or says so.               SPEC(52.1)
/// SPEC(85.6)
namespace sandoq::tool {

/// A device of the election: the branch by its node, capacity 1 to seed_ratchet::max_capacity.
struct new_device {
  device_place place;
  std::uint32_t capacity = 0;
};

/// A seed as a board hands it over.                                                    SPEC(85.6)
struct board_seed {
  device_place place;
  std::uint32_t capacity = 0;
  board_index board;
  secret<byte_array<32>> kappa;

  [[nodiscard]] static result<board_seed> decode(const secret_bytes& file);
};

/// Draws key and seeds and publishes the announcement. \return the file's name.
[[nodiscard]] result<std::string> enrol_device(const std::filesystem::path& folder, bulletin& board,
                                               const running_election& election,
                                               const new_device& device, random_source& random);

/// Takes the boards' seeds, in any order, and publishes the opening for the boards to sign.
/// \return mismatch for a seed that no trustee has published the root of, or a missing board.
[[nodiscard]] result<std::string> prepare_device(booth_folder& folder, bulletin& board,
                                                 const running_election& election,
                                                 std::vector<board_seed> seeds);

/// Begins the journal. \return missing, with whose signatures, if the opening is not signed yet.
[[nodiscard]] result<void> open_device(booth_folder& folder, const bulletin& board,
                                       const running_election& election);

/// Encrypts a ballot and writes it. \return the item, whose code may be shown.
[[nodiscard]] result<ballot_item> write_ballot(booth_folder& folder, std::string_view choices);

/// \param token  64 hexadecimal digits; empty where the manifest asks for none
/// \return duplicate for a token that this device has taken before.
[[nodiscard]] result<ballot_item> cast_ballot(booth_folder& folder, std::string_view token);
[[nodiscard]] result<challenge_item> challenge_ballot(booth_folder& folder);
[[nodiscard]] result<ballot_item> void_ballot(booth_folder& folder);

/// Signs the close, publishes journal, tokens and close, and then erases key and seeds.
/// \return the files' names.
[[nodiscard]] result<std::vector<std::string>> close_device(booth_folder& folder, bulletin& board,
                                                            random_source& random);

/// "ready for serial 4 of 1000", ...
[[nodiscard]] std::string describe(const booth_state& state);

}  // namespace sandoq::tool
