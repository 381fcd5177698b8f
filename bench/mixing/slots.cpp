// What a ballot of slots costs in the largest contest known: 21 of 5,063 options.

#include "sandoq/proofs/slots.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/mixing/report.hpp"
#include "bench/sodium_ops.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/proofs/batch.hpp"
#include "sandoq/proofs/slots_prove.hpp"

namespace sandoq::bench {
namespace {

using group = ristretto255;

constexpr choice_limits tehran{
    .options = 5063, .max_choices = 21, .min_choices = 1, .blank = blank_option::counted};

struct made_ballot {
  encrypted_slots<group> encrypted;
  slots_proof<group> proof;
};

class contest {
 public:
  contest()
      : shape_(slots_shape::derive(tehran).value()),
        election_(proof_election<group>::make({}, {}, election_domain::drill,
                                              encoded_element<group>(group::base("blind", {}, 2)),
                                              {.slot_bits = shape_.bits()})
                      .value()),
        tables_(election_) {}

  [[nodiscard]] const slots_shape& shape() const { return shape_; }
  [[nodiscard]] const proof_election<group>& election() const { return election_; }
  [[nodiscard]] slots_context<group> context(std::size_t number) const {
    return {.election = election_,
            .shape = shape_,
            .contest_id = "contest",
            .descriptor = {},
            .branch = branch_index(1),
            .device = device_index(1),
            .number = serial(static_cast<std::uint32_t>(number)),
            .style = style_index(0),
            .digits = 10'000};
  }
  [[nodiscard]] encrypted_slots<group> encrypt(std::size_t number, const nonce_seed& seed) const {
    bytes choices(shape_.options() + 1);
    for (std::size_t i = 0; i < shape_.slots(); ++i) {
      choices[(200 * i + number) % shape_.options()] = std::byte{1};
    }
    return encrypt_slots(tables_, context(number), secret_bytes(choices), seed).value();
  }
  [[nodiscard]] slots_proof<group> prove(std::size_t number, const nonce_seed& seed,
                                         const encrypted_slots<group>& made) const {
    const auto where = context(number);
    return sandoq::prove(tables_, {where, made.ciphertexts}, made.witness, seed).value();
  }

 private:
  slots_shape shape_;
  proof_election<group> election_;
  prover_tables<group> tables_;
};

// From decoded values to the verdict; the hashes stand for the bytes of the ballots.
void verify_together(const contest& where, const std::vector<made_ballot>& ballots,
                     std::size_t count) {
  std::vector<digest32> hashes(count);
  for (std::size_t i = 0; i < count; ++i) {
    hashes[i].octets[0] = static_cast<std::byte>(i);
    hashes[i].octets[1] = static_cast<std::byte>(i >> 8U);
  }
  sequential_executor here;
  const auto failures = verify_batch<group>(
      {}, hashes, where.election().bases(),
      [&](std::size_t i, equation_sink<group>& sink) {
        const auto context = where.context(i);
        return emit(sink, slots_statement<group>{context, ballots[i].encrypted.ciphertexts},
                    ballots[i].proof);
      },
      here);
  require(failures.empty());
}

}  // namespace

void measure_slots(report& out, const slots_plan& plan) {
  out.begin("Ballots of slots, 21 of 5,063 options");
  forget_peak();
  system_random random;
  const contest where;
  std::size_t most = 1;
  for (const std::size_t batch : plan.batches) {
    most = std::max(most, batch);
  }
  smallest encrypt, prove, alone;
  std::vector<made_ballot> ballots;
  for (std::size_t i = 0; i < most; ++i) {
    const nonce_seed seed = random_secret<32>(random);
    std::optional<encrypted_slots<group>> encrypted;
    encrypt.of([&] { encrypted = where.encrypt(i, seed); });
    std::optional<slots_proof<group>> proof;
    prove.of([&] { proof = where.prove(i, seed, *encrypted); });
    ballots.push_back({std::move(*encrypted), std::move(*proof)});
  }
  const auto add = [&](std::string operation, std::size_t size, double us) {
    out.add({"slots", std::move(operation), std::string(group::name), "ballot", size, us, 0,
             where.shape().proof_bytes()});
  };
  add("encrypt", 1, encrypt.us());
  add("prove", 1, prove.us());
  for (int i = 0; i < plan.samples; ++i) {
    alone.of([&] {
      const auto context = where.context(0);
      require(verify(slots_statement<group>{context, ballots[0].encrypted.ciphertexts},
                     ballots[0].proof)
                  .holds());
    });
  }
  add("verify alone", 1, alone.us());
  for (const std::size_t batch : plan.batches) {
    smallest together;
    for (int i = 0; i < plan.samples; ++i) {
      together.of([&] { verify_together(where, ballots, batch); });
    }
    add("verify in a batch", batch, together.us() / static_cast<double>(batch));
  }
}

}  // namespace sandoq::bench
