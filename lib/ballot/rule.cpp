#include "sandoq/ballot/rule.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "lib/ballot/rule_fields.hpp"
#include "sandoq/core/canonical.hpp"

namespace sandoq {
namespace {

using detail::structure_reader;

constexpr std::string_view one_method =
    "a rule has exactly one of plurality, proportional and ranking";

constexpr std::size_t fraction_bytes = 8;
constexpr std::size_t threshold_bytes = fraction_bytes + 3;

template <class Code>
Code read_code(structure_reader& in, std::string_view field) {
  return static_cast<Code>(in.u8(field));
}

template <class Code>
void write_code(byte_writer& out, Code code) {
  out.u8(static_cast<std::uint8_t>(code));
}

rule_fraction read_fraction(structure_reader& in, std::string_view field) {
  rule_fraction out;
  out.numerator = in.u32(field);
  out.denominator = in.u32(field);
  return out;
}

void write_fraction(byte_writer& out, const rule_fraction& value) {
  out.u32(value.numerator);
  out.u32(value.denominator);
}

std::optional<threshold_rule> read_threshold(structure_reader& in) {
  if (in.count_or_none(1, threshold_bytes, "threshold") == 0) {
    return std::nullopt;
  }
  threshold_rule out;
  out.share = read_fraction(in, "threshold share");
  out.base = read_code<threshold_rule::base_code>(in, "threshold base");
  out.strict = in.u8("threshold strict");
  out.applies = read_code<threshold_rule::scope_code>(in, "threshold applies");
  return out;
}

void write_threshold(byte_writer& out, const std::optional<threshold_rule>& threshold) {
  out.count(threshold ? 1 : 0);
  if (threshold) {
    write_fraction(out, threshold->share);
    write_code(out, threshold->base);
    out.u8(threshold->strict);
    write_code(out, threshold->applies);
  }
}

ballot_rule read_ballot_rule(structure_reader& in) {
  ballot_rule out;
  out.min_votes = in.u32("min");
  out.max_votes = in.u32("max");
  out.max_each = in.u32("each");
  out.overvote = read_code<ballot_rule::overvote_policy>(in, "overvote");
  out.code = read_code<ballot_rule::list_code>(in, "list_code");
  out.form = read_code<ballot_rule::list_form>(in, "form");
  out.exclusive = in.u8("exclusive");
  out.strike = in.u8("strike");
  return out;
}

void write(byte_writer& out, const ballot_rule& ballot) {
  out.u32(ballot.min_votes);
  out.u32(ballot.max_votes);
  out.u32(ballot.max_each);
  write_code(out, ballot.overvote);
  write_code(out, ballot.code);
  write_code(out, ballot.form);
  out.u8(ballot.exclusive);
  out.u8(ballot.strike);
}

plurality_rule read_plurality(structure_reader& in) {
  plurality_rule out;
  out.threshold = read_threshold(in);
  out.runoff = in.u32("runoff");
  return out;
}

void write(byte_writer& out, const plurality_rule& part) {
  write_threshold(out, part.threshold);
  out.u32(part.runoff);
}

proportional_rule read_proportional(structure_reader& in) {
  using r = proportional_rule;
  r out;
  out.base = read_code<r::base_code>(in, "base");
  out.method = read_code<r::method_code>(in, "method");
  const std::size_t divisors = in.count_or_none(rule::max_seats, fraction_bytes, "divisors");
  for (std::size_t i = 0; i < divisors && in.good(); ++i) {
    out.divisors.push_back(read_fraction(in, "divisor"));
  }
  out.rounding = read_code<r::rounding_code>(in, "rounding");
  out.remainder = read_code<r::remainder_code>(in, "remainder");
  out.one_extra = in.u8("one_extra");
  out.repair = read_code<r::repair_code>(in, "repair");
  out.threshold = read_threshold(in);
  out.quota_votes = read_code<r::quota_code>(in, "quota_votes");
  out.independents = read_code<r::independents_code>(in, "independents");
  out.list_overflow = read_code<r::overflow_code>(in, "list_overflow");
  out.pool_overflow = read_code<r::overflow_code>(in, "pool_overflow");
  out.order = read_code<r::order_code>(in, "order");
  out.jump = read_fraction(in, "jump");
  out.jump_base = read_code<r::jump_code>(in, "jump_base");
  out.alternates = read_code<r::alternates_code>(in, "alternates");
  out.alternates_share = read_fraction(in, "alternates_share");
  out.alternates_rounding = read_code<r::rounding_code>(in, "alternates_rounding");
  out.vacancy = read_code<r::vacancy_code>(in, "vacancy");
  out.list_tie = read_code<r::tie_code>(in, "list_tie");
  return out;
}

void write(byte_writer& out, const proportional_rule& part) {
  write_code(out, part.base);
  write_code(out, part.method);
  out.count(part.divisors.size());
  for (const rule_fraction& divisor : part.divisors) {
    write_fraction(out, divisor);
  }
  write_code(out, part.rounding);
  write_code(out, part.remainder);
  out.u8(part.one_extra);
  write_code(out, part.repair);
  write_threshold(out, part.threshold);
  write_code(out, part.quota_votes);
  write_code(out, part.independents);
  write_code(out, part.list_overflow);
  write_code(out, part.pool_overflow);
  write_code(out, part.order);
  write_fraction(out, part.jump);
  write_code(out, part.jump_base);
  write_code(out, part.alternates);
  write_fraction(out, part.alternates_share);
  write_code(out, part.alternates_rounding);
  write_code(out, part.vacancy);
  write_code(out, part.list_tie);
}

ranking_rule read_ranking(structure_reader& in) {
  using r = ranking_rule;
  r out;
  out.method = read_code<r::method_code>(in, "method");
  out.quota = read_code<r::quota_code>(in, "quota");
  out.overvote = read_code<r::overvote_code>(in, "overvote");
  out.skipped = read_code<r::skipped_code>(in, "skipped");
  out.batch = in.u8("batch");
  out.strength = read_code<r::strength_code>(in, "strength");
  out.points = read_code<r::points_code>(in, "points");
  return out;
}

void write(byte_writer& out, const ranking_rule& part) {
  write_code(out, part.method);
  write_code(out, part.quota);
  write_code(out, part.overvote);
  write_code(out, part.skipped);
  out.u8(part.batch);
  write_code(out, part.strength);
  write_code(out, part.points);
}

}  // namespace

namespace detail {

rule_fields read_rule_fields(structure_reader& in) {
  if (in.u32("format") != rule::format && in.good()) {
    in.refuse(errc::unsupported, "format", "this format of rules is not known");
  }
  rule_fields out;
  out.law.ballot = read_ballot_rule(in);
  if (in.count_or_none(1, 8, "plurality") > 0) {
    ++out.methods;
    out.law.method = read_plurality(in);
  }
  if (in.count_or_none(1, 1, "proportional") > 0) {
    ++out.methods;
    out.law.method = read_proportional(in);
  }
  if (in.count_or_none(1, 7, "ranking") > 0) {
    ++out.methods;
    out.law.method = read_ranking(in);
  }
  return out;
}

rule read_rule(structure_reader& in) {
  rule_fields read = read_rule_fields(in);
  if (in.good() && read.methods != 1) {
    in.refuse(errc::mismatch, "method", one_method);
  }
  return std::move(read.law);
}

void write_rule(byte_writer& out, const rule& law) {
  out.u32(rule::format);
  write(out, law.ballot);
  for (std::size_t i = 0; i < std::variant_size_v<decltype(law.method)>; ++i) {
    out.count(law.method.index() == i ? 1 : 0);
    if (law.method.index() == i) {
      std::visit([&](const auto& part) { write(out, part); }, law.method);
    }
  }
}

}  // namespace detail

result<rule> rule::decode(byte_view data) {
  structure_reader in(data, "rule");
  detail::rule_fields read = detail::read_rule_fields(in);
  if (auto done = in.finish(); !done) {
    return tl::unexpected<error>(std::move(done.error()));
  }
  if (read.methods != 1) {
    return fail(errc::mismatch, "rule.method",
                std::string(one_method) + ", this one " + std::to_string(read.methods));
  }
  if (auto good = read.law.check(); !good) {
    return tl::unexpected<error>(std::move(good.error()));
  }
  return std::move(read.law);
}

bytes rule::encode() const {
  byte_writer out;
  detail::write_rule(out, *this);
  return std::move(out).take();
}

}  // namespace sandoq
