#include "sandoq/threshold/opening_log.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "sandoq/core/canonical.hpp"
#include "sandoq/core/contract.hpp"

namespace sandoq {
namespace {

// Number, board, trustee, count, factors, proof and signature of the largest answer (55.8).
constexpr std::size_t max_partial_bytes =
    4 * 4 + max_contest_ciphertexts * ristretto255::element_bytes + 96 + 64;
// Hash, contest, group, count of nodes, closings.
constexpr std::size_t min_request_bytes = 32 + 4 + 4 + 4 + 32;
constexpr std::size_t node_bytes = 4;
constexpr std::uint32_t stored_form = 2;

void write_request(byte_writer& out, const logged_request& request) {
  out.fixed(request.hash.view());
  out.u32(request.contest.value());
  out.u32(request.group);
  out.count(request.nodes.size());
  for (const node_index node : request.nodes) {
    out.u32(node.value());
  }
  out.fixed(request.closings.view());
}

result<std::vector<node_index>> read_nodes(byte_reader& in) {
  const auto count = in.count(max_request_places, node_bytes, "nodes");
  if (!count) {
    return tl::unexpected(count.error());
  }
  if (*count == 0) {
    return in.failure(errc::missing, "nodes", "the list is empty");
  }
  std::vector<node_index> out;
  out.reserve(*count);
  for (std::uint32_t i = 0; i < *count; ++i) {
    const auto node = in.u32("nodes");
    if (!node) {
      return tl::unexpected(node.error());
    }
    out.emplace_back(*node);
  }
  return out;
}

result<void> read_request(byte_reader& in, logged_request& out) {
  if (auto done = in.fixed_into(out.hash.octets, "hash"); !done) {
    return done;
  }
  const auto contest = in.u32("contest");
  if (!contest) {
    return tl::unexpected(contest.error());
  }
  out.contest = contest_index(*contest);
  const auto group = in.u32("group");
  if (!group) {
    return tl::unexpected(group.error());
  }
  out.group = *group;
  auto nodes = read_nodes(in);
  if (!nodes) {
    return tl::unexpected(std::move(nodes.error()));
  }
  out.nodes = std::move(*nodes);
  return in.fixed_into(out.closings.octets, "closings");
}

template <class Answer>
result<void> read_answer(byte_reader& in, byte_view canonical, std::uint32_t number,
                         answered_request& out) {
  auto answer = Answer::decode(canonical);
  if (!answer) {
    return fail_within("answer", std::move(answer.error()));
  }
  if (answer->number != number) {
    return in.failure(errc::mismatch, "answer",
                      "answers request " + std::to_string(answer->number) + ", not request " +
                          std::to_string(number));
  }
  out.answer = std::move(*answer);
  return {};
}

result<void> read_entry(byte_reader& in, std::uint32_t /*place*/, logged_request& out) {
  return read_request(in, out);
}

result<void> read_entry(byte_reader& in, std::uint32_t place, answered_request& out) {
  if (auto done = read_request(in, out); !done) {
    return done;
  }
  const auto canonical = in.var(max_partial_bytes, "answer");
  if (!canonical) {
    return tl::unexpected(canonical.error());
  }
  return out.group == 0 ? read_answer<partial_decryption>(in, *canonical, place + 1, out)
                        : read_answer<list_partial>(in, *canonical, place + 1, out);
}

template <class Request>
result<void> read_requests(byte_reader& in, std::vector<Request>& out, std::string_view field) {
  const auto count = in.count(opening_log::max_requests, min_request_bytes, field);
  if (!count) {
    return tl::unexpected(count.error());
  }
  for (std::uint32_t i = 0; i < *count; ++i) {
    Request& entry = out.emplace_back();
    if (auto done = read_entry(in, i, entry); !done) {
      return fail_within(std::string(field) + " " + std::to_string(i), std::move(done.error()));
    }
  }
  return {};
}

result<opening_log> read_log(byte_view data) {
  byte_reader in(data);
  opening_log out;
  const auto form = in.u32("form");
  if (!form) {
    return tl::unexpected(form.error());
  }
  if (*form != stored_form) {
    return in.failure(errc::mismatch, "form",
                      "is " + std::to_string(*form) + ", and this program reads form " +
                          std::to_string(stored_form) +
                          "; logs of earlier versions go with the version that wrote them");
  }
  if (auto done = read_requests(in, out.answered, "answered"); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (auto done = read_requests(in, out.approved, "approved"); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  if (auto done = in.finish(); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return out;
}

}  // namespace

result<opening_log> opening_log::decode(byte_view in) {
  auto out = read_log(in);
  if (!out) {
    return fail_within("opening log", std::move(out.error()));
  }
  return out;
}

bytes opening_log::encode() const {
  byte_writer out;
  out.u32(stored_form);
  out.count(answered.size());
  for (const answered_request& request : answered) {
    SANDOQ_EXPECTS(std::holds_alternative<list_partial>(request.answer) == (request.group != 0),
                   "lists have answers of their own");
    write_request(out, request);
    out.var(std::visit([](const auto& answer) { return answer.encode(); }, request.answer));
  }
  out.count(approved.size());
  for (const logged_request& request : approved) {
    write_request(out, request);
  }
  return std::move(out).take();
}

}  // namespace sandoq
