// Answers are combined after their proofs were checked.

#include <vector>

#include "sandoq/threshold/combine.hpp"

bool open(const sandoq::decoded_request& request, std::span<const sandoq::board_keys> keys,
          std::span<const sandoq::board_size> sizes, const sandoq::election_keys& election,
          const std::vector<sandoq::partial_decryption>& answers) {
#ifdef SANDOQ_MISUSE
  static_cast<void>(keys);
  static_cast<void>(election);
  return sandoq::combine(request, sizes, answers).has_value();
#else
  sandoq::sequential_executor here;
  const auto verified = sandoq::verify_answers(request, keys, election, answers, here);
  return sandoq::combine(request, sizes, verified).has_value();
#endif
}
