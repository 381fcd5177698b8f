// What the tool reads that people wrote: JSON, CSV, texts. Texts have an oracle: utf8proc.

#include <utf8proc.h>

#include <memory>

#include "tests/fuzz/round_trip.hpp"
#include "tools/sandoq/ballot_file.hpp"
#include "tools/sandoq/csv.hpp"
#include "tools/sandoq/label_text.hpp"
#include "tools/sandoq/manifest_json.hpp"
#include "tools/sandoq/shown_text.hpp"

namespace sandoq::fuzzing {
namespace {

std::string_view text_of(byte_view in) {
  return {reinterpret_cast<const char*>(in.data()), in.size()};
}

// Many texts mean one manifest; what was read must survive its own JSON form, and its own bytes
// unless it breaks a bound that only the bytes have.
outcome manifest_json(byte_view in) {
  const auto read = tool::manifest_from_json(text_of(in));
  if (!read) {  // whoever reads a file puts its name in front
    return refused(fail_within("manifest.json", read.error()).value());
  }
  const auto again = tool::manifest_from_json(tool::manifest_to_json(*read));
  if (!again) {
    return {true, "its own JSON form is refused: " + to_string(again.error())};
  }
  if (*again != *read) {
    return {true, "its own JSON form is another manifest"};
  }
  const bytes canonical = read->encode();
  const auto back = manifest::decode(canonical);
  if (back && *back != *read) {
    return {true, "its canonical bytes are another manifest"};
  }
  return {true, well_refused(back)};
}

using lines = std::vector<std::vector<std::string>>;

result<lines> read_lines(std::string text) {
  tool::csv_reader csv(tool::read_from_text(std::move(text)), "f");
  lines out;
  for (std::vector<std::string> fields;;) {
    auto more = csv.next(fields);
    if (!more) {
      return tl::unexpected<error>(std::move(more.error()));
    }
    if (!*more) {
      return out;
    }
    out.push_back(fields);
  }
}

std::string quoted(const lines& all) {
  std::string out;
  for (const auto& fields : all) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      out += i == 0 ? "\"" : ",\"";
      for (const char c : fields[i]) {
        out += c == '"' ? "\"\"" : std::string(1, c);
      }
      out += '"';
    }
    out += '\n';
  }
  return out;
}

outcome csv(byte_view in) {
  const auto read = read_lines(std::string(text_of(in)));
  if (!read) {
    return refused(read.error());
  }
  const auto again = read_lines(quoted(*read));
  return {true, again && *again == *read ? "" : "its fields, quoted, are read as other fields"};
}

outcome ballots(byte_view in) {
  const std::string text(text_of(in));
  const auto read = tool::read_ballot_file(tool::read_from_text(text), "dir/contest.csv", {});
  if (!read) {
    return refused(read.error());
  }
  const auto limited = tool::read_ballot_file(tool::read_from_text(text), "dir/contest.csv", 1);
  if (!limited || limited->options != read->options || limited->precincts != read->precincts) {
    return {true, "with a limit it has other names"};
  }
  for (const tool::plain_ballot& ballot : read->ballots) {
    const bool ascending =
        std::ranges::adjacent_find(ballot.choices, std::greater_equal{}) == ballot.choices.end();
    const bool known = ballot.precinct < read->precincts.size() &&
                       (ballot.choices.empty() || ballot.choices.back() < read->options.size());
    if (!ascending || !known || ballot.choices.size() > read->max_choices()) {
      return {true, "a ballot chooses what the file does not offer"};
    }
  }
  return {true, read->contest == "contest" ? "" : "the contest is not called as its file"};
}

outcome hex(byte_view in) {
  const auto read = from_hex(text_of(in));
  if (!read) {
    return refused(read.error());
  }
  std::string lower(text_of(in));
  for (char& c : lower) {
    c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return {true, to_hex(*read) == lower ? "" : "the bytes have other digits"};
}

bool utf8proc_takes(byte_view in) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(in.data());
  for (std::size_t left = in.size(); left > 0;) {
    utf8proc_int32_t code = 0;
    const auto used = utf8proc_iterate(at, static_cast<utf8proc_ssize_t>(left), &code);
    if (used <= 0) {
      return false;
    }
    at += used;
    left -= static_cast<std::size_t>(used);
  }
  return true;
}

outcome utf8(byte_view in) {
  const bool ours = is_utf8(in);
  if (ours != utf8proc_takes(in)) {
    return {ours, "utf8proc decides otherwise"};
  }
  // Whatever it was, it can be shown on one line of a terminal, without a command to it.
  const std::string shown = tool::shown(text_of(in));
  if (!is_utf8(bytes_of(shown)) || std::ranges::any_of(shown, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
      })) {
    return {ours, "it is shown with control characters"};
  }
  return {ours, {}};
}

// Labels are kept in a normal form, which is its own normal form.
outcome label(byte_view in) {
  const std::string_view language =
      !in.empty() && std::to_integer<int>(in[0]) % 2 == 0 ? "fa" : "en";
  const auto once = tool::normalised_label(language, text_of(in));
  if (!once) {
    return refused(once.error());
  }
  const auto twice = tool::normalised_label(language, *once);
  return {true, twice && *twice == *once ? "" : "the normal form has another normal form"};
}

constexpr decoder json_decoders[] = {{"manifest_json", manifest_json}};
constexpr decoder csv_decoders[] = {{"csv", csv}, {"ballots", ballots}};
constexpr decoder text_decoders[] = {{"hex", hex}, {"utf8", utf8}, {"label", label}};

}  // namespace

target manifest_json_target() {
  return {"manifest_json", json_decoders};
}
target ballot_csv_target() {
  return {"ballot_csv", csv_decoders};
}
target text_target() {
  return {"text", text_decoders};
}

}  // namespace sandoq::fuzzing
