#include "sandoq/threshold/opened_list.hpp"

#include <algorithm>
#include <string>

#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

using group = ristretto255;

constexpr std::size_t block = 1024;
// What a place of the list holds, beside the codes 1 ... n + k.
constexpr std::uint32_t filling = 0;
constexpr std::uint32_t no_code = 0xFFFFFFFFU;

std::string ciphertext_place(std::size_t i) {
  return "ciphertext " + std::to_string(i);
}

std::size_t fillings_of(const shuffle_shape& shape) {
  return shape.total() - shape.size();
}

result<void> check_fillings(const shuffle_shape& shape, std::size_t found, bool good) {
  if (!good) {
    return fail(errc::mismatch, "fillings",
                std::to_string(found) + " opened ciphertexts are the identity, " +
                    std::to_string(fillings_of(shape)) + " went into the mix to fill it up");
  }
  return {};
}

bool all_identities(std::span<const group::element> elements) {
  return std::all_of(elements.begin(), elements.end(),
                     [](const auto& e) { return group::is_identity(e); });
}

}  // namespace

slot_code_table::slot_code_table(std::uint32_t codes) : by_octets_(codes) {
  std::vector<group::element> multiples(codes);
  group::element running = group::identity();
  for (auto& e : multiples) {
    running += group::generator();
    e = running;
  }
  const encoded_elements<group> encoded(std::move(multiples));
  for (std::uint32_t c = 1; c <= codes; ++c) {
    by_octets_[c - 1] = {encoded.at(c - 1).octets(), c};
  }
  std::sort(by_octets_.begin(), by_octets_.end());
}

std::optional<std::uint32_t> slot_code_table::find(byte_view octets) const {
  SANDOQ_EXPECTS(octets.size() == group::element_bytes, "the bytes of one element");
  byte_array<32> key;
  std::copy(octets.begin(), octets.end(), key.begin());
  const auto at = std::lower_bound(by_octets_.begin(), by_octets_.end(), std::pair(key, 0U));
  if (at == by_octets_.end() || at->first != key) {
    return std::nullopt;
  }
  return at->second;
}

result<std::vector<std::uint64_t>> count_codes(const slot_code_table& table,
                                               const shuffle_shape& shape,
                                               const encoded_elements<group>& opened,
                                               executor& workers) {
  SANDOQ_EXPECTS(opened.size() == shape.total() && shape.width() == 1, "one element a ciphertext");
  std::vector<std::uint32_t> held(opened.size());
  workers.parallel_for(
      opened.size(),
      [&](std::size_t i) noexcept {
        held[i] = group::is_identity(opened[i]) ? filling
                                                : table.find(opened.octets(i, 1)).value_or(no_code);
      },
      block);
  const auto found = static_cast<std::size_t>(std::count(held.begin(), held.end(), filling));
  if (auto ok = check_fillings(shape, found, found == fillings_of(shape)); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  std::vector<std::uint64_t> counts(table.codes());
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (held[i] == no_code) {
      return fail(errc::not_found, ciphertext_place(i),
                  "holds no code from 1 to " + std::to_string(table.codes()));
    }
    if (held[i] != filling) {
      ++counts[held[i] - 1];
    }
  }
  return counts;
}

result<opened_choices> read_choices(const packed_numbers& numbers, const shuffle_shape& shape,
                                    const encoded_elements<group>& opened, executor& workers) {
  const std::size_t width = numbers.shape().width();
  SANDOQ_EXPECTS(shape.width() == width && opened.size() == shape.total() * width,
                 "w elements a ciphertext");
  std::vector<std::optional<packed_choice>> choices(shape.total());
  std::vector<char> empty(shape.total());
  workers.parallel_for(
      shape.total(),
      [&](std::size_t i) noexcept {
        const auto elements = opened.elements().subspan(i * width, width);
        empty[i] = all_identities(elements) ? 1 : 0;
        if (empty[i] == 0) {
          choices[i] = numbers.read(elements);
        }
      },
      block);
  const auto found = static_cast<std::size_t>(std::count(empty.begin(), empty.end(), 1));
  if (auto ok = check_fillings(shape, found, found >= fillings_of(shape)); !ok) {
    return tl::unexpected(std::move(ok.error()));
  }
  opened_choices out;
  std::size_t fillings = fillings_of(shape);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (empty[i] != 0 && fillings != 0) {
      --fillings;
    } else if (choices[i]) {
      out.valid.push_back(std::move(*choices[i]));
    } else {
      out.invalid.push_back(i);
    }
  }
  return out;
}

}  // namespace sandoq
