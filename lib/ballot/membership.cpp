#include "sandoq/ballot/membership.hpp"

#include <string>
#include <utility>

#include "sandoq/group/ristretto255.hpp"

namespace sandoq {
namespace {

result<void> check_element(const wire_element& element, const std::string& place) {
  if (auto decoded = ristretto255::decode(element.view()); !decoded) {
    return fail_within(place, std::move(decoded.error()));
  }
  return {};
}

// T || z, of a proof or a signature.
result<void> check_schnorr(const schnorr_proof<ristretto255>& proof, const std::string& place) {
  if (auto commitment = ristretto255::decode(proof.view().first(32)); !commitment) {
    return fail_within(place + "/T", std::move(commitment.error()));
  }
  if (auto response = ristretto255::decode_scalar(proof.view().subspan(32)); !response) {
    return fail_within(place + "/z", std::move(response.error()));
  }
  return {};
}

result<void> check_quorum(const quorum& signatures, const std::string& place) {
  for (std::size_t b = 0; b < signatures.boards.size(); ++b) {
    for (const quorum_signature& one : signatures.boards[b]) {
      auto ok = check_schnorr(one.signature, place + "/quorum/board " + std::to_string(b) +
                                                 "/trustee " + std::to_string(one.trustee));
      if (!ok) {
        return ok;
      }
    }
  }
  return {};
}

// The first failure of several checks.
result<void> first_failure(std::initializer_list<result<void>> checks) {
  for (const auto& check : checks) {
    if (!check) {
      return check;
    }
  }
  return {};
}

}  // namespace

result<void> check_elements(const manifest& source) {
  for (std::size_t b = 0; b < source.boards.size(); ++b) {
    const auto& trustees = source.boards[b].trustees;
    for (std::size_t i = 0; i < trustees.size(); ++i) {
      const std::string place =
          "manifest/board " + std::to_string(b) + "/trustee " + std::to_string(i + 1);
      auto ok = first_failure({
          check_element(trustees[i].signing_key, place + "/signing key"),
          check_element(trustees[i].encryption_key, place + "/encryption key"),
          check_schnorr(trustees[i].signing_proof, place + "/signing proof"),
          check_schnorr(trustees[i].encryption_proof, place + "/encryption proof"),
      });
      if (!ok) {
        return ok;
      }
    }
  }
  if (source.authority) {
    return first_failure({
        check_element(source.authority->signing_key, "manifest/authority/signing key"),
        check_schnorr(source.authority->signing_proof, "manifest/authority/signing proof"),
    });
  }
  return {};
}

result<void> check_elements(const opening_item& opening) {
  return first_failure({
      check_element(opening.device_key, "opening/device key"),
      check_schnorr(opening.key_proof, "opening/key proof"),
      check_schnorr(opening.device_signature, "opening/device signature"),
      check_quorum(opening.signatures, "opening"),
  });
}

result<void> check_elements(const close_item& close) {
  return first_failure({
      check_schnorr(close.device_signature, "close/device signature"),
      check_quorum(close.signatures, "close"),
  });
}

result<void> check_elements(const recovery_item& recovery) {
  return check_quorum(recovery.signatures, "recovery");
}

result<void> check_elements(const exclusion_item& exclusion) {
  return check_quorum(exclusion.signatures, "exclusion");
}

result<void> check_elements(const eligibility_item& log) {
  return check_quorum(log.signatures, "eligibility");
}

}  // namespace sandoq
