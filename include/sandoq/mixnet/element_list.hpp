#pragma once

#include <cstddef>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"

namespace sandoq {

/// In how many mix_elements items a list of so many elements stands.                   SPEC(60.2)
[[nodiscard]] std::size_t element_list_parts(std::size_t elements);

/// The bytes of the mix_elements item at that place, from 0: every one full but the last.
/// \param list  bytes of all elements. \pre part < element_list_parts(list.size() / 32)
[[nodiscard]] bytes element_list_part(byte_view list, std::size_t part);

/// Joins the parts of a list of known length, one after another, as they come from a file.
/// Memory: what was added.                                                             SPEC(60.2)
class element_list_joiner {
 public:
  /// \param elements  how many the list must have
  explicit element_list_joiner(std::size_t elements) : expected_(elements) {}

  /// The next part.
  /// \param item  bytes of a mix_elements item
  /// \return the decoder's error; mismatch for a part that is not full and not the last, or has
  /// more elements than the list has left
  [[nodiscard]] result<void> add(byte_view item);
  /// Whether all elements are there.
  [[nodiscard]] bool complete() const noexcept { return expected_ == elements(); }
  /// The bytes of all elements. \return missing if some are not there
  [[nodiscard]] result<bytes> finish() &&;

 private:
  [[nodiscard]] std::size_t elements() const noexcept;

  std::size_t expected_;
  std::size_t parts_ = 0;
  bytes octets_;
};

/// Decodes a list of ciphertexts of width w by all workers.
/// \param list  alpha_1, beta_1, ..., beta_w of each ciphertext. \pre whole ciphertexts
/// \return the decoder's error, whose place names ciphertext and element: "ciphertext 7/beta 1",
/// ciphertexts counting from 0. Memory: 192 bytes an element.
[[nodiscard]] result<encoded_elements<ristretto255>> decode_ciphertexts(byte_view list,
                                                                        std::size_t width,
                                                                        executor& workers);

}  // namespace sandoq
