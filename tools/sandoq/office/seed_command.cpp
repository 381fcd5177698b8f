#include <fmt/core.h>

#include <charconv>
#include <utility>
#include <vector>

#include "../say.hpp"
#include "office_commands.hpp"
#include "office_names.hpp"
#include "private_file.hpp"
#include "running_election.hpp"
#include "sandoq/ballot/seed_secret.hpp"
#include "sandoq/core/canonical.hpp"
#include "trustee_share.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t seed_file_bytes = 4 * 4 + 32;

/// "BRANCH-ID:NUMBER"
result<device_place> find_device(const manifest& plan, const std::string& text) {
  const std::size_t colon = text.rfind(':');
  std::uint32_t device = 0;
  const char* end = text.data() + text.size();
  if (colon == std::string::npos ||
      std::from_chars(text.data() + colon + 1, end, device).ptr != end || device == 0) {
    return fail(errc::bad_encoding, text, "must be BRANCH-ID:NUMBER, numbers from 1");
  }
  const std::string branch = text.substr(0, colon);
  for (std::uint32_t n = 0; n < plan.nodes.size(); ++n) {
    if (plan.nodes[n].level == node_level::branch && plan.nodes[n].id == branch) {
      return device_place{branch_index(n), device_index(device)};
    }
  }
  return fail(errc::not_found, text, "the manifest has no branch \"" + branch + "\"");
}

/// The seeds of a board for a device, as they are handed over: the file of 85.6.
struct drawn_seed {
  device_place place;
  std::uint32_t capacity = 0;
  board_index board;
  secret<byte_array<32>> start;

  [[nodiscard]] bytes encode() const {
    byte_writer out;
    out.u32(place.branch.value());
    out.u32(place.device.value());
    out.u32(capacity);
    out.u32(board.value());
    out.fixed(
        declassify<"the seed of a board goes to its device in a file of its owner's alone">(start));
    return std::move(out).take();
  }
};

std::string seed_stem(const trustee_at_work& work, const device_place& place) {
  const trustee_seat& seat = work.home.seat();
  return fmt::format("seed_root-{}-{}-{}-{}", place.branch.value(), place.device.value(),
                     seat.board.value(), seat.trustee.value());
}

/// What a visit that broke off has left, or fresh seeds, written before their root is published.
/// Nothing is drawn where a root has been made already.
result<drawn_seed> seed_in(const trustee_at_work& work, const std::string& path,
                           const device_place& place, std::uint32_t capacity) {
  const std::string stem = seed_stem(work, place);
  const auto root = work.home.sent(stem);
  if (!root) {
    return tl::unexpected(root.error());
  }
  const board_index board = work.home.seat().board;
  drawn_seed out{place, capacity, board, random_secret<32>(work.random)};
  const auto found = read_private(path, seed_file_bytes);
  if (!found) {
    if (found.error().code != errc::missing) {
      return tl::unexpected(found.error());
    }
    if (*root) {
      return fail(
          errc::duplicate, path,
          fmt::format("is not there, and {} has given {} seeds before: their root is kept in "
                      "{}; name the file that was written then. If it is lost, the device "
                      "needs another number",
                      work.home.name(), name_device(work.board.plan(), place),
                      work.home.sent_file(stem).string()));
    }
    if (auto written = write_private(path, out.encode()); !written) {
      return tl::unexpected(std::move(written.error()));
    }
    return out;
  }
  byte_reader in(*found);
  const auto branch = in.u32("branch");
  const auto device = in.u32("device");
  const auto of_capacity = in.u32("capacity");
  const auto of_board = in.u32("board");
  const auto start = in.fixed<32>("start");
  const bool same = branch && device && of_capacity && of_board && start &&
                    device_place{branch_index(*branch), device_index(*device)} == place &&
                    *of_capacity == capacity && *of_board == board.value();
  if (!same) {
    return fail(errc::duplicate, path, "is there already and is no seed file for this device");
  }
  out.start = secret<byte_array<32>>(*start);
  return out;
}

/// The announcement of a device. Whose key it is, no program knows: of two that differ people have
/// to take the false one away.                                                         SPEC(85.1)
result<announcement> find_announcement(const bulletin& board, const device_place& place) {
  std::vector<std::pair<announcement, std::string>> found;
  for (const published* each :
       board.messages(static_cast<std::uint32_t>(exchange_kind::announcement))) {
    auto item = announcement::decode(each->canonical);
    if (item && item->opening.place == place) {
      found.emplace_back(std::move(*item), each->file);
    }
  }
  if (found.empty()) {
    return fail(errc::missing, name_device(board.plan(), place),
                "is not announced in this bulletin (sandoq booth enrol)");
  }
  if (found.size() > 1) {
    return fail(errc::duplicate, name_device(board.plan(), place),
                fmt::format("is announced with different keys, in {} and {}; ask who stands at the "
                            "device, and leave one here",
                            found[0].second, found[1].second));
  }
  return std::move(found[0].first);
}

/// A trustee gives a device seeds once. What colleagues have published for it is their own: a root
/// whose seed nobody hands over must not keep the device from opening.                 SPEC(85.1)
result<std::vector<trustee_seat>> colleagues_with_seeds(const trustee_at_work& work,
                                                        const device_place& place) {
  const auto roots =
      work.board.all<seed_root>(static_cast<std::uint32_t>(exchange_kind::seed_root));
  if (!roots) {
    return tl::unexpected(roots.error());
  }
  std::vector<trustee_seat> out;
  for (const seed_root& each : *roots) {
    const trustee_seat seat{each.board, each.trustee};
    if (each.place != place || seat.board != work.home.seat().board) {
      continue;
    }
    if (seat == work.home.seat()) {
      return fail(errc::duplicate, name_device(work.board.plan(), place),
                  "this trustee has given it seeds already; they are in the file that was written "
                  "then, and nowhere else");
    }
    out.push_back(seat);
  }
  return out;
}

result<own_message> publish_root(const trustee_at_work& work, const running_election& election,
                                 const device_place& place, const seed_ratchet& ratchet) {
  const trustee_seat& seat = work.home.seat();
  return publish_own(
      work, seed_stem(work, place), static_cast<std::uint32_t>(exchange_kind::seed_root),
      [&]() -> result<seed_root> {
        seed_root out{place, ratchet.capacity(), seat.board, seat.trustee, ratchet.root(), {}};
        const auto signature = sign(work.home.keys().signing(),
                                    signed_message{"seed/root", election.hashes.domain,
                                                   *election.hashes.e1, out.signed_digest()},
                                    work.random);
        if (!signature) {
          return tl::unexpected(signature.error());
        }
        out.signature = *signature;
        return out;
      },
      [&](byte_view made) {
        const auto before = seed_root::decode(made);
        return before && before->place == place && before->capacity == ratchet.capacity() &&
               before->root == ratchet.root();
      });
}

struct given_seed {
  own_message root;
  std::vector<trustee_seat> colleagues;  ///< who have published roots for the same device
};

result<given_seed> give_seed(const trustee_at_work& work, const device_place& place,
                             const std::string& path) {
  const auto state = ceremony_of(work.board);
  if (!state) {
    return tl::unexpected(state.error());
  }
  const auto election = election_of(work.board, *state, work.workers);
  if (!election) {
    return tl::unexpected(election.error());
  }
  if (auto share = share_of(work, *state); !share) {
    return tl::unexpected(std::move(share.error()));
  }
  const auto announced = find_announcement(work.board, place);
  if (!announced) {
    return tl::unexpected(announced.error());
  }
  const trustee_seat& seat = work.home.seat();
  const std::uint32_t capacity = announced->opening.capacity;
  if (capacity > seed_ratchet::max_capacity) {
    return fail(errc::out_of_range, name_device(work.board.plan(), place),
                fmt::format("announces {} ballots, at most {} are possible", capacity,
                            seed_ratchet::max_capacity));
  }
  auto colleagues = colleagues_with_seeds(work, place);
  if (!colleagues) {
    return tl::unexpected(std::move(colleagues.error()));
  }
  const auto seed = seed_in(work, path, place, capacity);
  if (!seed) {
    return tl::unexpected(seed.error());
  }
  const auto ratchet = seed_ratchet::from_start(
      election->context.seeds(place), seed_role_of(seat.board), capacity, seed->start.clone());
  auto root = publish_root(work, *election, place, ratchet);
  if (!root) {
    return tl::unexpected(std::move(root.error()));
  }
  return given_seed{std::move(*root), std::move(*colleagues)};
}

}  // namespace

exit_code run_trustee_seed(const seed_options& options) {
  constexpr std::string_view command = "trustee seed";
  auto desk = trustee_desk::open(options.trustee);
  if (!desk) {
    return refuse(command, desk.error());
  }
  const auto place = find_device(desk->board().plan(), options.device);
  if (!place) {
    return refuse(command, place.error());
  }
  if (lies_in(options.out, desk->board().directory())) {
    return refuse(command, {errc::io, options.out,
                            "lies in the bulletin, which everybody may read: a seed is secret"});
  }
  const auto done = give_seed(desk->work(), *place, options.out);
  if (!done) {
    return refuse(command, done.error());
  }
  for (const trustee_seat& each : done->colleagues) {
    say("{} has published a root of seeds for this device too: the opening says which one counts\n",
        name_trustee(desk->board().plan(), each));
  }
  say("wrote {}: SECRET, carry it to {} by hand and destroy it when it is there\nwrote {}: "
      "carry it to the others; then sandoq booth prepare\n",
      options.out, options.device, done->root.file);
  return exit_code::accepted;
}

}  // namespace sandoq::tool
