#include "booth_folder.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "journal_end.hpp"
#include "private_file.hpp"
#include "private_segment.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_state_bytes = std::size_t{64} << 20;
constexpr std::size_t max_tokens_bytes = std::size_t{16} << 20;
// Nine lists of hashes, one a role.
constexpr std::size_t max_trees_bytes = std::size_t{9} * 32 * seed_ratchet::max_capacity + 64;

}  // namespace

booth_folder::booth_folder(fs::path path, file_descriptor lock,
                           std::unique_ptr<device_election> election)
    : path_(std::move(path)), lock_(std::move(lock)), election_(std::move(election)) {}

result<booth_folder> booth_folder::create(const fs::path& path, const bulletin& board,
                                          const running_election& election) {
  if (lies_in(path, board.directory())) {
    return fail(errc::io, path.string(),
                "lies in the bulletin, which everybody may read: keep a device's folder elsewhere");
  }
  if (auto made = make_private_directory(path); !made) {
    return tl::unexpected(std::move(made.error()));
  }
  auto held = lock_folder(path);
  if (!held) {
    return tl::unexpected(std::move(held.error()));
  }
  std::error_code ignored;
  if (fs::exists(path / state_name, ignored)) {
    return fail(errc::duplicate, path.string(), "is the folder of a device already");
  }
  const bytes file = device_election_file(board.canonical_manifest(), election);
  // What an enrolment that was broken off has left is of no use to anyone.
  if (auto done = put_private(path / election_name, file); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  auto known = read_device_election(path / election_name);
  if (!known) {
    return tl::unexpected(std::move(known.error()));
  }
  return booth_folder(path, std::move(*held), std::move(*known));
}

result<booth_folder> booth_folder::open(const fs::path& path) {
  auto held = lock_folder(path);
  if (!held) {
    return tl::unexpected(std::move(held.error()));
  }
  auto known = read_device_election(path / election_name);
  if (!known) {
    return tl::unexpected(unreadable(std::move(known.error())));
  }
  booth_folder out(path, std::move(*held), std::move(*known));
  auto stored = read_private(path / state_name, max_state_bytes);
  if (!stored) {
    return tl::unexpected(unreadable(std::move(stored.error())));
  }
  const secret_bytes content(*stored);
  detail::wipe(stored->data(), stored->size());
  auto state = decode_booth_state(content, out.election());
  if (!state) {
    return fail_within(state_name, std::move(state.error()));
  }
  out.state_ = std::move(*state);
  auto done = out.complete_tokens();
  done = done ? out.complete_item() : std::move(done);
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

device_site booth_folder::site(const device_place& place) {
  if (!election_->prover) {
    election_->prover = std::make_unique<ballot_prover>(election_->context.proofs());
  }
  return {election_->context, *election_->prover, place};
}

device_memory booth_folder::take_memory() {
  return *std::exchange(state_->memory, std::nullopt);
}

result<device_trees> booth_folder::trees() const {
  const auto stored = read_private(path_ / trees_name, max_trees_bytes);
  if (!stored) {
    return tl::unexpected(stored.error());
  }
  auto out = device_trees::decode(*stored);
  return out ? std::move(out) : fail_within(trees_name, std::move(out.error()));
}

result<void> booth_folder::store(const device_trees& trees) const {
  return put_private(path_ / trees_name, trees.encode());
}

result<void> booth_folder::write_state(booth_state state) {
  bytes stored =
      declassify<"the state of a device goes into a file of its owner's alone">(encode(state));
  auto done = put_private(path_ / state_name, stored);
  detail::wipe(stored.data(), stored.size());
  if (!done) {
    return done;
  }
  state_ = std::move(state);
  return {};
}

result<void> booth_folder::store_state(device_memory memory, std::optional<journal_entry> next,
                                       std::optional<used_token> token) {
  booth_state state;
  if (state_) {
    state.journal_bytes = state_->journal_bytes;
    if (state_->next) {
      state.journal_bytes += framed_item_bytes(static_cast<item_kind>(state_->next->kind),
                                               state_->next->canonical.size());
    }
  }
  state.next = std::move(next);
  state.token = token;
  state.memory = std::move(memory);
  return write_state(std::move(state));
}

result<void> booth_folder::store(device_memory memory, std::optional<journal_entry> next,
                                 std::optional<used_token> token) {
  auto done = store_state(std::move(memory), std::move(next), token);
  done = done ? complete_tokens() : std::move(done);
  return done ? complete_item() : std::move(done);
}

result<void> booth_folder::complete_item() {
  bytes next;
  if (state_->next) {
    append_item(next, static_cast<item_kind>(state_->next->kind), state_->next->canonical);
  }
  return finish_journal(journal(), state_->journal_bytes, next);
}

result<std::optional<device_tokens>> booth_folder::stored_tokens() const {
  std::error_code ignored;
  if (!fs::exists(path_ / tokens_name, ignored)) {
    return std::nullopt;
  }
  const auto items = read_private_items(path_ / tokens_name, max_tokens_bytes);
  if (!items) {
    return tl::unexpected(items.error());
  }
  if (items->size() != 1 ||
      items->front().first != static_cast<std::uint32_t>(exchange_kind::tokens)) {
    return fail(errc::mismatch, std::string(tokens_name), "must hold one list of tokens");
  }
  auto out = device_tokens::decode(items->front().second);
  if (!out) {
    return tl::unexpected(std::move(out.error()));
  }
  if (out->place != state_->place()) {
    return fail(errc::mismatch, std::string(tokens_name), "is another device's");
  }
  return std::optional(std::move(*out));
}

result<device_tokens> booth_folder::tokens() const {
  auto stored = stored_tokens();
  if (!stored) {
    return tl::unexpected(std::move(stored.error()));
  }
  return stored->value_or(device_tokens{state_->place(), {}, {}});
}

result<void> booth_folder::complete_tokens() {
  const bool keeps_tokens = plan().eligibility != eligibility_log::none && state_->memory &&
                            state_->memory->stage() >= device_stage::ready;
  if (!keeps_tokens) {
    return {};
  }
  auto stored = stored_tokens();
  if (!stored) {
    return tl::unexpected(std::move(stored.error()));
  }
  device_tokens all = stored->value_or(device_tokens{state_->place(), {}, {}});
  const auto at =
      state_->token ? std::lower_bound(
                          all.tokens.begin(), all.tokens.end(), *state_->token,
                          [](const used_token& a, const used_token& b) { return a.hash < b.hash; })
                    : all.tokens.end();
  const bool is_new = state_->token && (at == all.tokens.end() || at->hash != state_->token->hash);
  if (*stored && !is_new) {
    return {};
  }
  if (is_new) {
    all.tokens.insert(at, *state_->token);
  }
  auto key = signing_key<ristretto255>::from_scalar(state_->memory->key.clone());
  system_random random;
  const auto signature =
      key ? sign(*key, all.message(election().chain()), random) : tl::unexpected(key.error());
  if (!signature) {
    return tl::unexpected(signature.error());
  }
  all.signature = *signature;
  bytes file;
  append_item(file, static_cast<item_kind>(exchange_kind::tokens), all.encode());
  return put_private(path_ / tokens_name, file);
}

result<void> booth_folder::erase_secrets(const close_item& close) {
  booth_state state;
  state.journal_bytes = state_->journal_bytes;
  if (state_->next) {
    state.journal_bytes += framed_item_bytes(static_cast<item_kind>(state_->next->kind),
                                             state_->next->canonical.size());
  }
  state.closed = close;
  return write_state(std::move(state));
}

}  // namespace sandoq::tool
