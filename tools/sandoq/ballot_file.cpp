#include "ballot_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "csv.hpp"
#include "sandoq/core/bytes.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t max_id_bytes = 256;  // SPEC(00.2), type id
constexpr std::size_t max_options = 1024;  // SPEC(50.1)
constexpr std::size_t max_precincts = 1'000'000;
constexpr std::size_t max_columns = 64;

bool is_no_option(std::string_view value) noexcept {
  return value.empty() || value == "undervote" || value == "overvote" || value == "UWI";
}

/// Numbers names in the order of their first appearance; sorted numbers come at the end.
class name_table {
 public:
  std::uint32_t number(const std::string& name) {
    const auto [entry, added] =
        numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (added) {
      names_.push_back(name);
    }
    return entry->second;
  }

  [[nodiscard]] bool knows(const std::string& name) const { return numbers_.contains(name); }
  [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

  /// Sorts the names and returns old number -> new number. UTF-8 sorts by code point as bytes do.
  std::vector<std::uint32_t> sort() {
    std::sort(names_.begin(), names_.end());
    std::vector<std::uint32_t> renumbered(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i) {
      renumbered[numbers_[names_[i]]] = static_cast<std::uint32_t>(i);
    }
    return renumbered;
  }

  [[nodiscard]] std::vector<std::string> take() && { return std::move(names_); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> names_;
};

std::string contest_name(const std::string& path) {
  std::filesystem::path name = std::filesystem::path(path).filename();
  for (const std::string_view suffix : {".gz", ".csv"}) {
    if (name.extension() == suffix) {
      name = name.stem();
    }
  }
  return name.string();
}

result<void> check_header(const csv_reader& csv, const std::vector<std::string>& header) {
  if (header.size() < 2) {
    return csv.failure(errc::bad_encoding, "the header must be precinct,choice1,...,choiceK");
  }
  if (header.size() - 1 > max_columns) {
    return csv.failure(errc::too_large, "more than 64 choice columns");
  }
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string expected = i == 0 ? "precinct" : "choice" + std::to_string(i);
    if (header[i] != expected) {
      return csv.failure(errc::bad_encoding, "column " + std::to_string(i + 1) +
                                                 " of the header is '" + header[i] +
                                                 "', expected '" + expected + "'");
    }
  }
  return {};
}

bool has_control_character(const std::string& name) {
  return std::any_of(name.begin(), name.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u < 0x20 || u == 0x7f;
  });
}

/// The file's name becomes the contest's id.
result<void> check_contest_name(const std::string& path, const std::string& name) {
  if (name.empty() || name.size() > max_id_bytes || !is_utf8(bytes_of(name)) ||
      has_control_character(name)) {
    return fail(errc::bad_text, path,
                "the file's name names the contest, so it must be UTF-8 of 1 to 256 bytes without "
                "control characters; give the file another name");
  }
  return {};
}

result<void> check_name(const csv_reader& csv, const std::string& name, const std::string& what) {
  if (name.empty()) {
    return csv.failure(errc::missing, "the " + what + " is empty");
  }
  if (name.size() > max_id_bytes) {
    return csv.failure(errc::too_large, "a " + what + " is longer than 256 bytes");
  }
  if (has_control_character(name)) {
    return csv.failure(errc::bad_text, "a " + what + " holds a control character");
  }
  if (what == "choice" && name == "blank") {
    return csv.failure(errc::duplicate,
                       "a choice is called 'blank', the name kept for blank ballots");
  }
  return {};
}

/// The file line by line; knows all names, keeps the ballots below the limit.
struct ballot_collector {
  const csv_reader& csv;
  std::size_t limit;
  ballot_file file{};
  name_table options{};
  name_table precincts{};

  result<void> add(const std::vector<std::string>& fields) {
    if (fields.size() != file.columns + 1) {
      return csv.failure(errc::bad_encoding, "expected " + std::to_string(file.columns + 1) +
                                                 " fields, found " + std::to_string(fields.size()));
    }
    if (auto known = learn(precincts, fields[0], "precinct", max_precincts); !known) {
      return known;
    }
    plain_ballot ballot{precincts.number(fields[0]), {}, {}};
    for (std::size_t i = 1; i < fields.size(); ++i) {
      if (is_no_option(fields[i])) {
        continue;
      }
      if (auto known = learn(options, fields[i], "choice", max_options); !known) {
        return known;
      }
      ballot.choices.push_back(options.number(fields[i]));
    }
    if (file.ballots.size() < limit) {
      file.ballots.push_back(std::move(ballot));
    }
    return {};
  }

  result<void> learn(name_table& table, const std::string& name, const std::string& what,
                     std::size_t most) {
    if (table.knows(name)) {
      return {};
    }
    if (table.size() == most) {
      return csv.failure(errc::too_large,
                         "more than " + std::to_string(most) + " different names for a " + what);
    }
    if (auto good = check_name(csv, name, what); !good) {
      return good;
    }
    (void)table.number(name);
    return {};
  }

  ballot_file finish() && {
    const auto new_option = options.sort();
    const auto new_precinct = precincts.sort();
    for (plain_ballot& ballot : file.ballots) {
      ballot.precinct = new_precinct[ballot.precinct];
      for (std::uint32_t& choice : ballot.choices) {
        choice = new_option[choice];
      }
      for (const std::uint32_t choice : ballot.choices) {
        if (std::find(ballot.ranking.begin(), ballot.ranking.end(), choice) ==
            ballot.ranking.end()) {
          ballot.ranking.push_back(choice);
        }
      }
      std::sort(ballot.choices.begin(), ballot.choices.end());
      ballot.choices.erase(std::unique(ballot.choices.begin(), ballot.choices.end()),
                           ballot.choices.end());
    }
    file.options = std::move(options).take();
    file.precincts = std::move(precincts).take();
    return std::move(file);
  }
};

}  // namespace

std::uint32_t ballot_file::max_choices() const noexcept {
  return std::min(columns, static_cast<std::uint32_t>(options.size()));
}

result<ballot_file> read_ballot_file(const std::string& path, std::optional<std::size_t> limit) {
  auto source = open_plain_or_gzip(path);
  if (!source) {
    return tl::unexpected(std::move(source.error()));
  }
  return read_ballot_file(std::move(*source), path, limit);
}

result<ballot_file> read_ballot_file(std::unique_ptr<byte_source> source, const std::string& name,
                                     std::optional<std::size_t> limit) {
  if (auto good = check_contest_name(name, contest_name(name)); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  csv_reader csv(std::move(source), name);
  std::vector<std::string> fields;
  auto more = csv.next(fields);
  if (!more) {
    return tl::unexpected(std::move(more.error()));
  }
  if (!*more) {
    return fail(errc::missing, name,
                "the file is empty; its first line must be precinct,choice1,...");
  }
  if (auto good = check_header(csv, fields); !good) {
    return tl::unexpected(std::move(good.error()));
  }
  ballot_collector collector{csv, limit.value_or(SIZE_MAX)};
  collector.file.contest = contest_name(name);
  collector.file.columns = static_cast<std::uint32_t>(fields.size() - 1);
  for (;;) {
    more = csv.next(fields);
    if (!more) {
      return tl::unexpected(std::move(more.error()));
    }
    if (!*more) {
      break;
    }
    if (auto added = collector.add(fields); !added) {
      return tl::unexpected(std::move(added.error()));
    }
  }
  ballot_file file = std::move(collector).finish();
  if (file.options.empty()) {
    return fail(errc::missing, name, "no ballot of the file names a candidate");
  }
  return file;
}

}  // namespace sandoq::tool
