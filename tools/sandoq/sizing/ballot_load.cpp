#include "ballot_load.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "sandoq/ballot/ballot_size.hpp"
#include "sandoq/proofs/slots_shape.hpp"

namespace sandoq::tool {
namespace {

constexpr std::size_t wire_element_bytes = 32;
constexpr std::size_t scalars_of_slots = 7;  // of a proof (46.5)

constexpr std::array load_parts{&ballot_load::ballots,
                                &ballot_load::contests,
                                &ballot_load::ciphertexts,
                                &ballot_load::slot_elements,
                                &ballot_load::slot_bits,
                                &ballot_load::slot_terms,
                                &ballot_load::packed_ciphertexts,
                                &ballot_load::packed_marks};

/// \pre the limits of the contest are those of slots
void count_slots(ballot_load& out, const contest_entry& contest, const contest_ballot_size& size) {
  const auto shape = slots_shape::derive(limits_of(contest));
  const auto bits = static_cast<double>(shape->bits());
  out.slot_elements = static_cast<double>(2 * size.ciphertexts +
                                          size.proof_bytes / wire_element_bytes - scalars_of_slots);
  out.slot_bits = bits;
  out.slot_terms = bits * (1 + static_cast<double>(shape->rounds()));
}

result<ballot_load> load_of(const contest_entry& contest) {
  const auto size = contest_ballot_size_of(contest);
  if (!size) {
    return tl::unexpected(size.error());
  }
  ballot_load out;
  const auto ciphertexts = static_cast<double>(size->ciphertexts);
  switch (contest.encoding) {
    case contest_encoding::bit_vector:
      out.contests = 1;
      out.ciphertexts = ciphertexts;
      break;
    case contest_encoding::slots:
      count_slots(out, contest, *size);
      break;
    case contest_encoding::packed_subset:
      out.packed_marks =
          static_cast<double>(limits_of(contest).options) * limits_of(contest).max_choices;
      [[fallthrough]];
    case contest_encoding::packed_ranking:
      out.packed_ciphertexts = ciphertexts;
      break;
  }
  return out;
}

}  // namespace

ballot_load& ballot_load::operator+=(const ballot_load& other) {
  for (const auto part : load_parts) {
    this->*part += other.*part;
  }
  return *this;
}

ballot_load& ballot_load::operator*=(double times) {
  for (const auto part : load_parts) {
    this->*part *= times;
  }
  return *this;
}

ballot_load ballot_load::operator*(double times) const {
  ballot_load out = *this;
  return out *= times;
}

result<std::vector<ballot_load>> loads_of_styles(const manifest& m) {
  std::vector<ballot_load> of_contests;
  for (const contest_entry& contest : m.contests) {
    auto one = load_of(contest);
    if (!one) {
      return fail_within("contest \"" + contest.id + '"', std::move(one.error()));
    }
    of_contests.push_back(*one);
  }
  std::vector<ballot_load> out;
  for (const style_entry& style : m.styles) {
    ballot_load& sum = out.emplace_back();
    sum.ballots = 1;
    for (const contest_index contest : style.contests) {
      sum += of_contests[contest.value()];
    }
  }
  return out;
}

double slot_bases(const manifest& m) {
  double out = 0;
  for (const contest_entry& contest : m.contests) {
    if (contest.encoding == contest_encoding::slots) {
      const auto shape = slots_shape::derive(limits_of(contest));
      out = std::max(out, shape ? 2 * static_cast<double>(shape->bits()) : 0);
    }
  }
  return out;
}

}  // namespace sandoq::tool
