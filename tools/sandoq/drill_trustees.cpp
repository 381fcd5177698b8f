#include "drill_trustees.hpp"

#include <memory>
#include <utility>

#include "sandoq/core/contract.hpp"

namespace sandoq::tool {
namespace {

/// Plays one round: every state gives way to the next one, and every message goes on the list.
template <class Next, class Message, class State, class Step>
result<std::vector<Next>> play(std::vector<State> states, std::vector<Message>& published,
                               const Step& step) {
  std::vector<Next> next;
  for (State& state : states) {
    auto done = step(std::move(state));
    if (!done) {
      return tl::unexpected(std::move(done.error()));
    }
    next.push_back(std::move(done->state));
    published.push_back(std::move(done->message));
  }
  return next;
}

}  // namespace

result<drill_trustees> drill_trustees::enrol(manifest& plan, random_source& random) {
  drill_trustees out;
  for (std::size_t b = 0; b < plan.boards.size(); ++b) {
    board_entry& board = plan.boards[b];
    out.thresholds_.push_back(board.threshold);
    for (std::size_t i = 0; i < board.trustees.size(); ++i) {
      trustee_entry& entry = board.trustees[i];
      const board_index at_board{static_cast<std::uint32_t>(b)};
      const trustee_index number{static_cast<std::uint32_t>(i + 1)};
      trustee_secrets secrets = trustee_secrets::generate(random);
      auto filled = secrets.roster_entry({plan.domain, plan.election, at_board, number}, entry.id,
                                         entry.labels, random);
      if (!filled) {
        return tl::unexpected(std::move(filled.error()));
      }
      entry = std::move(*filled);
      if (i == 0) {
        auto signing = signing_key<ristretto255>::from_scalar(secrets.signing().scalar().clone());
        if (!signing) {
          return tl::unexpected(std::move(signing.error()));
        }
        out.mixers_.push_back(std::move(*signing));
      }
      out.enrolled_.push_back({at_board, number, std::move(secrets)});
    }
  }
  if (plan.authority) {
    out.authority_ = signing_key<ristretto255>::generate(random);
    auto made = make_authority(*out.authority_, plan.domain, plan.election, plan.authority->id,
                               plan.authority->labels, random);
    if (!made) {
      return tl::unexpected(std::move(made.error()));
    }
    plan.authority = std::move(*made);
  }
  return out;
}

result<void> drill_trustees::hold_ceremony(const manifest& plan, executor& workers,
                                           random_source& random) {
  auto rules = std::make_shared<ceremony_plan>();
  rules->boards.resize(plan.boards.size());
  for (std::size_t b = 0; b < plan.boards.size(); ++b) {
    rules->boards[b].threshold = plan.boards[b].threshold;
  }
  for (const keys_of_trustee& each : enrolled_) {
    rules->boards[each.board.value()].trustees.push_back(each.secrets.public_keys());
  }
  rules->attempt =
      first_attempt({manifest_hash(plan.encode()), plan.domain}, sizes_of(rules->boards));
  const std::shared_ptr<const ceremony_plan> agreed = std::move(rules);
  auto committed = play<committed_trustee>(
      std::move(enrolled_), items_.commits,
      [&](keys_of_trustee each) -> result<ceremony_step<committed_trustee, dkg_commit>> {
        auto signing =
            signing_key<ristretto255>::from_scalar(each.secrets.signing().scalar().clone());
        if (!signing) {
          return tl::unexpected(std::move(signing.error()));
        }
        return commit_to_key(
            agreed,
            {each.board, each.trustee, std::move(*signing), each.secrets.encryption().clone()},
            random);
      });
  if (!committed) {
    return tl::unexpected(std::move(committed.error()));
  }
  auto revealed =
      play<revealed_trustee>(std::move(*committed), items_.reveals, [&](committed_trustee each) {
        return std::move(each).reveal(items_.commits, workers, random);
      });
  if (!revealed) {
    return tl::unexpected(std::move(revealed.error()));
  }
  auto dealt = play<dealt_trustee>(std::move(*revealed), items_.deals, [&](revealed_trustee each) {
    return std::move(each).deal(items_.reveals, workers, random);
  });
  if (!dealt) {
    return tl::unexpected(std::move(dealt.error()));
  }
  auto confirmed = play<confirmed_trustee>(
      std::move(*dealt), items_.confirms,
      [&](dealt_trustee each) { return std::move(each).confirm(items_.deals, workers, random); });
  if (!confirmed) {
    return tl::unexpected(std::move(confirmed.error()));
  }
  holders_.resize(plan.boards.size());
  for (confirmed_trustee& each : *confirmed) {
    auto holder = std::move(each).finish(items_.confirms, workers);
    if (!holder) {
      return tl::unexpected(std::move(holder.error()));
    }
    holders_[holder->board().value()].push_back(std::move(*holder));
  }
  return {};
}

std::size_t drill_trustees::first_present(std::size_t board) const {
  return holders_[board].size() - thresholds_[board];
}

result<quorum> drill_trustees::sign(literal purpose, const digest32& digest,
                                    random_source& random) const {
  quorum out;
  for (std::size_t b = 0; b < holders_.size(); ++b) {
    auto& signatures = out.boards.emplace_back();
    for (std::size_t i = 0; i < thresholds_[b]; ++i) {
      auto signature = holders_[b][i].sign(purpose, digest, random);
      if (!signature) {
        return tl::unexpected(std::move(signature.error()));
      }
      signatures.push_back({holders_[b][i].trustee().value(), *signature});
    }
  }
  return out;
}

mixer_identity drill_trustees::mixer(board_index board) const {
  return {board, trustee_index{1}, mixers_[board.value()]};
}

template <class Request, class Own>
result<quorum> drill_trustees::collect_approvals(const Request& request, const Own& own,
                                                 random_source& random) {
  quorum out;
  for (std::size_t b = 0; b < holders_.size(); ++b) {
    auto& signatures = out.boards.emplace_back();
    for (std::size_t i = first_present(b); i < holders_[b].size(); ++i) {
      auto signature = holders_[b][i].approve(request, own, random);
      if (!signature) {
        return tl::unexpected(std::move(signature.error()));
      }
      signatures.push_back({holders_[b][i].trustee().value(), *signature});
    }
  }
  return out;
}

result<quorum> drill_trustees::approve(const opening_request& request,
                                       const key_holder::own_record& own, random_source& random) {
  return collect_approvals(request, own, random);
}

result<quorum> drill_trustees::approve(const list_request& request, const key_holder::own_list& own,
                                       random_source& random) {
  return collect_approvals(request, own, random);
}

result<std::vector<list_answer>> drill_trustees::answer(const list_request& request,
                                                        const key_holder::own_list& own,
                                                        executor& workers, random_source& random) {
  std::vector<list_answer> out;
  for (std::size_t b = 0; b < holders_.size(); ++b) {
    for (std::size_t i = first_present(b); i < holders_[b].size(); ++i) {
      auto answer = holders_[b][i].answer(request, own, random, workers);
      if (!answer) {
        return tl::unexpected(std::move(answer.error()));
      }
      out.push_back(std::move(*answer));
    }
  }
  return out;
}

result<std::vector<partial_decryption>> drill_trustees::answer(const opening_request& request,
                                                               const key_holder::own_record& own,
                                                               random_source& random) {
  std::vector<partial_decryption> out;
  for (std::size_t b = 0; b < holders_.size(); ++b) {
    for (std::size_t i = first_present(b); i < holders_[b].size(); ++i) {
      auto answer = holders_[b][i].answer(request, own, random);
      if (!answer) {
        return tl::unexpected(std::move(answer.error()));
      }
      out.push_back(std::move(*answer));
    }
  }
  return out;
}

result<std::vector<lot_commit>> drill_trustees::commit_to_lot(const lot_context& context,
                                                              random_source& random) {
  std::vector<lot_commit> out;
  for (std::uint32_t b = 0; b < holders_.size(); ++b) {
    lot_values_.push_back(lot_value::draw(board_index{b}, random));
    lot_commit& commit = out.emplace_back(lot_values_.back().commit(context));
    for (std::size_t i = 0; i < thresholds_[b]; ++i) {
      auto signature = holders_[b][i].sign("lot/commit", commit.signed_digest(), random);
      if (!signature) {
        return tl::unexpected(std::move(signature.error()));
      }
      commit.signatures.push_back({holders_[b][i].trustee().value(), *signature});
    }
  }
  return out;
}

result<wire_signature> drill_trustees::sign_as_authority(literal purpose,
                                                         const lot_context& context,
                                                         const digest32& digest,
                                                         random_source& random) const {
  SANDOQ_EXPECTS(authority_.has_value(), "a manifest with attributes has an authority");
  return sandoq::sign(
      *authority_, signed_message{purpose, context.domain, context.election_hash, digest}, random);
}

std::vector<lot_reveal> drill_trustees::reveal_lot() {
  std::vector<lot_reveal> out;
  for (lot_value& value : lot_values_) {
    out.push_back(std::move(value).reveal());
  }
  lot_values_.clear();
  return out;
}

}  // namespace sandoq::tool
