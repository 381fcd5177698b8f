#include "sandoq/ballot/party_list.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "lib/ballot/label_fields.hpp"
#include "lib/ballot/rule_fields.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

party_list read_list(detail::structure_reader& in) {
  party_list out;
  out.id = detail::read_id(in, "id");
  out.labels = detail::read_labels(in, "labels");
  const std::size_t count = in.count(rule::max_options, 4, "options");
  for (std::size_t i = 0; i < count && in.good(); ++i) {
    out.options.emplace_back(in.u32("option"));
  }
  return out;
}

}  // namespace

namespace detail {

std::vector<party_list> read_party_lists(structure_reader& in) {
  std::vector<party_list> out;
  const std::size_t count = in.count_or_none(max_party_lists, shortest_named_bytes + 8, "lists");
  for (std::size_t i = 0; i < count && in.good(); ++i) {
    const structure_reader::scope here(in, "list", i);
    out.push_back(read_list(in));
  }
  return out;
}

void write_party_lists(byte_writer& out, std::span<const party_list> lists) {
  out.count(lists.size());
  for (const party_list& list : lists) {
    out.text(list.id);
    write_labels(out, list.labels);
    out.count(list.options.size());
    for (const option_index option : list.options) {
      out.u32(option.value());
    }
  }
}

}  // namespace detail

result<std::vector<party_list>> decode_party_lists(byte_view data) {
  detail::structure_reader in(data, "lists");
  std::vector<party_list> out = detail::read_party_lists(in);
  if (auto done = in.finish(); !done) {
    return tl::unexpected<error>(std::move(done.error()));
  }
  return out;
}

bytes encode(std::span<const party_list> lists) {
  byte_writer out;
  detail::write_party_lists(out, lists);
  return std::move(out).take();
}

result<void> check_party_lists(std::span<const party_list> lists, std::uint32_t options) {
  const auto refuse = [](errc code, const std::string& reason) {
    return fail(code, "rule.lists", reason);
  };
  std::vector<std::string_view> ids;
  for (const party_list& list : lists) {
    ids.emplace_back(list.id);
  }
  std::sort(ids.begin(), ids.end());
  if (const auto twice = std::adjacent_find(ids.begin(), ids.end()); twice != ids.end()) {
    return refuse(errc::duplicate, "two lists have the id \"" + std::string(*twice) + "\"");
  }
  std::vector<bool> seen(options, false);
  for (const party_list& list : lists) {
    for (const option_index option : list.options) {
      const std::string name = "option " + std::to_string(option.value());
      if (option.value() >= options) {
        return refuse(errc::out_of_range,
                      name + " is none of the contest's " + std::to_string(options) + " options");
      }
      if (seen[option.value()]) {
        return refuse(errc::duplicate, name + " stands twice, on one list or on two");
      }
      seen[option.value()] = true;
    }
  }
  return {};
}

}  // namespace sandoq
