#pragma once

#include "lib/ballot/decoded_ballot.hpp"
#include "sandoq/ballot/election_context.hpp"
#include "sandoq/ballot/journal.hpp"
#include "sandoq/core/verdict.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "sandoq/proofs/equation_sink.hpp"

namespace sandoq {

/// Emits the equations of one contest's proof.               SPEC(45.5) SPEC(46.6) SPEC(47.3)
/// \param header  the ballot, of which place, serial, style and digits are read
/// \pre the contest is of the form of its terms (check_form)
[[nodiscard]] verification emit_contest(equation_sink<ristretto255>& sink,
                                        const election_context& election, contest_index contest,
                                        const ballot_item& header, const decoded_contest& decoded);

/// Whether choices are of the contest's encoding, and permitted.             SPEC(52.6) SPEC(90.2)
[[nodiscard]] result<void> check_choices(const contest_terms& terms,
                                         const revealed_choices& choices);

/// Emits that the contest is the one that choices and seed give.                       SPEC(52.6)
/// \pre as above
[[nodiscard]] verification emit_opened_contest(equation_sink<ristretto255>& sink,
                                               const election_context& election,
                                               contest_index contest, const ballot_item& header,
                                               const decoded_contest& decoded,
                                               const revealed_choices& choices,
                                               const byte_array<32>& seed);

}  // namespace sandoq
