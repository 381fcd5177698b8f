#pragma once

#include <algorithm>
#include <cstddef>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/literal.hpp"
#include "sandoq/core/protocol.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/core/secret_hash.hpp"

namespace sandoq::detail {

/// H(tag; data) of section 00.3 where part of the data is secret, and so is the hash. SPEC(00.3)
class secret_framed_hash {
 public:
  explicit secret_framed_hash(literal tag) {
    byte_writer frames;
    frames.var(bytes_of(suite_name));
    frames.var(bytes_of(tag.view()));
    state_.update(frames.view());
  }
  secret_framed_hash& update(byte_view data) noexcept {
    state_.update(data);
    return *this;
  }
  secret_framed_hash& update(const secret<byte_array<32>>& data) noexcept {
    state_.update(data);
    return *this;
  }
  [[nodiscard]] secret<byte_array<32>> digest() const noexcept {
    const secret<byte_array<64>> whole = state_.finish();
    secret<byte_array<32>> out;
    std::copy_n(expose_for_secret_ops(whole).begin(), 32, expose_for_secret_ops(out).begin());
    return out;
  }

 private:
  secret_sha512 state_;
};

}  // namespace sandoq::detail
