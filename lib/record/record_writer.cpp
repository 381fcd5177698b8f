#include "sandoq/record/record_writer.hpp"

#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "lib/record/file.hpp"
#include "lib/record/passed_on.hpp"
#include "sandoq/core/contract.hpp"
#include "sandoq/record/segment.hpp"

namespace sandoq {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t write_buffer_bytes = std::size_t{1} << 20;

result<void> check_place_is_free(const fs::path& place, const fs::path& beside) {
  std::error_code code;
  if (fs::exists(fs::symlink_status(place, code)) &&
      !(fs::is_directory(place, code) && fs::is_empty(place, code))) {
    return fail(errc::duplicate, place.string(),
                "exists and is no empty directory; choose another place for the record");
  }
  if (fs::exists(fs::symlink_status(beside, code))) {
    return fail(errc::duplicate, beside.string(),
                "is left from a run that was broken off, or in use; remove it if nobody needs it");
  }
  return {};
}

}  // namespace

struct record_writer::state {
  fs::path place;
  fs::path beside;
  bool finished = false;
  record_section section = record_section::head;  // of the open file; head = none yet
  std::optional<file_descriptor> file;
  listed_file listed;
  bytes buffer;
  sha512 hash;
  item_order order;
  std::vector<listed_file> files;
  std::uint32_t ballot_files = 0;
  std::uint32_t mix_files = 0;
  std::uint64_t written_bytes = 0;

  ~state() {
    if (!finished) {
      file.reset();
      std::error_code ignored;
      fs::remove_all(beside, ignored);
    }
  }

  result<void> begin(record_section next);
  result<void> flush();
  result<void> end();
  result<void> advance_to(record_section next);
  result<void> write_head(const record_head& head);
};

result<void> record_writer::state::begin(record_section next) {
  if (files.size() == max_listed_files) {
    return fail(errc::too_large, beside.string(), "a record has at most 100,000 files");
  }
  section = next;
  listed = {};
  switch (next) {
    case record_section::head:
      listed.name = head_file_name;
      break;
    case record_section::manifest:
      listed.name = manifest_file_name;
      break;
    case record_section::ceremony:
      listed.name = ceremony_file_name;
      break;
    case record_section::ballots:
      listed.name = ballot_file_name(++ballot_files);
      break;
    case record_section::tally:
      listed.name = tally_file_name;
      break;
    case record_section::mix:
      listed.name = mix_file_name(++mix_files);
      break;
    case record_section::opening:
      listed.name = opening_file_name;
      break;
  }
  hash = sha512();
  order.begin_file(next);
  auto made = create_file(beside / listed.name);
  if (!made) {
    return passed_on(made.error());
  }
  file.emplace(std::move(*made));
  return {};
}

result<void> record_writer::state::flush() {
  hash.update(buffer);
  auto done = write_all(*file, buffer, beside / listed.name);
  buffer.clear();
  return done;
}

result<void> record_writer::state::end() {
  if (auto ok = order.end_file(); !ok) {
    return fail_within(listed.name, std::move(ok.error()));
  }
  if (auto ok = flush(); !ok) {
    return ok;
  }
  if (auto ok = close_file(std::move(*file), beside / listed.name); !ok) {
    return ok;
  }
  file.reset();
  listed.hash = listed_hash(hash.finish());
  files.push_back(std::move(listed));
  return {};
}

// Ends the present file and begins those that come before `next`, empty where they may be.
result<void> record_writer::state::advance_to(record_section next) {
  while (section != next) {
    if (file) {
      if (auto ok = end(); !ok) {
        return ok;
      }
    }
    if (section == record_section::ballots) {
      if (auto ok = order.end_ballots(); !ok) {
        return ok;
      }
    }
    if (section == record_section::mix) {
      if (auto ok = order.end_mix(); !ok) {
        return ok;
      }
    }
    auto after = static_cast<record_section>(static_cast<int>(section) + 1);
    if (after == record_section::mix && next != after) {  // no list was mixed
      after = next;
    }
    if (auto ok = begin(after); !ok) {
      return ok;
    }
  }
  return {};
}

result<void> record_writer::state::write_head(const record_head& head) {
  bytes out;
  append_item(out, item_kind::head, head.encode());
  auto made = create_file(beside / head_file_name);
  if (!made) {
    return passed_on(made.error());
  }
  if (auto ok = write_all(*made, out, beside / head_file_name); !ok) {
    return ok;
  }
  written_bytes += out.size();
  return close_file(std::move(*made), beside / head_file_name);
}

record_writer::record_writer(std::unique_ptr<state> s) : state_(std::move(s)) {}
record_writer::record_writer(record_writer&&) noexcept = default;
record_writer& record_writer::operator=(record_writer&&) noexcept = default;
record_writer::~record_writer() = default;

result<record_writer> record_writer::create(const fs::path& directory) {
  fs::path place = directory.lexically_normal();
  if (!place.has_filename()) {
    place = place.parent_path();
  }
  fs::path beside = place;
  beside += ".part";
  if (auto ok = check_place_is_free(place, beside); !ok) {
    return passed_on(ok.error());
  }
  std::error_code code;
  if (!fs::create_directory(beside, code)) {
    return fail(errc::io, beside.string(), "cannot be made: " + code.message());
  }
  auto s = std::make_unique<state>();
  s->place = std::move(place);
  s->beside = std::move(beside);
  return record_writer(std::move(s));
}

result<void> record_writer::put(item_kind kind, byte_view canonical) {
  SANDOQ_EXPECTS(state_ && !state_->finished, "the record is still being written");
  const record_section section = section_of(kind);
  if (section == record_section::head) {
    return fail(errc::mismatch, head_file_name, "the head is written by finish()");
  }
  if (canonical.size() > max_item_bytes) {
    return fail(errc::too_large, name_of(kind), "an item holds at most 16 MiB");
  }
  if (section < state_->section) {
    return fail(errc::mismatch, name_of(kind), "its file has been ended already");
  }
  if (auto ok = state_->advance_to(section); !ok) {
    return ok;
  }
  listed_file& listed = state_->listed;
  const bool rolls_over = section == record_section::ballots || section == record_section::mix;
  if (rolls_over && listed.size_bytes >= file_rollover_bytes) {
    if (auto ok = state_->end(); !ok) {
      return ok;
    }
    if (auto ok = state_->begin(section); !ok) {
      return ok;
    }
  }
  if (auto ok = state_->order.next(static_cast<std::uint32_t>(kind), canonical); !ok) {
    return fail_within(listed.name, std::move(ok.error()));
  }
  const std::size_t before = state_->buffer.size();
  append_item(state_->buffer, kind, canonical);
  listed.size_bytes += state_->buffer.size() - before;
  state_->written_bytes += state_->buffer.size() - before;
  ++listed.items;
  return state_->buffer.size() < write_buffer_bytes ? result<void>{} : state_->flush();
}

result<record_head> record_writer::finish(record_head head, const head_signer& sign) {
  SANDOQ_EXPECTS(state_ && !state_->finished, "the record is still being written");
  if (auto ok = state_->advance_to(record_section::opening); !ok) {
    return passed_on(ok.error());
  }
  if (auto ok = state_->end(); !ok) {
    return passed_on(ok.error());
  }
  head.files = state_->files;
  auto signatures = sign(head.signed_digest());
  if (!signatures) {
    return fail_within("signatures of the head", std::move(signatures.error()));
  }
  head.signatures = std::move(*signatures);
  if (auto ok = state_->write_head(head); !ok) {
    return passed_on(ok.error());
  }
  // Renaming onto an empty directory replaces it; onto anything else it fails.
  std::error_code code;
  fs::rename(state_->beside, state_->place, code);
  if (code) {
    return fail(errc::io, state_->place.string(), "cannot be put into place: " + code.message());
  }
  state_->finished = true;
  return head;
}

std::uint64_t record_writer::size_bytes() const noexcept {
  return state_->written_bytes;
}

}  // namespace sandoq
