#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/hash.hpp"
#include "sandoq/core/ids.hpp"
#include "sandoq/core/result.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/mixnet/mix_fault.hpp"
#include "sandoq/mixnet/mix_items.hpp"
#include "sandoq/proofs/quorum.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/proofs/shuffle_shape.hpp"

namespace sandoq {

/// What all cascades of one election share. Refers to its parts.
struct mix_election {
  const shuffle_election<ristretto255>& shuffles;  ///< e1, domain, K and the bases
  std::span<const board_keys> boards;              ///< who may mix, and who is shut out
  digest32 root;                                   ///< hash of the tally node of the tree's root
};

/// A group, with what the manifest says of its contest.
struct mix_subject {
  mix_group group;
  std::string contest_id;
  std::size_t width = 1;  ///< w of the contest's ciphertexts
};

/// A stage, and the bytes of the list beside it.
struct mixed_stage {
  mix_stage item;
  bytes outputs;
};

/// What a cascade puts out, and what a request to open it names.               SPEC(55.11)
/// SPEC(60.6)
struct mixed_list {
  std::uint32_t stages = 0;
  shuffle_shape shape;      ///< of the first stage: N and mn, so how many fillings there are
  digest32 hash;            ///< what the last stage carries
  bytes ciphertexts;        ///< of mn ciphertexts
  bool all_proved = false;  ///< whether every proof was verified, and not a sample
};

/// The cascade of one group as far as it has got: the list that the next stage takes, and who has
/// mixed. A verifier follows it stage by stage, from a file; a mixer does so before its own stage.
/// Memory: the bytes of two lists; with proofs, another 160 bytes an element of two, and while one
/// is verified, of four.                                                    SPEC(60.3) SPEC(60.4)
class cascade {
 public:
  static constexpr std::uint32_t max_stages = 16;

  /// Begins with what goes in.
  /// \param election  outlives the cascade
  /// \param inputs    bytes of N ciphertexts in the order of 60.1
  /// \return out_of_range if N or w is outside 48.2; mismatch if the list has not N ciphertexts
  [[nodiscard]] static result<cascade> begin(const mix_election& election, mix_subject subject,
                                             bytes inputs);

  /// Looks at everything of the next stage but elements and proof, and if that is right, goes on
  /// with the list it put out (mix.stages). A stage that is refused changes nothing.
  /// Cost: one hash of the list, one signature.                                       SPEC(60.3)
  [[nodiscard]] tl::expected<void, mix_failure> take(mix_stage stage, bytes outputs);
  /// Verifies elements and proof of the last stage taken (mix.proofs); once for each stage, or for
  /// a sample of them. \pre it was not verified before; the election has bases for its rows
  /// Cost: one decoding an element by all workers, and a shuffle's verification by one. SPEC(48.8)
  [[nodiscard]] tl::expected<void, mix_failure> check_proof(executor& workers);

  /// Whether this trustee may make the next stage.                                    SPEC(60.4)
  [[nodiscard]] tl::expected<void, mix_failure> admits(board_index board,
                                                       trustee_index trustee) const;
  /// Whether every board has mixed.
  [[nodiscard]] tl::expected<void, mix_failure> check_boards() const;
  /// The last list, if every board has mixed.
  [[nodiscard]] tl::expected<mixed_list, mix_failure> finish() &&;

  [[nodiscard]] const mix_election& election() const noexcept { return *election_; }
  [[nodiscard]] const mix_subject& subject() const noexcept { return subject_; }
  /// How many stages were taken.
  [[nodiscard]] std::uint32_t stages() const noexcept {
    return static_cast<std::uint32_t>(mixers_.size());
  }
  /// Whether the proof of every stage taken was verified.
  [[nodiscard]] bool all_proved() const noexcept { return proved_ == mixers_.size(); }
  /// The shape of the list that the next stage takes.
  [[nodiscard]] const shuffle_shape& shape() const noexcept { return shape_; }
  /// Its bytes and its hash.
  [[nodiscard]] byte_view ciphertexts() const noexcept { return list_.octets; }
  [[nodiscard]] const digest32& hash() const noexcept { return list_.hash; }
  /// The same decoded; kept if that was done before.
  [[nodiscard]] result<encoded_elements<ristretto255>> decoded(executor& workers) const;
  /// Where the next stage belongs if this trustee makes it. Refers to this cascade.    SPEC(60.3)
  [[nodiscard]] shuffle_context<ristretto255> next_context(board_index board,
                                                           trustee_index trustee) const;

 private:
  struct list {
    bytes octets;
    digest32 hash;
    std::optional<encoded_elements<ristretto255>> elements;
  };
  struct mixer {
    board_index board;
    trustee_index trustee;
    friend bool operator==(const mixer&, const mixer&) = default;
  };
  /// The last stage taken, until its proof is verified.
  struct unproved_stage {
    shuffle_shape shape;  // of what it takes
    mixer who;
    list taken;
    bytes proof;
  };

  cascade(const mix_election& election, mix_subject subject, const shuffle_shape& shape,
          list inputs);
  [[nodiscard]] shuffle_context<ristretto255> context(std::uint32_t stage, const mixer& who,
                                                      const digest32& previous) const;
  [[nodiscard]] tl::expected<void, mix_failure> check_form(const mix_stage& stage,
                                                           byte_view outputs) const;
  [[nodiscard]] tl::expected<shuffle_lists<ristretto255>, mix_failure> statement(
      executor& workers) const;

  const mix_election* election_;
  mix_subject subject_;
  std::string set_;  // bytes of the group's item
  shuffle_shape first_shape_;
  shuffle_shape shape_;
  list list_;
  std::vector<mixer> mixers_;
  std::size_t proved_ = 0;
  std::optional<unproved_stage> unproved_;
};

/// A whole cascade: every stage in order with its proof, and every board.           SPEC(60.4)
/// \return what the last stage put out, or the first fault
[[nodiscard]] tl::expected<mixed_list, mix_failure> verify_cascade(
    cascade begun, std::span<const mixed_stage> stages, executor& workers);

}  // namespace sandoq
