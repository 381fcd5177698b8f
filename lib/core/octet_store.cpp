#include "sandoq/core/octet_store.hpp"

#include <algorithm>

#include "sandoq/core/contract.hpp"

namespace sandoq {

result<void> memory_store::append(byte_view octets) {
  octets_.insert(octets_.end(), octets.begin(), octets.end());
  return {};
}

result<void> memory_store::read(std::uint64_t offset, byte_span out) {
  SANDOQ_EXPECTS(offset <= octets_.size() && out.size() <= octets_.size() - offset,
                 "only what was added is read");
  const byte_view part = byte_view(octets_).subspan(static_cast<std::size_t>(offset), out.size());
  std::copy(part.begin(), part.end(), out.begin());
  return {};
}

}  // namespace sandoq
