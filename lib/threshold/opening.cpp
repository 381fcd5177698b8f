#include "sandoq/threshold/opening.hpp"

#include <optional>
#include <utility>

#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

constexpr std::size_t ciphertext_bytes = 64;

void write_body(byte_writer& out, const opening_request& request) {
  out.fixed(request.election_hash.view());
  out.u8(static_cast<std::uint8_t>(request.domain));
  out.u32(request.number);
  out.fixed(request.previous.view());
  out.u32(request.contest.value());
  out.u32(request.node.value());
  out.u64(request.lo);
  out.u64(request.hi);
  out.fixed(request.node_hash.view());
  out.u64(request.ballots);
  out.count(request.ciphertexts.size());
  for (const auto& c : request.ciphertexts) {
    write(out, c);
  }
  out.fixed(request.closings.view());
}

void write_body(byte_writer& out, const partial_decryption& answer) {
  out.u32(answer.number);
  out.u32(answer.board.value());
  out.u32(answer.trustee.value());
  out.count(answer.factors.size());
  for (const auto& factor : answer.factors) {
    write(out, factor);
  }
  out.fixed(answer.proof.view());
}

// Reads one field after another; after the first failure the others are left alone.
class field_reader {
 public:
  explicit field_reader(byte_view data) : in_(data) {}

  void u32(std::uint32_t& out, std::string_view field) {
    take(out, [&] { return in_.u32(field); });
  }
  void u64(std::uint64_t& out, std::string_view field) {
    take(out, [&] { return in_.u64(field); });
  }
  void digest(digest32& out, std::string_view field) {
    take(out.octets, [&] { return in_.fixed<32>(field); });
  }
  template <std::size_t N>
  void octets(byte_array<N>& out, std::string_view field) {
    take(out, [&] { return in_.fixed<N>(field); });
  }
  template <class Tag>
  void id(strong_id<Tag, std::uint32_t>& out, std::string_view field) {
    std::uint32_t value = 0;
    u32(value, field);
    out = strong_id<Tag, std::uint32_t>(value);
  }
  void domain(election_domain& out) {
    std::uint8_t value = 0;
    take(value, [&] { return in_.u8("domain"); });
    out = static_cast<election_domain>(value);
    if (!error_ && !is_known(out)) {
      error_ =
          in_.failure(errc::out_of_range, "domain", "is neither 1 (real) nor 2 (drill)").value();
    }
  }
  /// A list of 1 to max items.
  template <class T, class Read>
  void list(std::vector<T>& out, std::size_t item_bytes, std::string_view field, Read read) {
    std::uint32_t count = 0;
    take(count, [&] { return in_.count(max_contest_ciphertexts, item_bytes, field); });
    if (!error_ && count == 0) {
      error_ = in_.failure(errc::out_of_range, field, "the list is empty").value();
    }
    out.reserve(count);
    for (std::uint32_t i = 0; i < count && !error_; ++i) {
      T item;
      take(item, [&] { return read(in_, field); });
      out.push_back(item);
    }
  }
  template <class T, class Read>
  void with(T& out, Read read) {
    take(out, [&] { return read(in_); });
  }

  [[nodiscard]] result<void> finish() {
    if (error_) {
      return tl::unexpected(std::move(*error_));
    }
    return in_.finish();
  }

 private:
  template <class T, class Read>
  void take(T& out, Read read) {
    if (error_) {
      return;
    }
    auto value = read();
    if (value) {
      out = std::move(*value);
    } else {
      error_ = std::move(value.error());
    }
  }

  byte_reader in_;
  std::optional<error> error_;
};

}  // namespace

result<opening_request> opening_request::decode(byte_view data) {
  field_reader in(data);
  opening_request out;
  in.digest(out.election_hash, "e1");
  in.domain(out.domain);
  in.u32(out.number, "number");
  in.digest(out.previous, "previous");
  in.id(out.contest, "contest");
  in.id(out.node, "node");
  in.u64(out.lo, "lo");
  in.u64(out.hi, "hi");
  in.digest(out.node_hash, "node hash");
  in.u64(out.ballots, "ballots");
  in.list(out.ciphertexts, ciphertext_bytes, "ciphertexts", read_ciphertext);
  in.digest(out.closings, "closings");
  in.with(out.signatures, [](byte_reader& r) { return quorum::read(r, "quorum"); });
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes opening_request::encode() const {
  byte_writer out;
  write_body(out, *this);
  signatures.write(out);
  return std::move(out).take();
}

digest32 opening_request::hash() const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("request", out.view());
}

result<partial_decryption> partial_decryption::decode(byte_view data) {
  field_reader in(data);
  partial_decryption out;
  in.u32(out.number, "number");
  in.id(out.board, "board");
  in.id(out.trustee, "trustee");
  in.list(out.factors, 32, "factors", read_element);
  in.octets(out.proof.octets, "proof");
  in.with(out.signature, [](byte_reader& r) { return read_signature(r, "signature"); });
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

bytes partial_decryption::encode() const {
  byte_writer out;
  write_body(out, *this);
  write(out, signature);
  return std::move(out).take();
}

digest32 partial_decryption::signed_digest(const digest32& request_hash) const {
  byte_writer out;
  write_body(out, *this);
  return framed_hash::of("partial", request_hash.view(), out.view());
}

closings_hash::closings_hash(const digest32& election_hash) noexcept : state_("closings") {
  state_.update(election_hash.view());
}

void closings_hash::add(byte_view close) noexcept {
  state_.update(framed_hash::of("close/record", close).view());
}

digest32 closings_hash::digest() const noexcept {
  return state_.digest();
}

}  // namespace sandoq
