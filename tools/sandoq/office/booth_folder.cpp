#include "booth_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "private_file.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/proofs/signature_prove.hpp"
#include "sandoq/record/segment.hpp"
#include "sandoq/threshold/derived_key.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_state_bytes = std::size_t{64} << 20;
constexpr std::size_t max_election_bytes = std::size_t{64} << 20;
constexpr std::size_t max_tokens_bytes = std::size_t{16} << 20;
// Nine lists of hashes, one a role.
constexpr std::size_t max_trees_bytes = std::size_t{9} * 32 * seed_ratchet::max_capacity + 64;

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

/// All of a small file's items.
result<std::vector<std::pair<std::uint32_t, bytes>>> items_of(const fs::path& path,
                                                              std::size_t max_bytes) {
  const auto content = read_private(path, max_bytes);
  if (!content) {
    return tl::unexpected(content.error());
  }
  std::vector<std::pair<std::uint32_t, bytes>> out;
  segment_reader reader(memory_source(*content), path.filename().string());
  segment_item item;
  while (true) {
    const auto more = reader.next(item);
    if (!more) {
      return tl::unexpected(more.error());
    }
    if (!*more) {
      return out;
    }
    out.emplace_back(item.kind, bytes(item.canonical.begin(), item.canonical.end()));
  }
}

result<std::uint64_t> size_of(int file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file, &status) != 0) {
    return io_failure(path, "cannot be examined");
  }
  return static_cast<std::uint64_t>(status.st_size);
}

/// The bytes of a file from an offset to its end; at most as many as wanted.
result<bytes> tail_of(int file, const fs::path& path, std::uint64_t offset, std::size_t most) {
  bytes out(most);
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t got =
        ::pread(file, out.data() + have, out.size() - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return io_failure(path, "cannot be read");
    }
    if (got == 0) {
      break;
    }
    have += static_cast<std::size_t>(got);
  }
  out.resize(have);
  return out;
}

result<void> write_at_end(int file, const fs::path& path, byte_view data) {
  while (!data.empty()) {
    const ssize_t written = ::write(file, data.data(), data.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return io_failure(path, "cannot be written");
    }
    data = data.subspan(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0 ? result<void>{} : io_failure(path, "cannot be written to the disk");
}

/// A file that may be there already.
result<void> put_private(const fs::path& path, byte_view data) {
  std::error_code problem;
  return fs::exists(fs::symlink_status(path, problem)) ? replace_private(path, data)
                                                       : write_private(path, data);
}

}  // namespace

booth_folder::booth_folder(fs::path path, file_descriptor lock,
                           std::unique_ptr<known_election> election)
    : path_(std::move(path)), lock_(std::move(lock)), election_(std::move(election)) {}

result<std::unique_ptr<booth_folder::known_election>> booth_folder::read_election(
    const fs::path& path) {
  const auto items = items_of(path / election_name, max_election_bytes);
  if (!items) {
    return fail_within("the device's folder", items.error());
  }
  if (items->size() != 2 || (*items)[0].first != static_cast<std::uint32_t>(item_kind::manifest) ||
      (*items)[1].first != static_cast<std::uint32_t>(item_kind::election_key)) {
    return fail(errc::mismatch, std::string(election_name), "must hold manifest and election key");
  }
  auto plan = manifest::decode((*items)[0].second);
  const auto published = election_key::decode((*items)[1].second);
  if (!plan || !published) {
    return fail_within(election_name, plan ? published.error() : plan.error());
  }
  const auto keys = decode_keys(*published);
  auto boards = boards_with_shares(*plan, *published);
  if (!keys || !boards) {
    return fail_within(election_name, keys ? boards.error() : keys.error());
  }
  auto context =
      election_context::make(*plan, published->election_hash, keys->joint_key, std::move(*boards));
  if (!context) {
    return fail_within(election_name, std::move(context.error()));
  }
  return std::make_unique<known_election>(known_election{std::move(*plan), std::move(*context)});
}

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
  bytes file;
  append_item(file, item_kind::manifest, board.canonical_manifest());
  append_item(file, item_kind::election_key, election.published.encode());
  // What an enrolment that was broken off has left is of no use to anyone.
  if (auto done = put_private(path / election_name, file); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  auto known = read_election(path);
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
  auto known = read_election(path);
  if (!known) {
    return tl::unexpected(std::move(known.error()));
  }
  booth_folder out(path, std::move(*held), std::move(*known));
  auto stored = read_private(path / state_name, max_state_bytes);
  if (!stored) {
    return tl::unexpected(std::move(stored.error()));
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
  const fs::path path = journal();
  bytes next;
  if (state_->next) {
    append_item(next, static_cast<item_kind>(state_->next->kind), state_->next->canonical);
  }
  const file_descriptor file(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file.number() < 0) {
    return io_failure(path, "cannot be opened");
  }
  const auto size = size_of(file.number(), path);
  if (!size) {
    return tl::unexpected(size.error());
  }
  if (*size > state_->journal_bytes + next.size()) {
    return fail(errc::mismatch, path.string(),
                "holds more than the state knows: this state is an old copy and must not be used, "
                "or two ballots would share their randomness; the boards can recover the journal");
  }
  if (*size < state_->journal_bytes) {
    return fail(errc::mismatch, path.string(),
                "has lost something that the state knows to be written; put it back as it was");
  }
  const auto tail = tail_of(file.number(), path, state_->journal_bytes, next.size());
  if (!tail) {
    return tl::unexpected(tail.error());
  }
  if (!std::equal(tail->begin(), tail->end(), next.begin())) {
    return fail(errc::mismatch, path.string(),
                "ends otherwise than the state says: they do not belong together");
  }
  if (tail->size() == next.size()) {
    return {};
  }
  // An item that was written in part is finished: its bytes are known.
  return write_at_end(file.number(), path, byte_view(next).subspan(tail->size()));
}

result<std::optional<device_tokens>> booth_folder::stored_tokens() const {
  std::error_code ignored;
  if (!fs::exists(path_ / tokens_name, ignored)) {
    return std::nullopt;
  }
  const auto items = items_of(path_ / tokens_name, max_tokens_bytes);
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
