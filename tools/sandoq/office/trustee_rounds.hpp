#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bulletin.hpp"
#include "sandoq/core/executor.hpp"
#include "sandoq/core/random_source.hpp"
#include "sandoq/core/result.hpp"
#include "trustee_home.hpp"

namespace sandoq::tool {

/// What an own message has become.
struct own_message {
  std::string file;            ///< name inside the bulletin
  bool was_published = false;  ///< it had been there before
  bool was_made = false;       ///< by an earlier command; these are the bytes of then
};

/// What every step of a trustee works with.
struct trustee_at_work {
  const trustee_home& home;
  bulletin& board;
  executor& workers;
  random_source& random;
};

/// The four rounds of the key ceremony, each as one visit of a trustee. A step that was done before
/// publishes the same bytes again, or nothing; secrets are on the disk before the message that
/// rests on them is. A refusal says whose message is missing, or what else is in the way.
///                                                                           SPEC(55) SPEC(85.5)
/// \pre home.pin(board)

/// Round 1. \param attempt  a higher number than that of the present attempt, which gives it up
[[nodiscard]] result<own_message> commit_in(const trustee_at_work& work,
                                            std::optional<std::uint32_t> attempt);
/// Round 2.
[[nodiscard]] result<own_message> reveal_in(const trustee_at_work& work);
/// Round 3.
[[nodiscard]] result<own_message> deal_in(const trustee_at_work& work);
/// Round 4. \return bad_proof, naming the dealer, if a share is wrong: complain_in() is due.
[[nodiscard]] result<own_message> confirm_in(const trustee_at_work& work);
/// Round 4 of one who was sent a wrong share. \return mismatch if every share is right.
[[nodiscard]] result<std::vector<own_message>> complain_in(const trustee_at_work& work);

/// A refusal to make a second message of that name, which says where the first one is kept.
[[nodiscard]] tl::unexpected<error> made_otherwise(const trustee_at_work& work,
                                                   std::string_view stem);

/// Publishes an own message of that name, once: what was made before is not made again.
/// \param says_the_same  whether the bytes that were made before say what is asked now
/// \return duplicate if they do not: whoever made both would leave others the choice
template <class Make, class Same>
[[nodiscard]] result<own_message> publish_own(const trustee_at_work& work, const std::string& stem,
                                              std::uint32_t kind, const Make& make,
                                              const Same& says_the_same) {
  auto made = work.home.sent(stem);
  if (!made) {
    return tl::unexpected(std::move(made.error()));
  }
  const bool was_made = made->has_value();
  if (was_made && !says_the_same(byte_view(**made))) {
    return made_otherwise(work, stem);
  }
  if (!was_made) {
    auto fresh = make();
    if (!fresh) {
      return tl::unexpected(std::move(fresh.error()));
    }
    const bytes canonical = fresh->encode();
    if (auto kept = work.home.keep_sent(stem, canonical); !kept) {
      return tl::unexpected(std::move(kept.error()));
    }
    *made = canonical;
  }
  const bool before = work.board.holds(kind, **made);
  auto file = work.board.publish(stem, kind, **made);
  if (!file) {
    return tl::unexpected(std::move(file.error()));
  }
  return own_message{std::move(*file), before, was_made};
}

/// The same of a message whose name says all: whatever was made under it is published again.
template <class Make>
[[nodiscard]] result<own_message> publish_own(const trustee_at_work& work, const std::string& stem,
                                              std::uint32_t kind, const Make& make) {
  return publish_own(work, stem, kind, make, [](byte_view) { return true; });
}

}  // namespace sandoq::tool
