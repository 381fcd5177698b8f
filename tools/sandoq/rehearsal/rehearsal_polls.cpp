#include <fmt/format.h>

#include <array>

#include "filled_slip.hpp"
#include "rehearsal_parts.hpp"
#include "sandoq/core/bytes.hpp"
#include "sandoq/core/system_random.hpp"

namespace sandoq::tool {
namespace {

constexpr const char* device_folder = "device";

std::string seed_of(const booth_person& booth, std::size_t board) {
  return fmt::format("seed-{}-of-board-{}", booth.folder, board);
}

/// One trustee of each board draws its seeds, which go to the devices by hand, and fixes its lot.
void give_seeds(rehearsal& r) {
  for (std::size_t b = 0; b < r.people.boards.size(); ++b) {
    const trustee_person& giver = *r.people.present(b).front();
    r.does.fetch(giver);
    for (const booth_person& booth : r.people.booths) {
      const std::string seed = seed_of(booth, b);
      r.does.run(giver, joined({{"trustee", "seed", errands::bulletin},
                                with_keys(giver.passphrase_file),
                                {"--device", booth.device(), "--out", seed}}));
      r.does.by_hand(giver, {"mv", seed, "../" + booth.folder + "/"});
    }
    r.does.bring(giver);
    if (!r.election.plan.beacon.empty()) {
      visit(r, giver, "lot");
    }
  }
}

std::string made_up_token() {
  std::array<std::byte, 32> token{};
  system_random().fill(token);
  return to_hex(token);
}

void fill_in(rehearsal& r, const booth_person& booth, const voter& v) {
  r.does.run(booth, {"booth", "ballot", device_folder}, ending::done,
             filled_slip(r.election.plan, v));
}

/// What no honest device does: its folder is put back from a copy, as after a crash, and its next
/// ballot has the serial and the randomness of one whose code a voter holds already.
void repeat_randomness(rehearsal& r, const booth_person& booth, const voter& v) {
  r.does.remark("the device is put back from a copy: it uses its randomness twice");
  r.does.by_hand(booth, {"cp", "-a", device_folder, "device-copy"});
  fill_in(r, booth, v);
  r.does.by_hand(booth, {"cp", fmt::format("{}/journal.pb", device_folder), "other-journal.pb"});
  r.does.by_hand(booth, {"shred", "-u", fmt::format("{}/{}", device_folder, "state")});
  r.does.by_hand(booth, {"rm", "-r", device_folder});
  r.does.by_hand(booth, {"mv", "device-copy", device_folder});
}

void vote(rehearsal& r, const voter& v) {
  const booth_person& booth = r.people.booth_of(v);
  if (booth.befell == mishap::excluded && r.repeated.insert(booth.folder).second) {
    repeat_randomness(r, booth, v);
  }
  if (v.habit != voter_habit::casts) {
    fill_in(r, booth, v);
    r.does.run(booth,
               {"booth", v.habit == voter_habit::challenges ? "challenge" : "void", device_folder});
  }
  fill_in(r, booth, v);
  const bool with_token = r.election.plan.eligibility != eligibility_log::none;
  r.does.run(booth, {"booth", "cast", device_folder}, ending::done,
             with_token ? made_up_token() + "\n" : std::string());
}

/// The end of what people carried in from a device that did not close.
std::string left_behind(const booth_person& booth, const char* what) {
  return fmt::format("{}-of-{}.pb", what, booth.folder);
}

void save_what_is_left(rehearsal& r, const booth_person& booth) {
  const auto take = [&](const char* what) {
    r.does.by_hand(booth, {"cp", fmt::format("{}/{}.pb", device_folder, what),
                           fmt::format("{}/{}", errands::bulletin, left_behind(booth, what))});
  };
  r.does.fetch(booth);
  take("journal");
  // The file is made when the first ballot is cast.
  if (r.election.plan.eligibility != eligibility_log::none && booth.voters > 0) {
    take("tokens");
  }
  r.does.bring(booth);
}

void state_mishap(rehearsal& r, const booth_person& booth) {
  const std::string journal = left_behind(booth, "journal");
  if (*booth.befell == mishap::lost) {
    r.does.run(r.people.clerk, {"journal", "recover", errands::bulletin, journal, "--remark",
                                "broke down in a drill"});
  } else {
    r.does.run(r.people.clerk, {"journal", "exclude", errands::bulletin, journal, "--reason",
                                "other", "--remark", "excluded for practice"});
  }
}

}  // namespace

void open_booths(rehearsal& r) {
  r.does.begin_stage("the morning: devices, seeds, the boards' signatures");
  for (const booth_person& booth : r.people.booths) {
    r.does.make_room(booth);
    r.does.fetch(booth);
    r.does.run(booth, {"booth", "enrol", errands::bulletin, device_folder, "--branch", booth.branch,
                       "--device", std::to_string(booth.place.device.value()), "--capacity",
                       std::to_string(booth.capacity)});
    r.does.bring(booth);
  }
  give_seeds(r);
  for (const booth_person& booth : r.people.booths) {
    command_words seeds;
    for (std::size_t b = 0; b < r.people.boards.size(); ++b) {
      seeds.push_back(seed_of(booth, b));
    }
    r.does.fetch(booth);
    r.does.run(booth, joined({{"booth", "prepare", errands::bulletin, device_folder}, seeds}));
    r.does.bring(booth);
    r.does.by_hand(booth, joined({{"shred", "-u"}, seeds}));
  }
  sign(r);
  for (const booth_person& booth : r.people.booths) {
    r.does.fetch(booth);
    r.does.run(booth, {"booth", "open", errands::bulletin, device_folder});
  }
}

void serve_voters(rehearsal& r) {
  r.does.begin_stage(fmt::format("the day: {} voters", r.election.voters.size()));
  for (const voter& v : r.election.voters) {
    vote(r, v);
  }
}

void close_booths(rehearsal& r) {
  r.does.begin_stage("the evening: devices close, or others do it in their place");
  for (const booth_person& booth : r.people.booths) {
    if (booth.befell) {
      save_what_is_left(r, booth);
      continue;
    }
    r.does.fetch(booth);
    r.does.run(booth, {"booth", "close", errands::bulletin, device_folder});
    r.does.bring(booth);
  }
  r.does.fetch(r.people.clerk);
  r.does.run(r.people.clerk, {"bulletin", "show", errands::bulletin});
  std::size_t mishaps = 0;
  for (const booth_person& booth : r.people.booths) {
    if (booth.befell) {
      state_mishap(r, booth);
      ++mishaps;
    }
  }
  r.does.bring(r.people.clerk);
  sign(r, mishaps);
}

}  // namespace sandoq::tool
