#include "sandoq/core/key_file.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

constexpr std::string_view family = "sandoq-key-";
constexpr std::string_view magic = "sandoq-key-1\n";
constexpr std::size_t memory_unit_bytes = 1024;

bool begins_with(byte_view in, std::string_view text) {
  const byte_view octets = bytes_of(text);
  return in.size() >= octets.size() && std::equal(octets.begin(), octets.end(), in.begin());
}

result<void> read_magic(byte_reader& in, byte_view data) {
  if (begins_with(data, magic)) {
    (void)in.fixed(magic.size(), "magic");
    return {};
  }
  if (begins_with(data, family)) {
    return in.failure(errc::unsupported, "magic", "is a key file of another version");
  }
  return in.failure(errc::bad_encoding, "magic", "is no key file: it does not begin like one");
}

result<void> read_cost(byte_reader& in, passphrase_cost& out) {
  const auto operations = in.u64("operations");
  if (!operations) {
    return tl::unexpected(operations.error());
  }
  const auto memory = in.u64("memory");
  if (!memory) {
    return tl::unexpected(memory.error());
  }
  out = {*operations, *memory};
  return check_cost(out);
}

result<void> read_parts(byte_reader& in, key_file& out) {
  if (auto done = in.fixed_into(out.salt, "salt"); !done) {
    return done;
  }
  if (auto done = in.fixed_into(out.nonce, "nonce"); !done) {
    return done;
  }
  const auto header = in.var(key_file::max_header_bytes, "header");
  if (!header) {
    return tl::unexpected(header.error());
  }
  out.header.assign(header->begin(), header->end());
  const auto box = in.var(key_file::max_content_bytes + key_file::tag_bytes, "box");
  if (!box) {
    return tl::unexpected(box.error());
  }
  if (box->size() < key_file::tag_bytes) {
    return in.failure(errc::truncated, "box", "is shorter than its tag");
  }
  out.box.assign(box->begin(), box->end());
  return in.finish();
}

}  // namespace

result<void> check_cost(const passphrase_cost& cost) {
  const bool fits = cost.operations >= 1 && cost.operations <= passphrase_cost::max_operations &&
                    cost.memory_bytes >= passphrase_cost::min_memory_bytes &&
                    cost.memory_bytes <= passphrase_cost::max_memory_bytes &&
                    cost.memory_bytes % memory_unit_bytes == 0;
  if (!fits) {
    return fail(errc::out_of_range, "cost",
                std::to_string(cost.operations) + " passes over " +
                    std::to_string(cost.memory_bytes) +
                    " bytes are asked for; there may be 1 to 16 passes, over 8 KiB to 4 GiB in "
                    "whole KiB");
  }
  return {};
}

result<key_file> key_file::decode(byte_view data) {
  byte_reader in(data);
  key_file out;
  auto done = read_magic(in, data);
  if (done) {
    done = read_cost(in, out.cost);
  }
  if (done) {
    done = read_parts(in, out);
  }
  if (!done) {
    return fail_within("key file", std::move(done.error()));
  }
  return out;
}

bytes key_file::associated_data() const {
  byte_writer out;
  out.fixed(bytes_of(magic));
  out.u64(cost.operations);
  out.u64(cost.memory_bytes);
  out.fixed(salt);
  out.fixed(nonce);
  out.var(header);
  return std::move(out).take();
}

bytes key_file::encode() const {
  byte_writer out;
  out.fixed(associated_data());
  out.var(box);
  return std::move(out).take();
}

result<bytes> key_file_header(byte_view file) {
  auto read = key_file::decode(file);
  if (!read) {
    return tl::unexpected(std::move(read.error()));
  }
  return std::move(read->header);
}

}  // namespace sandoq
