#include "device_election.hpp"

#include <string>
#include <utility>
#include <vector>

#include "private_segment.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t max_election_bytes = std::size_t{64} << 20;

/// The boards of the roster; whoever has no share of the key signs for none.           SPEC(55.5)
result<std::vector<board_keys>> boards_with_shares(const manifest& plan,
                                                   const election_key& published) {
  auto keys = roster::decode(plan);
  if (!keys) {
    return tl::unexpected(std::move(keys.error()));
  }
  std::vector<board_keys> out(keys->boards().begin(), keys->boards().end());
  if (published.boards.size() != out.size()) {
    return fail(errc::mismatch, "election key", "is of another number of boards");
  }
  for (std::size_t b = 0; b < out.size(); ++b) {
    const auto& shares = published.boards[b].share_keys;
    for (std::uint32_t t = 1; t <= shares.size(); ++t) {
      if (shares[t - 1] == wire_element{}) {
        out[b].shut_out.push_back(t);
      }
    }
  }
  return out;
}

}  // namespace

bytes device_election_file(byte_view canonical_manifest, const running_election& election) {
  bytes file;
  append_item(file, item_kind::manifest, canonical_manifest);
  append_item(file, item_kind::election_key, election.published.encode());
  return file;
}

result<std::unique_ptr<device_election>> read_device_election(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  const auto items = read_private_items(file, max_election_bytes);
  if (!items) {
    return fail_within("the device's folder", items.error());
  }
  if (items->size() != 2 || (*items)[0].first != static_cast<std::uint32_t>(item_kind::manifest) ||
      (*items)[1].first != static_cast<std::uint32_t>(item_kind::election_key)) {
    return fail(errc::mismatch, name, "must hold manifest and election key");
  }
  auto plan = manifest::decode((*items)[0].second);
  const auto published = election_key::decode((*items)[1].second);
  if (!plan || !published) {
    return fail_within(name, plan ? published.error() : plan.error());
  }
  const auto keys = decode_keys(*published);
  auto boards = boards_with_shares(*plan, *published);
  if (!keys || !boards) {
    return fail_within(name, keys ? boards.error() : keys.error());
  }
  auto context =
      election_context::make(*plan, published->election_hash, keys->joint_key, std::move(*boards));
  if (!context) {
    return fail_within(name, std::move(context.error()));
  }
  return std::make_unique<device_election>(device_election{std::move(*plan), std::move(*context)});
}

}  // namespace sandoq::tool
