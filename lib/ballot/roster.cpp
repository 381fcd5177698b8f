#include "sandoq/ballot/roster.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sandoq/core/contract.hpp"
#include "sandoq/proofs/schnorr.hpp"

namespace sandoq {
namespace {

std::string place_of(std::size_t board, std::size_t number, const trustee_entry& trustee) {
  return "board " + std::to_string(board) + "/trustee " + std::to_string(number) + " \"" +
         trustee.id + '"';
}

std::string place_of(const authority_entry& authority) {
  return "authority \"" + authority.id + '"';
}

result<encoded_element<ristretto255>> decode_key(const wire_element& key, const std::string& place,
                                                 std::string_view name) {
  auto element = encoded_element<ristretto255>::decode(key.view());
  if (!element) {
    return fail_within(place + '/' + std::string(name), std::move(element.error()));
  }
  return element;
}

transcript election_context_of(transcript tr, election_domain domain, std::string_view election) {
  tr.absorb_integer("version", 1);
  tr.absorb_bytes("suite", bytes_of(suite_name));
  tr.absorb_integer("domain", static_cast<std::uint64_t>(domain));
  tr.absorb_bytes("election", bytes_of(election));
  return tr;
}

transcript key_context(transcript tr, const roster_place& place, const trustee_keys& keys) {
  tr = election_context_of(std::move(tr), place.domain, place.election);
  tr.absorb_integer("board", place.board.value());
  tr.absorb_integer("trustee", place.trustee.value());
  tr.absorb_element<ristretto255>("signing key", keys.signing);
  tr.absorb_element<ristretto255>("encryption key", keys.encryption);
  return tr;
}

verification within(const std::string& place, std::string_view name, const verification& proof) {
  return proof ? verification::ok()
               : verification::rejected(place + '/' + std::string(name) + ": " + proof.reason());
}

// One function for single and batched checking: `check` is verify, or emit into a sink.
template <class Check>
verification check_proofs(const manifest& source, const roster& keys, const Check& check) {
  const encoded_element<ristretto255> generator(ristretto255::generator());
  for (std::uint32_t b = 0; b < source.boards.size(); ++b) {
    for (std::uint32_t i = 0; i < source.boards[b].trustees.size(); ++i) {
      const trustee_entry& entry = source.boards[b].trustees[i];
      const roster_place place{source.domain, source.election, board_index(b),
                               trustee_index(i + 1)};
      const trustee_keys& mine = keys.keys_of(place.board, place.trustee);
      const std::string where = place_of(b, i + 1, entry);
      transcript signing = signing_key_transcript(place, mine);
      const schnorr_statement<ristretto255> signing_statement{generator, mine.signing};
      if (auto ok = check(signing_statement, entry.signing_proof, signing); !ok) {
        return within(where, "signing proof", ok);
      }
      transcript encryption = encryption_key_transcript(place, mine);
      const schnorr_statement<ristretto255> encryption_statement{generator, mine.encryption};
      if (auto ok = check(encryption_statement, entry.encryption_proof, encryption); !ok) {
        return within(where, "encryption proof", ok);
      }
    }
  }
  if (source.authority && keys.authority()) {
    const encoded_element<ristretto255> key = keys.authority()->element;
    transcript tr = authority_key_transcript(source.domain, source.election, key);
    const schnorr_statement<ristretto255> statement{generator, key};
    if (auto ok = check(statement, source.authority->signing_proof, tr); !ok) {
      return within(place_of(*source.authority), "signing proof", ok);
    }
  }
  return verification::ok();
}

}  // namespace

transcript signing_key_transcript(const roster_place& place, const trustee_keys& keys) {
  return key_context(transcript("sandoq-1/roster/signing"), place, keys);
}

transcript encryption_key_transcript(const roster_place& place, const trustee_keys& keys) {
  return key_context(transcript("sandoq-1/roster/encryption"), place, keys);
}

transcript authority_key_transcript(election_domain domain, std::string_view election,
                                    const encoded_element<ristretto255>& key) {
  transcript tr = election_context_of(transcript("sandoq-1/roster/authority"), domain, election);
  tr.absorb_element<ristretto255>("signing key", key);
  return tr;
}

result<roster> roster::decode(const manifest& source) {
  roster out;
  for (std::size_t b = 0; b < source.boards.size(); ++b) {
    const board_entry& board = source.boards[b];
    board_keys signing{board.threshold, {}};
    std::vector<trustee_keys> keys;
    for (std::size_t i = 0; i < board.trustees.size(); ++i) {
      const trustee_entry& trustee = board.trustees[i];
      const std::string place = place_of(b, i + 1, trustee);
      auto signing_key = decode_key(trustee.signing_key, place, "signing key");
      if (!signing_key) {
        return tl::unexpected<error>(std::move(signing_key.error()));
      }
      auto encryption_key = decode_key(trustee.encryption_key, place, "encryption key");
      if (!encryption_key) {
        return tl::unexpected<error>(std::move(encryption_key.error()));
      }
      signing.signing_keys.push_back({*signing_key, not_shared});
      keys.push_back({*signing_key, *encryption_key});
    }
    out.boards_.push_back(std::move(signing));
    out.keys_.push_back(std::move(keys));
  }
  if (source.authority) {
    auto key =
        decode_key(source.authority->signing_key, place_of(*source.authority), "signing key");
    if (!key) {
      return tl::unexpected<error>(std::move(key.error()));
    }
    out.authority_ = {*key, not_shared};
  }
  return out;
}

void roster::replace_boards(std::vector<board_keys> boards) {
  SANDOQ_EXPECTS(boards.size() == boards_.size(), "the same boards");
  boards_ = std::move(boards);
}

const trustee_keys& roster::keys_of(board_index board, trustee_index trustee) const {
  SANDOQ_EXPECTS(board.value() < keys_.size() && trustee.value() >= 1 &&
                     trustee.value() <= keys_[board.value()].size(),
                 "the trustee exists");
  return keys_[board.value()][trustee.value() - 1];
}

result<void> check_keys(const manifest& source, const roster& keys) {
  std::vector<std::pair<byte_array<32>, std::string>> owners;
  for (std::uint32_t b = 0; b < source.boards.size(); ++b) {
    for (std::uint32_t i = 0; i < source.boards[b].trustees.size(); ++i) {
      const std::string place = place_of(b, i + 1, source.boards[b].trustees[i]);
      const trustee_keys& mine = keys.keys_of(board_index(b), trustee_index(i + 1));
      owners.emplace_back(mine.signing.octets(), place + "/signing key");
      owners.emplace_back(mine.encryption.octets(), place + "/encryption key");
    }
  }
  if (source.authority && keys.authority()) {
    owners.emplace_back(keys.authority()->element.octets(),
                        place_of(*source.authority) + "/signing key");
  }
  for (const auto& [octets, place] : owners) {
    if (octets == byte_array<32>{}) {
      return fail(errc::identity_element, place, "a key must not be the identity");
    }
  }
  std::sort(owners.begin(), owners.end());
  for (std::size_t i = 1; i < owners.size(); ++i) {
    if (owners[i - 1].first == owners[i].first) {
      return fail(errc::duplicate, owners[i].second,
                  "the same key stands at " + owners[i - 1].second);
    }
  }
  return {};
}

verification emit(equation_sink<ristretto255>& sink, const manifest& source, const roster& keys) {
  if (auto ok = check_keys(source, keys); !ok) {
    return verification::rejected(to_string(ok.error()));
  }
  return check_proofs(source, keys, [&](const auto& statement, const auto& proof, transcript& tr) {
    return emit(sink, statement, proof, tr);
  });
}

verification verify(const manifest& source, const roster& keys) {
  if (auto ok = check_keys(source, keys); !ok) {
    return verification::rejected(to_string(ok.error()));
  }
  return check_proofs(source, keys, [](const auto& statement, const auto& proof, transcript& tr) {
    return verify(statement, proof, tr);
  });
}

}  // namespace sandoq
