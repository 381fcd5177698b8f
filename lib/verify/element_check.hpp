#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/elgamal/wire.hpp"

namespace sandoq {

/// Decides whether elements and scalars decode, many at a time: elements are gathered and decoded
/// in batches on all cores. Keeps the first that does not.                SPEC(10.3) SPEC(10.4)
class element_check {
 public:
  explicit element_check(executor& workers) : workers_(&workers) {}

  /// Decodes on those workers from now on.
  void use(executor& workers) noexcept { workers_ = &workers; }

  /// What follows belongs to the item at that place.
  void begin_item(std::string_view place);
  void element(byte_view octets);
  void element(const wire_element& e) { element(e.view()); }
  void ciphertext(const wire_ciphertext& c) {
    element(c.alpha);
    element(c.beta);
  }
  void scalar(byte_view octets);
  /// A proof or signature of the given numbers of elements and scalars, 32 bytes each.
  void proof(byte_view octets, std::size_t elements);

  /// Decodes what is still gathered. \return the first value that does not decode.
  [[nodiscard]] result<void> finish();

 private:
  struct item {
    std::string place;
    std::size_t first_element;
  };
  void flush();
  [[nodiscard]] const std::string& place_of(std::size_t element) const;

  executor* workers_;
  std::vector<item> items_;
  bytes gathered_;
  result<void> outcome_;
};

}  // namespace sandoq
