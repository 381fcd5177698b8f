#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sandoq/core/result.hpp"
#include "sandoq/core/secret.hpp"
#include "sandoq/group/encoded_elements.hpp"
#include "sandoq/group/ristretto255_secret.hpp"
#include "sandoq/proofs/packed.hpp"
#include "sandoq/proofs/prover_tables_secret.hpp"
#include "sandoq/transcript/nonce_secret.hpp"

namespace sandoq {

/// v_1 ... v_w of a choice: w times 30 secret bytes, little-endian.                    SPEC(47.1)
struct packed_parts {
  secret_bytes octets;
};

/// The number of a subset, and the text. Constant time in choices and text; only whether they are
/// permitted becomes public.
/// \param choices  n bytes, each 0 or 1, and one more for the blank ballot where blanks are counted
/// \param text     as many bytes as the contest has room for, zero bytes behind the text
/// \return bad_witness if a byte is neither 0 nor 1, more than L or fewer than Lmin options are
/// chosen, or blank beside an option. Whether the text is UTF-8 is for the terminal.
/// \pre numbers of subsets. Cost: n*k masked additions.
[[nodiscard]] result<packed_parts> parts_of_subset(const packed_numbers& numbers,
                                                   const secret_bytes& choices,
                                                   const secret_bytes& text);
/// The same of a ranking.
/// \param ranks  k codes, 0 for a rank that is not used
/// \return bad_witness for a code above n, one that stands twice or behind an unused rank, and for
/// fewer than Lmin ranks, unless none is used and blanks are counted. \pre numbers of rankings
[[nodiscard]] result<packed_parts> parts_of_ranking(const packed_numbers& numbers,
                                                    std::span<const secret<std::uint64_t>> ranks,
                                                    const secret_bytes& text);

/// The ciphertexts of a contest and what proving needs.
struct encrypted_packed {
  encoded_elements<ristretto255> ciphertexts;  ///< alpha_1, beta_1, ..., alpha_w, beta_w
  std::vector<secret_scalar<ristretto255>> r;
};

/// (r_l G, r_l K + element(m_l)) with the nonces of 52.4. Constant time in parts and seed.
/// \return bad_witness if some r is 0 or a number has no element: the device that meets it stops
/// \pre context.election is the tables' election. Cost: 256w inverse square roots.
/// SPEC(47.2) SPEC(47.3)
[[nodiscard]] result<encrypted_packed> encrypt_packed(const prover_tables<ristretto255>& tables,
                                                      const packed_context<ristretto255>& context,
                                                      const packed_parts& parts,
                                                      const nonce_seed& ballot_seed);

/// Proves the statement. Constant time in nonces and seed. Errors as for 40.7.         SPEC(47.3)
[[nodiscard]] result<plaintext_knowledge_proof<ristretto255>> prove(
    const packed_statement<ristretto255>& statement, std::span<const secret_scalar<ristretto255>> r,
    const nonce_seed& ballot_seed);

}  // namespace sandoq
