#include <utility>

#include "../clock.hpp"
#include "booth_stage.hpp"
#include "booth_steps.hpp"
#include "exchange_items.hpp"
#include "journal_file.hpp"
#include "statements.hpp"

namespace sandoq::tool {
namespace {

/// Signs the close, if that has not happened yet. The close waits in the memory afterwards.
result<close_item> sign_close(booth_folder& folder, random_source& random) {
  if (folder.state().closed) {
    return *folder.state().closed;
  }
  if (stage_of(folder.state()) == device_stage::closing) {
    return *folder.state().memory->closing;
  }
  if (stage_of(folder.state()) != device_stage::ready) {
    return wrong_stage(folder.state(),
                       "open, with no ballot waiting (sandoq booth void ends one that waits)");
  }
  auto trees = folder.trees();
  if (!trees) {
    return tl::unexpected(std::move(trees.error()));
  }
  const device_site site = folder.site(folder.state().place());
  auto ready = ready_device::resume(site, folder.take_memory(), std::move(*trees));
  if (!ready) {
    return tl::unexpected(std::move(ready.error()));
  }
  const auto closing = std::move(*ready).close(now(), random);
  if (!closing) {
    return tl::unexpected(closing.error());
  }
  close_item item = closing->item();
  if (auto done = folder.store(closing->memory()); !done) {
    return tl::unexpected(std::move(done.error()));
  }
  return item;
}

}  // namespace

result<std::vector<std::string>> close_device(booth_folder& folder, bulletin& board,
                                              random_source& random) {
  const auto item = sign_close(folder, random);
  if (!item) {
    return tl::unexpected(item.error());
  }
  const auto tokens = folder.tokens();
  if (!tokens) {
    return tl::unexpected(tokens.error());
  }
  const statement what = state(item_kind::close, *item);
  std::vector<std::string> names;
  const auto add = [&names](result<std::string> published) -> result<void> {
    if (!published) {
      return tl::unexpected(std::move(published.error()));
    }
    names.push_back(std::move(*published));
    return {};
  };
  auto done = add(publish_journal(board, folder.journal(), item->place));
  if (done && folder.plan().eligibility != eligibility_log::none) {
    done = add(board.publish("tokens-" + place_stem(item->place), *tokens));
  }
  done = done ? add(board.publish(stem_of(what), what)) : std::move(done);
  if (done && !folder.state().closed) {
    done = folder.erase_secrets(*item);
  }
  if (!done) {
    return tl::unexpected(std::move(done.error()));
  }
  return names;
}

}  // namespace sandoq::tool
