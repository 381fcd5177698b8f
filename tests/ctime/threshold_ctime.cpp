// Dealing, receiving and partial decryption: polynomials, shares, boxes and keys are secret. A
// whole ceremony and an opening run, and everything published is verified in variable time, so a
// value that was not released on purpose is found as well.

#include <utility>
#include <vector>

#include "sandoq/threshold/ceremony_check.hpp"
#include "sandoq/threshold/combine.hpp"
#include "sandoq/threshold/memory_secret.hpp"
#include "sandoq/threshold/polynomial_secret.hpp"
#include "sandoq/threshold/share_box_secret.hpp"
#include "tests/ctime/ctime_program.hpp"
#include "tests/support/ceremony_fixture.hpp"
#include "tests/support/deterministic_random.hpp"
#include "tests/support/list_fixture.hpp"

namespace {

using namespace sandoq;  // NOLINT(google-build-using-namespace): a program of its own
using testing::claim;
using testing::require;
using G = ristretto255;
using ops = secret_ops<G>;

void shares(random_source& source) {
  const auto f = secret_polynomial<G>::random(3, source);
  for (const std::uint32_t at : {1U, 64U}) {
    claim(f.evaluate(at), "secret_polynomial::evaluate");
  }
  const std::vector<G::element> commitments = f.commitments();
  require(!G::is_identity(commitments[0]), "secret_polynomial::commitments");

  const auto key = ops::random_scalar(source);
  const encoded_element<G> public_key(declassify<"test: a public key">(ops::mul_base(key)));
  const share_route route{{}, {}, board_index(0), trustee_index(1), trustee_index(2)};
  const auto share = f.evaluate(2);
  auto box = seal_share(route, public_key, share, source);
  const auto opened = open_share(route, key, public_key, box);
  require(opened.has_value(), "open_share");
  claim(*opened, "open_share");
  require(declassify<"test: the share is known">(*opened) ==
              declassify<"test: the share is known">(share),
          "open_share gives the share");
  box.box[40] ^= std::byte{1};
  require(!open_share(route, key, public_key, box), "open_share refuses a changed box");
}

// A whole list, answered by every trustee.
void mixed_list(testing::ceremony_fixture& election) {
  const std::vector<G::element> plaintexts(3, G::generator());
  testing::list_fixture list(election, plaintexts, 1);
  claim(election.holders()[0].memory().share.share, "a share");
  std::vector<list_answer> answers;
  for (const std::size_t place : {0U, 1U, 2U}) {
    answers.push_back(list.answer(place));
  }
  const auto keys = decode_keys(election.published()).value();
  const auto verified = verify_list_answers(list.decoded(), election.keys(), keys,
                                            std::move(answers), election.workers());
  require(verified.rejected().empty(), "verify_list_answers");
  require(combine(list.decoded(), election.sizes(), verified, election.workers()).value() ==
              encoded_elements<G>(plaintexts),
          "combine of a list");
}

void ceremony_and_opening(testing::deterministic_random& random) {
  testing::ceremony_fixture election({{2, 2}, {1, 1}}, random);
  require(election.run().has_value(), "ceremony");
  require(check_ceremony(election.context(), election.boards(), {&election.items(), 1},
                         election.published(), election.workers())
              .accepted(),
          "check_ceremony");

  const std::uint64_t counts[] = {2, 0};
  opening_request request = testing::make_request(election, counts, 2);
  const auto grounds = testing::make_grounds({{2, 0}});
  require(testing::collect_quorum(election, grounds, request).has_value(), "approve");
  std::vector<partial_decryption> answers;
  std::size_t place = 0;
  for (const auto& held : election.holders()) {
    const secret_bytes stored = encode(held.memory());
    claim(stored, "encode of holder_memory");
    auto memory = decode_holder_memory(stored);
    require(memory.has_value(), "decode_holder_memory");
    claim(memory->share.share, "decode_holder_memory");
    auto resumed = key_holder::resume(held.context(), election.boards(), std::move(*memory),
                                      election.identity(place++).signing, held.log());
    require(resumed.has_value(), "key_holder::resume");
    auto& holder = *resumed;
    require(holder.sign("close", digest32{}, random).has_value(), "sign");
    auto answer = holder.answer(request, {grounds, request.subject()}, random);
    require(answer.has_value(), "answer");
    answers.push_back(*answer);
  }
  const auto decoded = decode_elements(request).value();
  const auto keys = decode_keys(election.published()).value();
  const auto verified = verify_answers(decoded, election.keys(), keys, answers, election.workers());
  require(verified.rejected().empty(), "verify_answers");
  const auto opened = combine(decoded, election.sizes(), verified).value();
  require(opened[0] == G::mul_base_vartime(G::scalar_from_u64(2)) && G::is_identity(opened[1]),
          "combine");
  mixed_list(election);
}

// A program that ends after round 1.
void ceremony_in_parts(testing::deterministic_random& random) {
  testing::ceremony_fixture election({{2, 2}}, random);
  const auto plan = std::make_shared<ceremony_plan>(election.plan());
  auto step = commit_to_key(plan, election.identity(0), random);
  require(step.has_value(), "commit_to_key");
  const secret_bytes stored = encode(step->state.memory());
  claim(stored, "encode of ceremony_memory");
  auto memory = decode_ceremony_memory(stored);
  require(memory.has_value(), "decode_ceremony_memory");
  claim(memory->polynomial.coefficients()[1], "decode_ceremony_memory");
  require(resume_commit(plan, election.identity(0), std::move(*memory), step->message).has_value(),
          "resume_commit");
}

// A share that is off the polynomial and a box that does not open are refused without a branch on
// what they hold.
void refusals(testing::deterministic_random& random) {
  testing::ceremony_fixture election({{2, 2}}, random);
  testing::ceremony_hooks hooks;
  hooks.deals = [&](std::vector<dkg_deal>& all) {
    const auto& context = election.context();
    const share_route route{context.manifest_hash,
                            hash_of_commitments(election.attempt(), election.items().commits),
                            board_index(0), trustee_index(2), trustee_index(1)};
    all[1].shares[0] = seal_share(route, election.plan().boards[0].trustees[0].encryption,
                                  ops::random_scalar(random), random);
    election.sign_again(all[1], "dkg/deal");
  };
  require(!election.run(0, hooks), "a share off the polynomial");
}

}  // namespace

int main() {
  testing::require_checker();
  testing::deterministic_random random(7);
  shares(random);
  ceremony_and_opening(random);
  ceremony_in_parts(random);
  refusals(random);
  return 0;
}
