// The integer groups, one of each rule of membership. A batch must decide as one element after
// another does.

#include "sandoq/group/integer_group.hpp"
#include "tests/fuzz/round_trip.hpp"

namespace sandoq::fuzzing {
namespace {

template <class G>
outcome element(byte_view in) {
  return read_back(in, G::decode(in), [](const auto& e) { return G::encode(e); });
}

template <class G>
outcome scalar(byte_view in) {
  return read_back(in, G::decode_scalar(in), [](const auto& s) { return G::encode_scalar(s); });
}

template <class G>
outcome elements(byte_view in) {
  const std::size_t count = std::min<std::size_t>(in.size() / G::element_bytes, 4);
  const byte_view whole = in.first(count * G::element_bytes);
  std::vector<typename G::element> batch(count);
  const auto decoded = G::decode_batch(batch, whole);
  bool each = true;
  for (std::size_t i = 0; i < count && each; ++i) {
    const auto one = G::decode(whole.subspan(i * G::element_bytes, G::element_bytes));
    each = one.has_value();
    if (each && decoded && *one != batch[i]) {
      return {true, "the batch holds another element"};
    }
  }
  if (decoded.has_value() != each) {
    return {each, "the batch decides otherwise than one by one"};
  }
  return {each, well_refused(decoded)};
}

constexpr decoder integer_decoders[] = {
    {"modp4096_element", element<modp4096>},       {"modp4096_elements", elements<modp4096>},
    {"modp4096_scalar", scalar<modp4096>},         {"belenios2048_element", element<belenios2048>},
    {"belenios2048_scalar", scalar<belenios2048>}, {"rfc3526_2048_element", element<rfc3526_2048>},
    {"rfc3526_2048_scalar", scalar<rfc3526_2048>},
};

}  // namespace

target integer_target() {
  return {"integer", integer_decoders};
}

}  // namespace sandoq::fuzzing
