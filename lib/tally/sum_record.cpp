#include "sandoq/tally/sum_record.hpp"

#include <string>
#include <utility>

#include "sandoq/core/canonical.hpp"

namespace sandoq {

struct sum_record_access {
  static sum_record make(const tally_context& context, sum_record::kind kind, node_index node,
                         sum_content content);
};

namespace {

// e1 || u8 domain || u32 node || u64 lo: how every hashed record begins.
void write_start(byte_writer& out, const tally_context& context, node_index node,
                 std::uint64_t lo) {
  out.fixed(context.election_hash.view());
  out.u8(static_cast<std::uint8_t>(context.domain));
  out.u32(node.value());
  out.u64(lo);
}

digest32 hash_of(const tally_context& context, const sum_record& record) {
  byte_writer out;
  write_start(out, context, record.node(), record.lo());
  if (record.what() == sum_record::kind::empty) {
    return framed_hash::of("msum/empty", out.view());
  }
  out.u64(record.hi());
  record.encoded_subtotals().write(out);
  out.fixed(record.first().view());
  if (record.what() == sum_record::kind::branch) {
    return framed_hash::of("msum/branch", out.view());
  }
  out.fixed(record.second().view());
  return framed_hash::of("msum/node", out.view());
}

result<void> check_content(node_index node, const sum_content& content) {
  const auto place = "node " + std::to_string(node.value());
  if (content.lo > content.hi) {
    return fail(errc::mismatch, place, "lo is above hi");
  }
  const contest_total* before = nullptr;
  for (const auto& total : content.subtotals.contests) {
    if (before != nullptr && before->contest >= total.contest) {
      return fail(errc::mismatch, place, "contests are not ascending");
    }
    if (total.ballots > content.hi - content.lo) {
      return fail(errc::mismatch, place,
                  "counts more ballots of contest " + std::to_string(total.contest.value()) +
                      " than it covers");
    }
    before = &total;
  }
  if (content.lo == content.hi && (!content.subtotals.is_zero() || content.first != digest32{} ||
                                   content.second != digest32{})) {
    return fail(errc::mismatch, place, "covers no ballot, so its sums and hashes must be empty");
  }
  return {};
}

}  // namespace

sum_record sum_record_access::make(const tally_context& context, sum_record::kind kind,
                                   node_index node, sum_content content) {
  sum_record out;
  out.kind_ = content.lo == content.hi ? sum_record::kind::empty : kind;
  out.node_ = node;
  out.lo_ = content.lo;
  out.hi_ = content.hi;
  out.totals_ = std::move(content.subtotals);
  out.wire_ = encode(out.totals_);
  out.first_ = content.first;
  out.second_ = content.second;
  out.hash_ = hash_of(context, out);
  return out;
}

tally_node sum_record::published() const {
  return {node_, lo_, hi_, wire_, kind_ == kind::branch ? first_ : digest32{}, hash_};
}

result<sum_record> make_branch_record(const tally_context& context, node_index branch,
                                      sum_content content) {
  if (auto done = check_content(branch, content); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (content.second != digest32{}) {
    return fail(errc::mismatch, "node " + std::to_string(branch.value()),
                "is a branch and has no right child");
  }
  return sum_record_access::make(context, sum_record::kind::branch, branch, std::move(content));
}

result<sum_record> make_inner_record(const tally_context& context, node_index node,
                                     sum_content content) {
  if (auto done = check_content(node, content); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return sum_record_access::make(context, sum_record::kind::inner, node, std::move(content));
}

sum_record make_empty_record(const tally_context& context, node_index node,
                             std::uint64_t position) {
  return sum_record_access::make(context, sum_record::kind::empty, node,
                                 {position, position, {}, {}, {}});
}

result<sum_record> combine(const tally_context& context, node_index parent, const sum_record& left,
                           const sum_record& right) {
  if (left.hi() != right.lo()) {
    return fail(errc::mismatch, "node " + std::to_string(parent.value()),
                "its left part ends at ballot " + std::to_string(left.hi()) +
                    ", its right part starts at " + std::to_string(right.lo()));
  }
  sum_content content{left.lo(), right.hi(), left.subtotals() + right.subtotals(), left.hash(),
                      right.hash()};
  if (content.lo == content.hi) {
    content.first = {};
    content.second = {};
  }
  return sum_record_access::make(context, sum_record::kind::inner, parent, std::move(content));
}

}  // namespace sandoq
