#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <utility>

#include "commands.hpp"
#include "file_bytes.hpp"
#include "manifest_json.hpp"
#include "office/exchange_items.hpp"
#include "plan.hpp"
#include "progress.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/record/record_reader.hpp"
#include "say.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t max_file_bytes = std::size_t{1} << 30;

/// "branch 4, device 1, serial 12": where an item of a journal belongs ("branch 4" for an
/// eligibility log); empty for other items.
std::string journal_place(const segment_item& item) {
  const auto kind = static_cast<item_kind>(item.kind);
  byte_reader in(item.canonical);
  const auto branch = in.u32("branch");
  const auto device = in.u32("device");
  if (!is_item_kind(item.kind) || section_of(kind) != record_section::ballots || !branch ||
      !device) {
    return {};
  }
  if (kind == item_kind::eligibility) {
    return fmt::format("branch {}, {} tokens", *branch, *device);
  }
  std::string out = fmt::format("branch {}, device {}", *branch, *device);
  if (kind == item_kind::ballot || kind == item_kind::cast || kind == item_kind::challenge ||
      kind == item_kind::voided) {
    if (const auto serial = in.u32("serial")) {
      out += fmt::format(", serial {}", *serial);
    }
  }
  return out;
}

/// "group 2, stage 1": where an item of the mix or of the opening of a list belongs; empty for
/// other items.
std::string list_place(const segment_item& item) {
  struct names {
    const char* first;
    const char* second;
  };
  static const std::map<item_kind, names> numbers{
      {item_kind::mix_group, {"group", "contest"}},
      {item_kind::mix_stage, {"group", "stage"}},
      {item_kind::mix_factors, {"group", "board"}},
      {item_kind::list_partial, {"request", "board"}},
  };
  const auto row = numbers.find(static_cast<item_kind>(item.kind));
  byte_reader in(item.canonical);
  if (static_cast<item_kind>(item.kind) == item_kind::mix_elements) {
    const auto elements = in.u32("elements");
    return elements ? fmt::format("{} elements", with_separators(*elements)) : std::string();
  }
  const auto first = in.u32("first");
  const auto second = in.u32("second");
  return row == numbers.end() || !first || !second
             ? std::string()
             : fmt::format("{} {}, {} {}", row->second.first, *first, row->second.second, *second);
}

/// Reads a file to its end and tells of every item.
template <class Tell>
result<void> walk(segment_reader& reader, const Tell& tell) {
  segment_item item;
  for (;;) {
    auto more = reader.next(item);
    if (!more) {
      return tl::unexpected(std::move(more.error()));
    }
    if (!*more) {
      return {};
    }
    tell(item);
  }
}

std::string name_of_kind(std::uint32_t kind) {
  if (const auto name = name_of_exchange(kind)) {
    return std::string(*name);
  }
  return is_item_kind(kind) ? std::string(name_of(static_cast<item_kind>(kind)))
                            : fmt::format("kind {}", kind);
}

result<void> show_file(const std::string& path, std::size_t limit) {
  auto data = read_file(path, max_file_bytes);
  if (!data) {
    return tl::unexpected(std::move(data.error()));
  }
  segment_reader reader(memory_source(*data), path);
  auto done = walk(reader, [&](const segment_item& item) {
    if (item.number <= limit) {
      fmt::print("item {:>5} at {:>9}: {:<12} {:>8} bytes  {}\n", item.number, item.offset,
                 name_of_kind(item.kind), item.canonical.size(),
                 journal_place(item) + list_place(item));
    }
  });
  if (done) {
    fmt::print("{} items\n", with_separators(reader.items()));
  }
  return done;
}

result<manifest> manifest_of(const record_reader& reader) {
  auto file = reader.open_file(manifest_file_name);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  segment_item item;
  auto more = file->next(item);
  if (!more) {
    return tl::unexpected(std::move(more.error()));
  }
  if (!*more) {
    return fail(errc::missing, manifest_file_name, "holds no manifest");
  }
  auto m = manifest::decode(item.canonical);
  if (!m) {
    return fail_within(manifest_file_name, std::move(m.error()));
  }
  // Levels, scopes and styles are indices: what shows them may rely on the rules.
  if (auto good = m->check_rules(); !good) {
    return fail_within(manifest_file_name, std::move(good.error()));
  }
  return m;
}

result<void> show_files(const record_reader& reader, const record_head& head) {
  for (const listed_file& listed : head.files) {
    auto file = reader.open_file(listed.name);
    if (!file) {
      return tl::unexpected(std::move(file.error()));
    }
    std::map<std::uint32_t, std::uint64_t> kinds;
    if (auto done = walk(*file, [&](const segment_item& item) { ++kinds[item.kind]; }); !done) {
      return done;
    }
    std::string what;
    for (const auto& [kind, count] : kinds) {
      what += fmt::format("{}{} {}", what.empty() ? "" : ", ", with_separators(count),
                          name_of_kind(kind));
    }
    fmt::print("{:<18} {:>14} bytes  {}\n", listed.name, with_separators(listed.size_bytes), what);
  }
  return {};
}

result<void> show_record(const inspect_options& options) {
  auto reader = record_reader::open(options.path);
  if (!reader) {
    return tl::unexpected(std::move(reader.error()));
  }
  auto m = manifest_of(*reader);
  if (!m) {
    return tl::unexpected(std::move(m.error()));
  }
  if (options.manifest) {
    fmt::print("{}\n", manifest_to_json(*m));
    return {};
  }
  auto head = reader->read_head();
  if (!head) {
    return tl::unexpected(std::move(head.error()));
  }
  fmt::print("Nothing is verified here; `sandoq verify` does that.\n");
  fmt::print("manifest hash  {}\nelection hash  {}\ncast ballots   {}\n",
             to_hex(head->manifest_hash.view()), to_hex(head->election_hash.view()),
             with_separators(head->cast_ballots));
  fmt::print("{}", summary_of(*m));
  return show_files(*reader, *head);
}

}  // namespace

exit_code run_inspect(const inspect_options& options) {
  std::error_code ignored;
  const bool directory = std::filesystem::is_directory(options.path, ignored);
  auto shown = directory ? show_record(options) : show_file(options.path, options.limit);
  if (!shown) {
    say_error("inspect", shown.error());
    return exit_code::unusable;
  }
  return exit_code::accepted;
}

}  // namespace sandoq::tool
