// What opening a mixed list costs: one trustee's answer, verifying it, taking the answers of all
// boards together, and reading what comes out.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/mixing/report.hpp"
#include "bench/sodium_ops.hpp"
#include "sandoq/core/system_random.hpp"
#include "sandoq/proofs/packed_prove.hpp"
#include "sandoq/proofs/shuffle.hpp"
#include "sandoq/threshold/list_answer.hpp"
#include "sandoq/threshold/list_answer_secret.hpp"
#include "sandoq/threshold/opened_list.hpp"
#include "sandoq/threshold/polynomial_secret.hpp"

namespace sandoq::bench {
namespace {

using group = ristretto255;

constexpr std::uint32_t codes = 5063 + 21;
constexpr std::uint32_t boards = 2;
constexpr std::uint32_t trustees = 5;
constexpr std::uint32_t threshold = 3;

// Two boards with shares of a key; of each the first three answer.
struct two_boards {
  explicit two_boards(random_source& random) {
    for (std::uint32_t b = 0; b < boards; ++b) {
      const auto f = secret_polynomial<group>::random(threshold, random);
      joint_key += f.commitments()[0];
      auto& share_keys = keys.share_keys.emplace_back();
      auto& signing_keys = public_keys.emplace_back();
      signing_keys.threshold = threshold;
      sizes.push_back({trustees, threshold});
      for (std::uint32_t j = 1; j <= trustees; ++j) {
        auto share = f.evaluate(j);
        share_keys.emplace_back(
            declassify<"the share key of a benchmark">(secret_ops<group>::mul_base(share)));
        signing.push_back(signing_key<group>::generate(random));
        signing_keys.signing_keys.push_back({signing.back().public_key(), not_shared});
        shares.push_back({board_index(b), trustee_index(j), share_keys.back(), std::move(share)});
      }
    }
  }

  group::element joint_key = group::identity();
  std::vector<board_size> sizes;
  std::vector<board_keys> public_keys;
  election_keys keys;
  std::vector<decryption_share> shares;
  std::vector<signing_key<group>> signing;
};

// Codes one after another, under nonces one after another: an encryption costs three additions.
bytes some_list(const two_boards& key, std::size_t size) {
  const slot_code_table table(codes);
  std::vector<group::element> list;
  list.reserve(2 * size);
  const auto step = group::scalar_from_u64(0x9E3779B97F4A7C15U);
  const auto alpha_step = group::mul_base_vartime(step);
  const auto beta_step = group::mul_vartime(step, key.joint_key);
  group::element alpha = alpha_step;
  group::element shared = beta_step;
  group::element message = group::generator();
  for (std::size_t i = 0; i < size; ++i) {
    list.push_back(alpha);
    list.push_back(shared + message);
    alpha += alpha_step;
    shared += beta_step;
    message = (i + 1) % codes == 0 ? group::generator() : message + group::generator();
  }
  const encoded_elements<group> encoded(std::move(list));
  return {encoded.octets().begin(), encoded.octets().end()};
}

void measure_opening(report& out, const two_boards& key, std::size_t size, int samples,
                     random_source& random) {
  forget_peak();
  sequential_executor here;
  const bytes list = some_list(key, size);
  list_request request;
  request.number = 1;
  request.ciphertexts = static_cast<std::uint32_t>(size);
  request.list = shuffle_list_hash(size, list);
  const auto shape = shuffle_shape::of(size);
  smallest decode, answer, check, together, read;
  for (int i = 0; i < samples; ++i) {
    std::optional<decoded_request> decoded;
    decode.of([&] { decoded = decode_elements(request, 1, list, here).value(); });
    std::vector<list_answer> answers;
    for (std::uint32_t b = 0; b < boards; ++b) {
      for (std::uint32_t j = 0; j < threshold; ++j) {
        const std::size_t who = b * trustees + j;
        answer.of([&] {
          answers.push_back(
              prove_list_answer(*decoded, key.shares[who], key.signing[who], random, here).value());
        });
      }
    }
    const answering_trustee first{key.public_keys[0].signing_keys[0], key.keys.share_keys[0][0]};
    check.of([&] {
      require(verify(*decoded, first, answers[0].item, answers[0].factors, here).holds());
    });
    const auto verified =
        verify_list_answers(*decoded, key.public_keys, key.keys, std::move(answers), here);
    require(verified.rejected().empty());
    std::optional<encoded_elements<group>> opened;
    together.of([&] { opened = combine(*decoded, key.sizes, verified, here).value(); });
    read.of([&] {
      const slot_code_table table(codes);
      require(count_codes(table, shape.value(), *opened, here).has_value());
    });
  }
  const auto add = [&](std::string operation, const smallest& time) {
    out.add({"opening", std::move(operation), std::string(group::name), "ciphertext", size,
             time.us() / static_cast<double>(size)});
  };
  add("decode and hash the list", decode);
  add("opening of a list by one trustee", answer);
  add("verify one answer", check);
  add("combine six answers", together);
  add("read codes of slots, table included", read);
}

// Choices of 21 of 5,063, made by the constant-time encoder, as often as the list is long.
void measure_reading(report& out, std::size_t size, int samples, random_source& random) {
  forget_peak();
  constexpr std::size_t different = 16;
  const packed_numbers numbers(
      packed_shape::derive({.options = 5063, .max_choices = 21, .min_choices = 1},
                           packed_order::subset)
          .value());
  const auto key = group::base("blind", {}, 2);
  const auto election =
      proof_election<group>::make({}, {}, election_domain::drill, encoded_element<group>(key), {})
          .value();
  const prover_tables<group> tables(election);
  std::vector<group::element> elements;
  for (std::size_t i = 0; i < different; ++i) {
    bytes choices(5063);
    for (std::size_t j = 0; j < 21; ++j) {
      choices[241 * j + 7 * i] = std::byte{1};
    }
    const auto parts =
        parts_of_subset(numbers, secret_bytes(choices), secret_bytes(bytes{})).value();
    const packed_context<group> context{.election = election,
                                        .shape = numbers.shape(),
                                        .contest_id = "contest",
                                        .descriptor = {},
                                        .branch = branch_index(1),
                                        .device = device_index(1),
                                        .number = serial(1),
                                        .style = style_index(0),
                                        .digits = 10'000};
    const auto made =
        encrypt_packed(tables, context, parts, nonce_seed(random_secret<32>(random))).value();
    const auto r = declassify<"the nonce of a benchmark">(made.r[0]);
    elements.push_back(made.ciphertexts[1] - group::mul_vartime(r, key));
  }
  for (std::size_t i = different; i < size; ++i) {
    elements.push_back(elements[i % different]);
  }
  const encoded_elements<group> opened(std::move(elements));
  const auto shape = shuffle_shape::with_rows(size, 1, 1).value();
  smallest read;
  for (int i = 0; i < samples; ++i) {
    read.of([&] {
      sequential_executor here;
      require(read_choices(numbers, shape, opened, here).value().valid.size() == size);
    });
  }
  out.add({"opening", "read packed choices, 21 of 5,063", std::string(group::name), "ballot", size,
           read.us() / static_cast<double>(size)});
}

}  // namespace

void measure_openings(report& out, const opening_plan& plan) {
  out.begin("Opening of mixed lists, two boards of three out of five");
  system_random random;
  const two_boards key(random);
  for (const std::size_t size : plan.sizes) {
    measure_opening(out, key, size, plan.samples, random);
  }
  measure_reading(out, 1'000, plan.samples, random);
}

}  // namespace sandoq::bench
