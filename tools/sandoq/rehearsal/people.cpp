#include "people.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace sandoq::tool {
namespace {

constexpr std::size_t longest_name = 64;

std::string english_name(const label_list& labels, const std::string& id) {
  const auto found = std::find_if(labels.begin(), labels.end(),
                                  [](const label& each) { return each.language == "en"; });
  return found == labels.end() ? id : found->text;
}

/// The id where it may be part of a file's name, otherwise the place's number behind a dot, which
/// no such id has.
std::string name_for(const std::string& id, std::uint32_t number) {
  const bool fits =
      !id.empty() && id.size() <= longest_name && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
      });
  return fits ? id : fmt::format("place.{}", number);
}

booth_person booth_for(const scenario& s, const device_queue& queue) {
  const std::uint32_t node = queue.place.branch.value();
  const std::uint32_t device = queue.place.device.value();
  const tree_node& branch = s.plan.nodes[node];
  booth_person out;
  out.folder = fmt::format("booth-{}-{}", name_for(branch.id, node), device);
  out.role = fmt::format("{}, device {}", english_name(branch.labels, branch.id), device);
  out.place = queue.place;
  out.branch = branch.id;
  out.capacity = serials_needed(queue);
  out.voters = queue.voters.size();
  out.befell = queue.befell;
  return out;
}

}  // namespace

std::string booth_person::device() const {
  return fmt::format("{}:{}", branch, place.device.value());
}

const booth_person& town_people::booth_of(const voter& v) const {
  const device_place place{branch_index{v.branch.value()}, v.device};
  return *std::find_if(booths.begin(), booths.end(),
                       [&](const booth_person& each) { return each.place == place; });
}

std::vector<trustee_person*> town_people::present(std::size_t board) {
  std::vector<trustee_person*> out;
  for (trustee_person& each : boards[board]) {
    if (!each.stays_away) {
      out.push_back(&each);
    }
  }
  return out;
}

std::vector<const trustee_person*> town_people::present(std::size_t board) const {
  std::vector<const trustee_person*> out;
  for (const trustee_person& each : boards[board]) {
    if (!each.stays_away) {
      out.push_back(&each);
    }
  }
  return out;
}

const trustee_person* town_people::absent() const {
  for (const auto& members : boards) {
    for (const trustee_person& each : members) {
      if (each.stays_away) {
        return &each;
      }
    }
  }
  return nullptr;
}

result<void> check_absent(const manifest& plan, const std::string& id) {
  std::string known;
  for (const board_entry& board : plan.boards) {
    for (const trustee_entry& each : board.trustees) {
      known += (known.empty() ? "" : ", ") + each.id;
      if (each.id == id && board.trustees.size() <= board.threshold) {
        return fail(errc::out_of_range, "--absent " + id,
                    "cannot stay away: board " + board.id + " needs all of its members");
      }
      if (each.id == id) {
        return {};
      }
    }
  }
  return id.empty() ? result<void>{}
                    : fail(errc::not_found, "--absent " + id,
                           "no trustee has this id; there are " + known);
}

town_people people_of(const scenario& s, const std::string& absent) {
  town_people out;
  out.clerk = {"clerk", "The clerk, who counts"};
  if (s.plan.authority) {
    out.authority = {"authority", english_name(s.plan.authority->labels, s.plan.authority->id)};
  }
  for (const board_entry& board : s.plan.boards) {
    auto& members = out.boards.emplace_back();
    for (const trustee_entry& trustee : board.trustees) {
      const auto number = static_cast<std::uint32_t>(members.size() + 1);
      trustee_person& member = members.emplace_back();
      member.folder = "trustee-" + name_for(trustee.id, number);
      member.role = english_name(trustee.labels, trustee.id);
      member.id = trustee.id;
      member.passphrase_file = "passphrase";
      member.stays_away = trustee.id == absent;
    }
  }
  for (const device_queue& queue : queues_of(s)) {
    out.booths.push_back(booth_for(s, queue));
  }
  return out;
}

result<void> check_rehearsal_size(const scenario& s) {
  std::size_t devices = 0;
  for (const auto& [branch, count] : s.devices) {
    devices += count;
  }
  if (devices <= most_rehearsal_devices && s.voters.size() <= most_rehearsal_voters) {
    return {};
  }
  return fail(errc::too_large, "--by-commands",
              fmt::format("{} voters on {} devices are too many for people who type: at most {} "
                          "voters and {} devices; take fewer, or leave --by-commands out",
                          s.voters.size(), devices, most_rehearsal_voters, most_rehearsal_devices));
}

}  // namespace sandoq::tool
