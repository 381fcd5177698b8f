#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../drill_booth.hpp"
#include "../scenario.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

/// Somebody with a folder, and with a copy of the bulletin in it.
struct person {
  std::string folder;  ///< its name
  std::string role;    ///< in English, for whoever reads what was done
};

struct trustee_person : person {
  std::string id;  ///< in the manifest
  std::string passphrase_file;
  std::vector<std::string> homes{"home"};  ///< folders with the keys, and with copies of them
  bool stays_away = false;                 ///< from the key ceremony, and is shut out by it
};

/// A voting machine, and whoever works it.
struct booth_person : person {
  device_place place;
  std::string branch;  ///< id in the manifest
  std::uint32_t capacity = 1;
  std::size_t voters = 0;
  std::optional<mishap> befell;

  /// BRANCH-ID:NUMBER
  [[nodiscard]] std::string device() const;
};

/// Everybody who takes part, each on a machine of their own.
struct town_people {
  person clerk;                                     ///< makes the manifest and holds the count
  std::optional<person> authority;                  ///< breaks ties by attributes
  std::vector<std::vector<trustee_person>> boards;  /// as in the manifest
  std::vector<booth_person> booths;                 ///< in record order

  [[nodiscard]] const booth_person& booth_of(const voter& v) const;
  /// The members of a board who take part, in order; somebody does.
  [[nodiscard]] std::vector<trustee_person*> present(std::size_t board);
  [[nodiscard]] std::vector<const trustee_person*> present(std::size_t board) const;
  /// Who stays away; nullptr if everybody comes.
  [[nodiscard]] const trustee_person* absent() const;
};

/// Who it takes to hold this scenario. Folders have different names, also where ids are no names
/// for files.
/// \param absent  id of the trustee who stays away; empty if everybody comes
[[nodiscard]] town_people people_of(const scenario& s, const std::string& absent = {});

/// \return not_found if no trustee has that id; out_of_range if a board of threshold members does
/// without one. Nobody is absent where the id is empty.
[[nodiscard]] result<void> check_absent(const manifest& plan, const std::string& id);

/// What a rehearsal by commands may be at most: each ballot is two programs, each device more than
/// a dozen.
inline constexpr std::size_t most_rehearsal_voters = 500;
inline constexpr std::size_t most_rehearsal_devices = 20;

/// \return too_large, with what to do, if the scenario would take much longer than some minutes.
[[nodiscard]] result<void> check_rehearsal_size(const scenario& s);

}  // namespace sandoq::tool
