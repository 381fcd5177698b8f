#include "sandoq/proofs/quorum.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace sandoq {

result<quorum> quorum::read(byte_reader& in, std::string_view field) {
  constexpr std::size_t entry_bytes = 4 + wire_signature::size_bytes;
  const auto boards = in.count(max_boards, 4, field);
  if (!boards) {
    return tl::unexpected<error>(boards.error());
  }
  if (*boards == 0) {
    return in.failure(errc::out_of_range, field, "a quorum has an entry for each of 1 to 8 boards");
  }
  quorum out;
  out.boards.resize(*boards);
  for (auto& board : out.boards) {
    const auto signatures = in.count(max_trustees, entry_bytes, field);
    if (!signatures) {
      return tl::unexpected<error>(signatures.error());
    }
    if (*signatures == 0) {
      return in.failure(errc::out_of_range, field, "a board signs with 1 to 64 trustees");
    }
    board.reserve(*signatures);
    for (std::uint32_t i = 0; i < *signatures; ++i) {
      const auto trustee = in.u32(field);
      if (!trustee) {
        return tl::unexpected<error>(trustee.error());
      }
      const auto sig = read_signature(in, field);
      if (!sig) {
        return tl::unexpected<error>(sig.error());
      }
      board.push_back({*trustee, *sig});
    }
  }
  return out;
}

result<quorum> quorum::decode(byte_view in) {
  byte_reader reader(in);
  auto out = read(reader, "quorum");
  if (!out) {
    return out;
  }
  if (auto done = reader.finish(); !done) {
    return tl::unexpected<error>(std::move(done.error()));
  }
  return out;
}

void quorum::write(byte_writer& out) const {
  out.count(boards.size());
  for (const auto& board : boards) {
    out.count(board.size());
    for (const quorum_signature& entry : board) {
      out.u32(entry.trustee);
      sandoq::write(out, entry.signature);
    }
  }
}

bytes quorum::encode() const {
  byte_writer out;
  write(out);
  return std::move(out).take();
}

namespace {

std::string board_place(std::size_t board) {
  return "board " + std::to_string(board);
}

std::string trustee_place(std::size_t board, std::uint32_t trustee) {
  return board_place(board) + "/trustee " + std::to_string(trustee);
}

/// Everything about one board's entry but its signatures; empty if it is in order.
std::string fault_of(std::span<const board_keys> boards, std::size_t b,
                     std::span<const quorum_signature> entries) {
  if (entries.size() != boards[b].threshold) {
    return board_place(b) + ": " + std::to_string(entries.size()) + " trustees signed, exactly " +
           std::to_string(boards[b].threshold) + " must";
  }
  std::uint32_t previous = 0;
  for (const quorum_signature& entry : entries) {
    if (entry.trustee <= previous) {
      return trustee_place(b, entry.trustee) + ": trustees must be in ascending order, once each";
    }
    if (entry.trustee > boards[b].signing_keys.size()) {
      return trustee_place(b, entry.trustee) + ": the board has " +
             std::to_string(boards[b].signing_keys.size()) + " trustees";
    }
    if (std::binary_search(boards[b].shut_out.begin(), boards[b].shut_out.end(), entry.trustee)) {
      return trustee_place(b, entry.trustee) + ": was shut out by the key ceremony";
    }
    previous = entry.trustee;
  }
  return {};
}

/// The same for all boards.
std::string fault_of(std::span<const board_keys> boards, const quorum& signatures) {
  if (signatures.boards.size() != boards.size()) {
    return std::to_string(signatures.boards.size()) + " boards signed, " +
           std::to_string(boards.size()) + " must";
  }
  for (std::size_t b = 0; b < boards.size(); ++b) {
    if (std::string fault = fault_of(boards, b, signatures.boards[b]); !fault.empty()) {
      return fault;
    }
  }
  return {};
}

/// Hands every signature of one board to `take`, in order, until one is rejected.
template <class Take>
verification each_of_board(std::span<const board_keys> boards, std::size_t b,
                           std::span<const quorum_signature> entries, const Take& take) {
  for (const quorum_signature& entry : entries) {
    const verification outcome = take(boards[b].signing_keys[entry.trustee - 1], entry.signature);
    if (!outcome) {
      return verification::rejected(trustee_place(b, entry.trustee) + ": " + outcome.reason());
    }
  }
  return verification::ok();
}

/// The same for all boards, after everything else about the quorum.
template <class Take>
verification each_signature(std::span<const board_keys> boards, const quorum& signatures,
                            const Take& take) {
  if (const std::string fault = fault_of(boards, signatures); !fault.empty()) {
    return verification::rejected(fault);
  }
  for (std::size_t b = 0; b < boards.size(); ++b) {
    if (auto outcome = each_of_board(boards, b, signatures.boards[b], take); !outcome) {
      return outcome;
    }
  }
  return verification::ok();
}

}  // namespace

verification emit(equation_sink<ristretto255>& sink, std::span<const board_keys> boards,
                  const signed_message& message, const quorum& signatures) {
  return each_signature(boards, signatures, [&](const auto& key, const wire_signature& sig) {
    return emit(sink, key, message, sig);
  });
}

verification verify(std::span<const board_keys> boards, const signed_message& message,
                    const quorum& signatures) {
  return each_signature(boards, signatures, [&](const auto& key, const wire_signature& sig) {
    return verify(key, message, sig);
  });
}

verification verify_board(std::span<const board_keys> boards, std::size_t board,
                          const signed_message& message,
                          std::span<const quorum_signature> signatures) {
  if (const std::string fault = fault_of(boards, board, signatures); !fault.empty()) {
    return verification::rejected(fault);
  }
  return each_of_board(boards, board, signatures, [&](const auto& key, const wire_signature& sig) {
    return verify(key, message, sig);
  });
}

}  // namespace sandoq
