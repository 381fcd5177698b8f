#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "../file_bytes.hpp"
#include "../manifest_file.hpp"
#include "../manifest_json.hpp"
#include "../plan.hpp"
#include "../say.hpp"
#include "../shown_text.hpp"
#include "office_commands.hpp"
#include "office_names.hpp"
#include "private_file.hpp"
#include "sandoq/ballot/roster.hpp"
#include "sandoq/core/canonical_secret.hpp"
#include "sandoq/proofs/schnorr.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_entry_bytes = 4096;

bool is_missing(const wire_element& key) {
  return key == wire_element{};
}

result<trustee_seat> find_trustee(const manifest& plan, const std::string& id) {
  std::string known;
  for (std::uint32_t b = 0; b < plan.boards.size(); ++b) {
    for (std::uint32_t t = 1; t <= plan.boards[b].trustees.size(); ++t) {
      const std::string& each = plan.boards[b].trustees[t - 1].id;
      if (each == id) {
        return trustee_seat{board_index(b), trustee_index(t)};
      }
      known += (known.empty() ? "" : ", ") + each;
    }
  }
  return fail(errc::not_found, id, "no trustee of the manifest has this id; there are " + known);
}

/// Where an entry is written: a copy stays in the folder, so that nobody has to make a key twice
/// because a file was lost.
struct entry_files {
  fs::path kept;
  std::string out;  ///< what is carried

  entry_files(const enrol_options& options, const std::string& stem)
      : kept(fs::path(options.home) / (stem + std::string(bulletin::extension))),
        out(options.out.empty() ? stem + std::string(bulletin::extension) : options.out) {}

  /// A key is made once, so what would stop its entry has to come to light before it.
  [[nodiscard]] result<void> check() const {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(kept, ignored))) {
      return fail(errc::duplicate, kept.string(),
                  "is there already and is left as it is; name another folder");
    }
    if (fs::exists(fs::symlink_status(out, ignored))) {
      return fail(errc::io, out,
                  "is there already and is left as it is; name another file for the entry with "
                  "--out; no key was made");
    }
    const fs::path around = fs::path(out).parent_path();
    // The folder of the keys may still have to be made.
    if (!around.empty() && !fs::is_directory(around, ignored) &&
        fs::weakly_canonical(around, ignored) !=
            fs::weakly_canonical(kept.parent_path(), ignored)) {
      return fail(errc::io, out, "lies in no folder that is there; no key was made");
    }
    return {};
  }

  /// \return what is carried
  template <class Entry>
  [[nodiscard]] result<std::string> write(const Entry& entry) const {
    bytes file;
    append_item(file, static_cast<item_kind>(Entry::kind), entry.encode());
    if (auto done = write_private(kept, file); !done) {
      return tl::unexpected(std::move(done.error()));
    }
    std::error_code ignored;
    if (fs::weakly_canonical(out, ignored) == fs::weakly_canonical(kept, ignored)) {
      return out;
    }
    if (auto done = write_new_file(out, file); !done) {
      done.error().reason += "; the keys are made, and their entry lies in " + kept.string() +
                             ": carry this file instead";
      return tl::unexpected(std::move(done.error()));
    }
    return out;
  }
};

result<key_folder> new_folder(const enrol_options& options, std::string_view name,
                              const entry_files& files) {
  const auto cost = cost_named(options.cost);
  if (!cost) {
    return tl::unexpected(cost.error());
  }
  if (key_folder(options.home, secret_bytes(), *cost).has(name)) {
    return fail(errc::duplicate, (fs::path(options.home) / name).string(),
                "is there already and is left as it is; a key is made once");
  }
  if (auto possible = files.check(); !possible) {
    return tl::unexpected(std::move(possible.error()));
  }
  if (auto made = make_private_directory(options.home); !made) {
    return tl::unexpected(std::move(made.error()));
  }
  auto passphrase =
      ask_new_passphrase(options.passphrase, "new passphrase for " + shown(options.home));
  if (!passphrase) {
    return tl::unexpected(std::move(passphrase.error()));
  }
  return key_folder(options.home, std::move(*passphrase), *cost);
}

result<std::string> enrol_trustee(const enrol_options& options) {
  const auto plan = read_manifest_file(options.draft, manifest_form::draft);
  if (!plan) {
    return tl::unexpected(plan.error());
  }
  const auto seat = find_trustee(*plan, options.trustee);
  if (!seat) {
    return tl::unexpected(seat.error());
  }
  const trustee_entry& drafted =
      plan->boards[seat->board.value()].trustees[seat->trustee.value() - 1];
  if (!is_missing(drafted.signing_key)) {
    return fail(errc::duplicate, options.trustee,
                "has keys in this manifest already; a draft has no keys of trustees, nor proofs");
  }
  const entry_files files(
      options, fmt::format("trustee_entry-{}-{}", seat->board.value(), seat->trustee.value()));
  auto folder = new_folder(options, trustee_home::identity_name, files);
  if (!folder) {
    return tl::unexpected(std::move(folder.error()));
  }
  system_random random;
  trustee_secrets keys = trustee_secrets::generate(random);
  const auto entry = keys.roster_entry({plan->domain, plan->election, seat->board, seat->trustee},
                                       drafted.id, drafted.labels, random);
  if (!entry) {
    return tl::unexpected(entry.error());
  }
  const key_label label{"identity", plan->election, plan->domain, *seat, {}};
  if (auto made = trustee_home::create(std::move(*folder), label, std::move(keys), random); !made) {
    return tl::unexpected(std::move(made.error()));
  }
  return files.write(trustee_enrolment{seat->board, seat->trustee, entry->signing_key,
                                       entry->encryption_key, entry->signing_proof,
                                       entry->encryption_proof});
}

result<std::string> enrol_authority(const enrol_options& options) {
  const auto plan = read_manifest_file(options.draft, manifest_form::draft);
  if (!plan) {
    return tl::unexpected(plan.error());
  }
  if (!plan->authority) {
    return fail(errc::not_found, options.draft, "names no authority");
  }
  if (!is_missing(plan->authority->signing_key)) {
    return fail(errc::duplicate, "authority", "has a key in this manifest already");
  }
  const entry_files files(options, "authority_entry");
  auto folder = new_folder(options, authority_key_name, files);
  if (!folder) {
    return tl::unexpected(std::move(folder.error()));
  }
  system_random random;
  const auto key = signing_key<ristretto255>::generate(random);
  const auto entry = make_authority(key, plan->domain, plan->election, plan->authority->id,
                                    plan->authority->labels, random);
  if (!entry) {
    return tl::unexpected(entry.error());
  }
  secret_writer stored;
  stored.fixed(secret_ops<ristretto255>::encode_scalar(key.scalar()));
  const key_label label{"authority", plan->election, plan->domain, std::nullopt, {}};
  if (auto made = folder->write(authority_key_name, label, std::move(stored).take(), random);
      !made) {
    return tl::unexpected(std::move(made.error()));
  }
  return files.write(authority_enrolment{entry->signing_key, entry->signing_proof});
}

verification proved(const manifest& plan, const trustee_enrolment& entry) {
  const auto signing = encoded_element<ristretto255>::decode(entry.signing_key.view());
  const auto encryption = encoded_element<ristretto255>::decode(entry.encryption_key.view());
  if (!signing || !encryption) {
    return verification::rejected("a key is no element");
  }
  const trustee_keys keys{*signing, *encryption};
  const roster_place place{plan.domain, plan.election, entry.board, entry.trustee};
  const encoded_element<ristretto255> generator(ristretto255::generator());
  transcript first = signing_key_transcript(place, keys);
  const auto ok =
      verify(schnorr_statement<ristretto255>{generator, *signing}, entry.signing_proof, first);
  transcript second = encryption_key_transcript(place, keys);
  return ok ? verify(schnorr_statement<ristretto255>{generator, *encryption},
                     entry.encryption_proof, second)
            : ok;
}

/// Fills one entry into the manifest. \return whose it was.
result<std::string> fill(manifest& plan, const trustee_enrolment& entry) {
  const std::string name = name_trustee(plan, {entry.board, entry.trustee});
  if (entry.board.value() >= plan.boards.size() || entry.trustee.value() < 1 ||
      entry.trustee.value() > plan.boards[entry.board.value()].trustees.size()) {
    return fail(errc::not_found, name, "the manifest has no such trustee");
  }
  if (const auto ok = proved(plan, entry); !ok) {
    return fail(errc::bad_proof, name,
                "a proof of its keys does not hold for this election: " + ok.reason());
  }
  trustee_entry& line = plan.boards[entry.board.value()].trustees[entry.trustee.value() - 1];
  if (!is_missing(line.signing_key) &&
      (line.signing_key != entry.signing_key || line.encryption_key != entry.encryption_key)) {
    return fail(errc::duplicate, name,
                "has other keys already; ask this trustee which are its own");
  }
  line.signing_key = entry.signing_key;
  line.encryption_key = entry.encryption_key;
  line.signing_proof = entry.signing_proof;
  line.encryption_proof = entry.encryption_proof;
  return line.id;
}

result<std::string> fill(manifest& plan, const authority_enrolment& entry) {
  if (!plan.authority) {
    return fail(errc::not_found, "authority", "the manifest names none");
  }
  if (!is_missing(plan.authority->signing_key) &&
      plan.authority->signing_key != entry.signing_key) {
    return fail(errc::duplicate, "authority", "has another key already");
  }
  plan.authority->signing_key = entry.signing_key;
  plan.authority->signing_proof = entry.signing_proof;
  return plan.authority->id;
}

result<std::string> fill_from(manifest& plan, const std::string& path) {
  const auto file = read_file(path, max_entry_bytes);
  if (!file) {
    return tl::unexpected(file.error());
  }
  segment_reader reader(memory_source(*file), path);
  segment_item item;
  const auto more = reader.next(item);
  if (!more) {
    return tl::unexpected(more.error());
  }
  result<std::string> filled =
      fail(errc::mismatch, path, "is no entry of a trustee or of the authority");
  if (*more && item.kind == static_cast<std::uint32_t>(exchange_kind::trustee_entry)) {
    const auto entry = trustee_enrolment::decode(item.canonical);
    filled = entry ? fill(plan, *entry) : result<std::string>(tl::unexpected(entry.error()));
  } else if (*more && item.kind == static_cast<std::uint32_t>(exchange_kind::authority_entry)) {
    const auto entry = authority_enrolment::decode(item.canonical);
    filled = entry ? fill(plan, *entry) : result<std::string>(tl::unexpected(entry.error()));
  }
  if (!filled) {
    return fail_within(path, std::move(filled.error()));
  }
  return filled;
}

exit_code report_entry(std::string_view command, const enrol_options& options,
                       const result<std::string>& written) {
  if (!written) {
    return refuse(command, written.error());
  }
  say("made the keys in {}: keep this folder and its passphrase, and make a backup (sandoq "
      "trustee backup)\nwrote {}: carry it to whoever makes the manifest; then sandoq "
      "manifest enrol\n",
      options.home, *written);
  return exit_code::accepted;
}

}  // namespace

exit_code run_trustee_new(const enrol_options& options) {
  return report_entry("trustee new", options, enrol_trustee(options));
}

exit_code run_authority_new(const enrol_options& options) {
  return report_entry("authority new", options, enrol_authority(options));
}

exit_code run_manifest_enrol(const manifest_enrol_options& options) {
  constexpr std::string_view command = "manifest enrol";
  auto plan = read_manifest_file(options.draft, manifest_form::draft);
  if (!plan) {
    return refuse(command, plan.error());
  }
  for (const std::string& path : options.entries) {
    const auto id = fill_from(*plan, path);
    if (!id) {
      return refuse(command, id.error());
    }
    say("{}: the keys of {}\n", path, *id);
  }
  if (const auto missing = without_keys(*plan); !missing.empty()) {
    return refuse(command, {errc::missing, options.draft,
                            fmt::format("keys are still missing: of {}; nothing was written",
                                        fmt::join(missing, ", "))});
  }
  if (auto good = boards_of(*plan); !good) {
    return refuse(command, good.error());
  }
  const std::string text = manifest_to_json(*plan);
  if (auto written = write_new_file(options.write, bytes_of(text)); !written) {
    return refuse(command, written.error());
  }
  say("manifest hash  {}\nwrote {}: let everybody read it and compare the hash; then sandoq "
      "bulletin new\n",
      to_hex(manifest_hash(plan->encode()).view()), options.write);
  return exit_code::accepted;
}

}  // namespace sandoq::tool
