#include <fmt/format.h>

#include <system_error>
#include <utility>

#include "../clock.hpp"
#include "../shown_text.hpp"
#include "booth_stage.hpp"
#include "booth_steps.hpp"
#include "exchange_items.hpp"
#include "office_names.hpp"
#include "private_file.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

/// A second device of one name would get no seeds, and the first one no more: refused before there
/// is a key.
result<void> check_place_is_free(const bulletin& board, const running_election& election,
                                 const device_place& place) {
  const auto taken = [&](const std::string& by, const std::string& file) {
    return fail(errc::duplicate, name_device(board.plan(), place),
                fmt::format("is {} already ({}); enrol this one under another number, or take that "
                            "file away if it is of no device of the branch",
                            by, shown(file)));
  };
  for (const published* each :
       board.messages(static_cast<std::uint32_t>(exchange_kind::announcement))) {
    if (const auto of = place_of_item(each->canonical); of && *of == place) {
      return taken("announced", each->file);
    }
  }
  for (const published_journal& each : board.journals()) {
    if (each.place == place) {
      return taken("known by its journal", each.file);
    }
  }
  const auto openings = board.statements(item_kind::opening);
  if (!openings) {
    return tl::unexpected(openings.error());
  }
  for (const statement& what : *openings) {
    const auto of = place_of_item(what.body);
    if (!of || *of != place) {
      continue;
    }
    const auto so_far = collect(board, what, election.hashes, election.context.keys().boards());
    if (so_far && so_far->complete()) {
      return taken("opened", board.file_of(static_cast<std::uint32_t>(what.kind), what.encode())
                                 .value_or(stem_of(what)));
    }
  }
  return {};
}

/// A trustee's home, or whatever else holds keys.
result<void> check_no_keys(const std::filesystem::path& folder) {
  std::error_code problem;
  for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (at->path().extension() == ".key") {
      return fail(errc::io, folder.string(),
                  "holds keys (" + shown(at->path().filename().string()) +
                      "), so it is a trustee's or the authority's: a device gets its own folder");
    }
  }
  return {};
}

/// Takes away what a broken-off enrolment has made in a folder that was not there before.
void undo_enrolment(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const std::string_view name :
       {booth_folder::trees_name, booth_folder::election_name, folder_lock_name}) {
    std::filesystem::remove(folder / name, ignored);
  }
  std::filesystem::remove(folder, ignored);  // only if it is empty
}

/// Up to the stored state. \return what the device announces
result<announcement> make_device(const std::filesystem::path& folder, const bulletin& board,
                                 const running_election& election, const new_device& device,
                                 random_source& random) {
  auto made = booth_folder::create(folder, board, election);
  if (!made) {
    return tl::unexpected(std::move(made.error()));
  }
  auto enrolled = enrolled_device::enrol(made->site(device.place), device.capacity, now(), random);
  if (!enrolled) {
    return tl::unexpected(std::move(enrolled.error()));
  }
  const announcement announced{enrolled->announcement()};
  auto done = made->store(enrolled->trees());
  done = done ? made->store(enrolled->memory()) : std::move(done);
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return announced;
}

}  // namespace

result<std::string> enrol_device(const std::filesystem::path& folder, bulletin& board,
                                 const running_election& election, const new_device& device,
                                 random_source& random) {
  const std::string stem = "announcement-" + place_stem(device.place);
  std::error_code ignored;
  if (std::filesystem::exists(folder / booth_folder::state_name, ignored)) {
    // Perhaps the announcement of before was not written any more.
    auto there = booth_folder::open(folder);
    if (!there) {
      return tl::unexpected(std::move(there.error()));
    }
    if (auto same = check_election(*there, election); !same) {
      return tl::unexpected(std::move(same.error()));
    }
    if (stage_of(there->state()) != device_stage::enrolled ||
        there->state().place() != device.place ||
        there->state().memory->opening.capacity != device.capacity) {
      return fail(errc::duplicate, folder.string(), "is the folder of a device already");
    }
    return board.publish(stem, announcement{there->state().memory->opening});
  }
  auto allowed = check_place_is_free(board, election, device.place);
  allowed = allowed ? check_no_keys(folder) : std::move(allowed);
  if (!allowed) {
    return tl::unexpected(std::move(allowed.error()));
  }
  const bool is_new = !std::filesystem::exists(std::filesystem::symlink_status(folder, ignored));
  const auto announced = make_device(folder, board, election, device, random);
  if (!announced) {
    if (is_new && !std::filesystem::exists(folder / booth_folder::state_name, ignored)) {
      undo_enrolment(folder);
    }
    return tl::unexpected(announced.error());
  }
  return board.publish(stem, *announced);
}

}  // namespace sandoq::tool
