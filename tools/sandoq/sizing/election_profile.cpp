#include "election_profile.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "lib/ballot/label_fields.hpp"
#include "sandoq/core/contract.hpp"
#include "tools/sandoq/file_bytes.hpp"
#include "tools/sandoq/strict_json.hpp"

namespace sandoq::tool {
namespace {

constexpr std::string_view profiles_format = "sandoq-profiles-1";
constexpr std::size_t max_profile_file_bytes = std::size_t{1} << 20;
constexpr std::size_t max_profiles = 64;
constexpr std::uint32_t max_profile_voters = 1'000'000'000;
constexpr std::uint32_t max_branches = 500'000;

/// Turns the JSON form into profiles, one part after another.
class profile_reader {
 public:
  std::vector<election_profile> read(const json& root) {
    std::vector<election_profile> out;
    if (!walk_.members(root, "", {"format", "profiles"})) {
      return out;
    }
    if (walk_.text(root["format"], "format") != profiles_format) {
      walk_.wrong("format", "must be \"" + std::string(profiles_format) + "\"", errc::unsupported);
    }
    const json& list = bounded_list(root["profiles"], "profiles", max_profiles);
    for (std::size_t i = 0; i < list.size() && !walk_.problem(); ++i) {
      const std::string place = json_walk::item("profiles", i);
      out.push_back(read_profile(list[i], place));
      const bool twice = std::any_of(out.begin(), out.end() - 1, [&](const election_profile& p) {
        return p.name == out.back().name;
      });
      if (twice) {
        walk_.wrong(place + ".name", "another profile has this name", errc::duplicate);
      }
    }
    return out;
  }

  [[nodiscard]] const std::optional<error>& problem() const noexcept { return walk_.problem(); }

 private:
  std::uint32_t number(const json& of, const std::string& place, const char* name,
                       std::uint32_t least, std::uint32_t most) {
    return read_in_range(walk_, of, place, name, least, most);
  }

  const json& bounded_list(const json& value, const std::string& place, std::size_t most,
                           std::size_t least = 1) {
    static const json empty = json::array();
    const json& list = walk_.list(value, place);
    if (list.size() < least || list.size() > most) {
      walk_.wrong(place,
                  "must have " + std::to_string(least) + " to " + std::to_string(most) + " entries",
                  errc::out_of_range);
      return empty;
    }
    return list;
  }

  election_profile read_profile(const json& from, const std::string& place) {
    election_profile out;
    if (!walk_.members(
            from, place,
            {"name", "title", "voters", "drill_voters", "challenged_of_1000", "spoiled_of_1000",
             "boards", "polling_minutes", "seconds_a_voter", "deadline_minutes", "links_kbit_s",
             "levels_above", "everywhere_of_1000", "everywhere", "areas"})) {
      return out;
    }
    out.name = walk_.text(from["name"], place + ".name");
    if (out.name.empty() || out.name.size() > 64) {
      walk_.wrong(place + ".name", "must have 1 to 64 bytes", errc::out_of_range);
    } else if (detail::holds_control_characters(out.name)) {
      walk_.wrong(place + ".name",
                  "holds a line break or another control character; leave it out: the name becomes "
                  "part of the election's id",
                  errc::bad_text);
    }
    out.title = walk_.labels(from["title"], place + ".title");
    out.voters = number(from, place, "voters", 1, max_profile_voters);
    out.drill_voters = number(from, place, "drill_voters", 1, 10'000'000);
    out.challenged_of_1000 = number(from, place, "challenged_of_1000", 0, 1000);
    out.spoiled_of_1000 = number(from, place, "spoiled_of_1000", 0, 1000);
    out.polling_minutes = number(from, place, "polling_minutes", 1, 10'080);
    out.seconds_a_voter = number(from, place, "seconds_a_voter", 1, 3600);
    out.deadline_minutes = number(from, place, "deadline_minutes", 1, 100'000);
    out.levels_above = number(from, place, "levels_above", 1, 5);
    out.everywhere_of_1000 = number(from, place, "everywhere_of_1000", 0, 1000);
    read_boards(out, from["boards"], place + ".boards");
    read_links(out, from["links_kbit_s"], place + ".links_kbit_s");
    read_places(out, from, place);
    return out;
  }

  void read_boards(election_profile& out, const json& from, const std::string& place) {
    const json& list = bounded_list(from, place, manifest::max_boards);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string here = json_walk::item(place, i);
      if (!walk_.members(list[i], here, {"trustees", "threshold"})) {
        return;
      }
      const std::uint32_t trustees = number(list[i], here, "trustees", 1, manifest::max_trustees);
      // A board of one has nobody who could be missing (spec 50.3).
      const std::uint32_t least = trustees == 1 ? 1 : 2;
      out.boards.push_back({trustees, number(list[i], here, "threshold", least, trustees)});
    }
  }

  void read_links(election_profile& out, const json& from, const std::string& place) {
    const json& list = bounded_list(from, place, 8);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string here = json_walk::item(place, i);
      const std::uint32_t speed = walk_.number(list[i], here);
      if (speed == 0) {
        walk_.wrong(here, "must be at least 1", errc::out_of_range);
      }
      out.links_kbit_s.push_back(speed);
    }
  }

  void read_places(election_profile& out, const json& from, const std::string& place) {
    const json& everywhere = bounded_list(from["everywhere"], place + ".everywhere", 16, 0);
    for (std::size_t i = 0; i < everywhere.size(); ++i) {
      out.everywhere.push_back(
          read_profile_contest(walk_, everywhere[i], json_walk::item(place + ".everywhere", i), 1));
    }
    const json& areas = bounded_list(from["areas"], place + ".areas", 256);
    profile_allowance all;
    for (const profile_contest& contest : out.everywhere) {
      all.add(contest, 1);
    }
    for (std::size_t i = 0; i < areas.size() && !walk_.problem(); ++i) {
      const std::string here = json_walk::item(place + ".areas", i);
      out.areas.push_back(read_area(areas[i], here));
      if (out.everywhere.empty() && out.areas.back().contests.empty()) {
        walk_.wrong(here + ".contests",
                    "has no contest and \"everywhere\" has none either, so that ballots here would "
                    "ask nothing; give one or the other a contest",
                    errc::missing);
      }
      for (const profile_contest& contest : out.areas.back().contests) {
        all.add(contest, out.areas.back().count);
      }
    }
    all.check(walk_, place + ".areas");
    std::uint64_t shares = 0;
    for (const profile_area& area : out.areas) {
      shares += area.of_1000_voters;
    }
    if (shares != 1000) {
      walk_.wrong(
          place + ".areas",
          "of_1000_voters of all areas together must be 1000, not " + std::to_string(shares),
          errc::mismatch);
    }
  }

  profile_area read_area(const json& from, const std::string& place) {
    profile_area out;
    if (!walk_.members(from, place,
                       {"count", "branches", "devices", "of_1000_voters", "contests"})) {
      return out;
    }
    out.count = number(from, place, "count", 1, manifest::max_contests);
    out.branches = number(from, place, "branches", std::max(out.count, 1U), max_branches);
    out.devices = number(from, place, "devices", std::max(out.branches, 1U), 4 * max_branches);
    out.of_1000_voters = number(from, place, "of_1000_voters", 0, 1000);
    const json& list = bounded_list(from["contests"], place + ".contests", 16, 0);
    for (std::size_t i = 0; i < list.size() && !walk_.problem(); ++i) {
      out.contests.push_back(
          read_profile_contest(walk_, list[i], json_walk::item(place + ".contests", i), out.count));
    }
    return out;
  }

  json_walk walk_;
};

result<std::vector<election_profile>> read_shipped() {
  auto out = profiles_from_json(shipped_profiles());
  if (out) {
    for (election_profile& each : *out) {
      each.shipped = true;
    }
  }
  return out;
}

}  // namespace

result<std::vector<election_profile>> profiles_from_json(std::string_view text) {
  auto root = parse_strictly(text);
  if (!root) {
    return tl::unexpected(std::move(root.error()));
  }
  profile_reader reader;
  auto out = reader.read(*root);
  if (reader.problem()) {
    return tl::unexpected(*reader.problem());
  }
  return out;
}

result<election_profile> find_profile(const std::string& name_or_path) {
  const auto shipped = read_shipped();
  if (!shipped) {
    return fail_within("profiles.json", shipped.error());
  }
  std::string names;
  for (const election_profile& each : *shipped) {
    if (each.name == name_or_path) {
      return each;
    }
    names += (names.empty() ? "" : ", ") + each.name;
  }
  if (std::error_code unused; !std::filesystem::exists(name_or_path, unused)) {
    return fail(errc::not_found, name_or_path,
                "is neither a file nor a profile; there are: " + names);
  }
  const auto data = read_file(name_or_path, max_profile_file_bytes);
  if (!data) {
    return tl::unexpected(data.error());
  }
  auto read = profiles_from_json({reinterpret_cast<const char*>(data->data()), data->size()});
  if (!read) {
    return fail_within(name_or_path, std::move(read.error()));
  }
  if (read->size() != 1) {
    return fail(errc::mismatch, name_or_path,
                "holds several profiles; leave the one that is meant");
  }
  return std::move(read->front());
}

const election_profile& shipped_profile(std::string_view name) {
  static const std::vector<election_profile> all =
      read_shipped().value_or(std::vector<election_profile>{});
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const election_profile& each) { return each.name == name; });
  SANDOQ_EXPECTS(found != all.end(), "profiles.json has every profile that a drill asks for");
  return *found;
}

}  // namespace sandoq::tool
