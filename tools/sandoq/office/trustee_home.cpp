#include "trustee_home.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "office_names.hpp"
#include "private_file.hpp"
#include "sandoq/threshold/memory_secret.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_log_bytes = std::size_t{1} << 30;
constexpr std::size_t max_sent_bytes = std::size_t{1} << 30;  // a mixed list is the longest
constexpr std::string_view attempt_prefix = "attempt-";

}  // namespace

std::string attempt_name(std::uint32_t attempt) {
  return fmt::format("{}{}{}", attempt_prefix, attempt, key_folder::extension);
}

result<trustee_home> trustee_home::create(key_folder folder, const key_label& identity,
                                          trustee_secrets keys, random_source& random) {
  if (auto made = make_private_directory(folder.path()); !made) {
    return tl::unexpected(std::move(made.error()));
  }
  if (auto written = folder.write(identity_name, identity, encode(keys), random); !written) {
    return tl::unexpected(std::move(written.error()));
  }
  return trustee_home(std::move(folder), identity, std::move(keys));
}

result<trustee_home> trustee_home::open(const fs::path& path, secret_bytes passphrase) {
  auto folder = key_folder::at(path, identity_name, std::move(passphrase));
  if (!folder) {
    return tl::unexpected(std::move(folder.error()));
  }
  auto opened = folder->read(identity_name);
  if (!opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  if (opened->label.kind != "identity" || !opened->label.seat) {
    return fail(errc::mismatch, (path / identity_name).string(), "is no trustee's identity");
  }
  auto keys = decode_trustee_secrets(opened->content);
  if (!keys) {
    return fail_within((path / identity_name).string(), std::move(keys.error()));
  }
  return trustee_home(std::move(*folder), std::move(opened->label), std::move(*keys));
}

result<trustee_identity> trustee_home::identity() const {
  auto signing = signing_key<ristretto255>::from_scalar(keys_.signing().scalar().clone());
  if (!signing) {
    return tl::unexpected(std::move(signing.error()));
  }
  return trustee_identity{seat().board, seat().trustee, std::move(*signing),
                          keys_.encryption().clone()};
}

key_label trustee_home::label(std::string kind) const {
  key_label out = identity_;
  out.kind = std::move(kind);
  out.more.clear();
  return out;
}

result<void> trustee_home::pin(const bulletin& board) {
  const manifest& plan = board.plan();
  const std::string at = board.directory().string();
  if (plan.election != identity_.election || plan.domain != identity_.domain) {
    return fail(
        errc::mismatch, at,
        fmt::format("is of the {} \"{}\", this folder is of the {} \"{}\"",
                    plan.domain == election_domain::real ? "election" : "drill", plan.election,
                    identity_.domain == election_domain::real ? "election" : "drill",
                    identity_.election));
  }
  const std::size_t b = seat().board.value();
  const std::size_t t = seat().trustee.value();
  const trustee_keys own = keys_.public_keys();
  if (b >= plan.boards.size() || t < 1 || t > plan.boards[b].trustees.size() ||
      plan.boards[b].trustees[t - 1].signing_key.octets != own.signing.octets() ||
      plan.boards[b].trustees[t - 1].encryption_key.octets != own.encryption.octets()) {
    return fail(errc::mismatch, at,
                fmt::format("its manifest does not have the keys of this folder for {}",
                            name_trustee(plan, seat())));
  }
  name_ = name_trustee(plan, seat());
  const std::string hash = to_hex(board.manifest_hash().view()) + "\n";
  const fs::path file = folder_.path() / pin_name;
  const auto pinned = read_private(file, 256);
  if (!pinned) {
    return pinned.error().code == errc::missing ? write_private(file, bytes_of(hash))
                                                : tl::unexpected(pinned.error());
  }
  const byte_view expected = bytes_of(hash);
  if (!std::equal(pinned->begin(), pinned->end(), expected.begin(), expected.end())) {
    return fail(errc::mismatch, at,
                "has another manifest than the one with which this trustee began (" +
                    file.string() + "); nothing is done with it");
  }
  return {};
}

result<void> trustee_home::keep(std::uint32_t attempt, const stored_attempt& what,
                                random_source& random) const {
  key_label kind = label("attempt");
  kind.more["attempt"] = std::to_string(attempt);
  kind.more["earlier"] = to_hex(what.earlier.view());
  return folder_.write(attempt_name(attempt), kind, encode(what.memory), random);
}

bool trustee_home::has_attempt(std::uint32_t attempt) const {
  return folder_.has(attempt_name(attempt));
}

result<stored_attempt> trustee_home::attempt(std::uint32_t attempt) const {
  auto opened = folder_.read(attempt_name(attempt));
  if (!opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  auto memory = decode_ceremony_memory(opened->content);
  if (!memory) {
    return fail_within(attempt_name(attempt), std::move(memory.error()));
  }
  stored_attempt out{std::move(*memory), {}};
  if (opened->label.more["attempt"] != std::to_string(attempt) ||
      !from_hex_into(out.earlier.octets, opened->label.more["earlier"])) {
    return fail(errc::mismatch, attempt_name(attempt), "is the file of another attempt");
  }
  return out;
}

result<std::vector<std::uint32_t>> trustee_home::attempts() const {
  const auto names = folder_.names();
  if (!names) {
    return tl::unexpected(names.error());
  }
  std::vector<std::uint32_t> out;
  for (const std::string& name : *names) {
    if (name.compare(0, attempt_prefix.size(), attempt_prefix) != 0) {
      continue;
    }
    std::uint32_t number = 0;
    std::from_chars(name.data() + attempt_prefix.size(), name.data() + name.size(), number);
    if (number == 0 || name != attempt_name(number)) {
      return fail(errc::mismatch, name, "is the file of no attempt");
    }
    out.push_back(number);
  }
  std::sort(out.begin(), out.end());
  return out;
}

result<void> trustee_home::destroy_attempt(std::uint32_t attempt) const {
  return destroy_file(folder_.path() / attempt_name(attempt));
}

result<void> trustee_home::keep(const holder_memory& share, random_source& random) const {
  return folder_.write(share_name, label("share"), encode(share), random);
}

result<holder_memory> trustee_home::share() const {
  auto opened = folder_.read(share_name);
  if (!opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  return decode_holder_memory(opened->content);
}

result<void> trustee_home::keep(const lot_value& value, random_source& random) const {
  return folder_.write(lot_name, label("lot"),
                       secret_bytes(byte_view(expose_for_secret_ops(value.value()))), random);
}

result<lot_value> trustee_home::lot() const {
  auto opened = folder_.read(lot_name);
  if (!opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  const byte_view stored = expose_for_secret_ops(std::as_const(opened->content));
  if (stored.size() != 32) {
    return fail(errc::mismatch, lot_name, "holds no value of a lot");
  }
  auto value = secret<byte_array<32>>::made_by([&] {
    byte_array<32> out{};
    std::copy(stored.begin(), stored.end(), out.begin());
    return out;
  });
  return lot_value(seat().board, std::move(value));
}

result<opening_log> trustee_home::log() const {
  const auto file = read_private(folder_.path() / log_name, max_log_bytes);
  if (!file) {
    return file.error().code == errc::missing ? result<opening_log>(opening_log{})
                                              : tl::unexpected(file.error());
  }
  auto log = opening_log::decode(*file);
  if (!log) {
    return fail_within((folder_.path() / log_name).string(), std::move(log.error()));
  }
  return log;
}

result<void> trustee_home::keep(const opening_log& log) const {
  const fs::path file = folder_.path() / log_name;
  return folder_.has(log_name) ? replace_private(file, log.encode())
                               : write_private(file, log.encode());
}

fs::path trustee_home::sent_file(std::string_view stem) const {
  return folder_.path() / sent_name / (std::string(stem) + ".bin");
}

result<std::optional<bytes>> trustee_home::sent(std::string_view stem) const {
  auto file = read_private(sent_file(stem), max_sent_bytes);
  if (!file) {
    return file.error().code == errc::missing ? result<std::optional<bytes>>(std::nullopt)
                                              : tl::unexpected(std::move(file.error()));
  }
  return std::optional<bytes>(std::move(*file));
}

result<std::vector<bytes>> trustee_home::all_sent(std::string_view prefix) const {
  std::vector<bytes> out;
  std::error_code failed;
  const fs::path sent = folder_.path() / sent_name;
  if (!fs::exists(sent, failed) && !failed) {
    return out;
  }
  fs::directory_iterator each(sent, failed);
  for (; !failed && each != fs::directory_iterator(); each.increment(failed)) {
    const std::string name = each->path().filename().string();
    if (name.compare(0, prefix.size(), prefix) != 0 || each->path().extension() != ".bin") {
      continue;
    }
    auto file = read_private(each->path(), max_sent_bytes);
    if (!file) {
      return tl::unexpected(std::move(file.error()));
    }
    out.push_back(std::move(*file));
  }
  if (failed) {
    return fail(errc::io, sent.string(), failed.message());
  }
  return out;
}

result<void> trustee_home::keep_sent(std::string_view stem, byte_view canonical) const {
  if (auto made = make_private_directory(folder_.path() / sent_name); !made) {
    return made;
  }
  return write_private(sent_file(stem), canonical);
}

}  // namespace sandoq::tool
