#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lib/verify/answer_roll.hpp"
#include "lib/verify/mix_stream.hpp"
#include "lib/verify/opened_group.hpp"
#include "lib/verify/results_check.hpp"
#include "lib/verify/verify_state.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/threshold/list_combine.hpp"
#include "sandoq/threshold/list_opening.hpp"

namespace sandoq {

/// The opening of mixed lists: requests in the order of the groups, and their answers, with the
/// mix files in step, where the lists and the factors stand. Memory: the last list of one group,
/// its ciphertexts decoded, and the factors of its answers.                    SPEC(55.11)
/// SPEC(60.6)
class list_opening {
 public:
  /// \pre mix.stages has passed
  list_opening(verify_state& v, results_check& results)
      : v_(v), results_(results), stream_(v), roll_(v) {}

  /// How many requests have begun: the next one opens the list of the group after that.
  [[nodiscard]] std::uint32_t begun() const noexcept { return group_; }
  /// What the next request must be about, its closings aside; nothing if there is no group left.
  [[nodiscard]] std::optional<list_subject> next_subject() const;

  /// The next request, which is right.
  /// \param set  its number, places and group
  void begin(const list_request& request, const opening_set& set, const std::string& place);
  void take(list_partial&& answer, const std::string& place);
  /// After the last answer of the present request, if there is one: opens the list.
  void end();

 private:
  [[nodiscard]] const mix_group& group() const { return v_.mix_groups[group_ - 1]; }
  [[nodiscard]] std::size_t pairs() const;
  [[nodiscard]] bytes read_last_list();
  [[nodiscard]] std::string take_factors(const list_partial& answer, bytes& factors);
  void combine_and_read();
  void read(const encoded_elements<ristretto255>& opened);

  verify_state& v_;
  results_check& results_;
  mix_stream stream_;
  answer_roll roll_;
  std::uint32_t group_ = 0;  // whose list is opened
  opening_set set_;
  std::optional<decoded_request> request_;  // while opening.partials can pass
  std::string request_place_;
  bool is_open_ = false;  // a request has begun and not ended
  std::vector<list_answer> answers_;
};

}  // namespace sandoq
