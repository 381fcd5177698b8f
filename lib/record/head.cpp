#include "sandoq/record/head.hpp"

#include <algorithm>
#include <utility>

#include "lib/record/passed_on.hpp"
#include "sandoq/core/canonical.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq {

namespace {

// Shortest listed file: name of one byte, size, items, hash.
constexpr std::size_t min_listed_bytes = 4 + 1 + 8 + 4 + 32;

void write_signed_part(byte_writer& out, const record_head& head) {
  out.u32(format_version);
  out.text(suite_name);
  out.u8(static_cast<std::uint8_t>(head.domain));
  out.fixed(head.manifest_hash.view());
  out.fixed(head.election_hash.view());
  out.u64(head.cast_ballots);
  out.count(head.files.size());
  for (const listed_file& file : head.files) {
    out.text(file.name);
    out.u64(file.size_bytes);
    out.u32(file.items);
    out.fixed(file.hash.view());
  }
}

result<void> read_identity(byte_reader& in, record_head& head) {
  const auto format = in.u32("format");
  if (!format) {
    return tl::unexpected<error>(format.error());
  }
  if (*format != format_version) {
    return in.failure(errc::unsupported, "format", "this program reads format 1 only");
  }
  const auto suite = in.text(64, "suite");
  if (!suite) {
    return tl::unexpected<error>(suite.error());
  }
  if (*suite != suite_name) {
    return in.failure(errc::unsupported, "suite", "this program knows suite sandoq-1 only");
  }
  const auto domain = in.u8("domain");
  if (!domain) {
    return tl::unexpected<error>(domain.error());
  }
  if (!is_known(static_cast<election_domain>(*domain))) {
    return in.failure(errc::out_of_range, "domain", "must be 1 (real) or 2 (drill)");
  }
  head.domain = static_cast<election_domain>(*domain);
  if (auto ok = in.fixed_into(head.manifest_hash.octets, "e0"); !ok) {
    return ok;
  }
  if (auto ok = in.fixed_into(head.election_hash.octets, "e1"); !ok) {
    return ok;
  }
  const auto ballots = in.u64("cast ballots");
  if (!ballots) {
    return tl::unexpected<error>(ballots.error());
  }
  head.cast_ballots = *ballots;
  return {};
}

result<listed_file> read_listed(byte_reader& in) {
  listed_file file;
  const auto name = in.text(listed_file::max_name_bytes, "file name");
  if (!name) {
    return tl::unexpected<error>(name.error());
  }
  file.name = std::string(*name);
  const auto size = in.u64("file size");
  if (!size) {
    return tl::unexpected<error>(size.error());
  }
  file.size_bytes = *size;
  const auto items = in.u32("number of items");
  if (!items) {
    return tl::unexpected<error>(items.error());
  }
  file.items = *items;
  if (auto ok = in.fixed_into(file.hash.octets, "file hash"); !ok) {
    return passed_on(ok.error());
  }
  return file;
}

}  // namespace

digest32 listed_hash(const digest64& whole) noexcept {
  digest32 out;
  std::copy_n(whole.octets.begin(), out.octets.size(), out.octets.begin());
  return out;
}

result<record_head> record_head::decode(byte_view canonical) {
  byte_reader in(canonical);
  record_head head;
  if (auto ok = read_identity(in, head); !ok) {
    return passed_on(ok.error());
  }
  const auto count = in.count(max_listed_files, min_listed_bytes, "files");
  if (!count) {
    return tl::unexpected<error>(count.error());
  }
  if (*count < min_listed_files) {
    return in.failure(errc::missing, "files", "a record has at least five files besides its head");
  }
  file_name_order names;
  for (std::size_t place = 0; place < *count; ++place) {
    auto file = read_listed(in);
    if (!file) {
      return fail_within("file " + std::to_string(place + 1), std::move(file.error()));
    }
    if (auto named = names.next(file->name); !named) {
      return fail_within("file " + std::to_string(place + 1), std::move(named.error()));
    }
    head.files.push_back(std::move(*file));
  }
  if (auto all = names.end(); !all) {
    return passed_on(all.error());
  }
  auto signatures = quorum::read(in, "quorum");
  if (!signatures) {
    return passed_on(signatures.error());
  }
  head.signatures = std::move(*signatures);
  if (auto ok = in.finish(); !ok) {
    return passed_on(ok.error());
  }
  return head;
}

bytes record_head::encode() const {
  byte_writer out;
  write_signed_part(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 record_head::signed_digest() const {
  byte_writer out;
  write_signed_part(out, *this);
  return framed_hash::of("head", out.view());
}

}  // namespace sandoq
