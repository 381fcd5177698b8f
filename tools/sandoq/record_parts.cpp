#include "record_parts.hpp"

#include <utility>

namespace sandoq::tool {
namespace {

template <class Items>
result<void> put_all(record_writer& writer, item_kind kind, const Items& items) {
  for (const auto& item : items) {
    if (auto done = writer.put(kind, item.encode()); !done) {
      return done;
    }
  }
  return {};
}

}  // namespace

result<void> put_ceremony(record_writer& writer, std::span<const ceremony_items> attempts,
                          const election_key& published) {
  result<void> done;
  for (const ceremony_items& items : attempts) {
    done = done ? put_all(writer, item_kind::dkg_absence, items.absences) : std::move(done);
    done = done ? put_all(writer, item_kind::dkg_commit, items.commits) : std::move(done);
    done = done ? put_all(writer, item_kind::dkg_reveal, items.reveals) : std::move(done);
    done = done ? put_all(writer, item_kind::dkg_deal, items.deals) : std::move(done);
    done = done ? put_all(writer, item_kind::dkg_complaint, items.complaints) : std::move(done);
    done = done ? put_all(writer, item_kind::dkg_confirm, items.confirms) : std::move(done);
  }
  return done ? writer.put(item_kind::election_key, published.encode()) : std::move(done);
}

result<void> put_tally(record_writer& writer, std::span<const tally_node> nodes) {
  return put_all(writer, item_kind::tally_node, nodes);
}

result<void> put_lot_commits(record_writer& writer, std::span<const lot_commit> commits) {
  return put_all(writer, item_kind::lot_commit, commits);
}

result<void> put_opening(record_writer& writer, const opened_election& opened,
                         const tie_items& ties) {
  result<void> done;
  for (const opened_sum& sum : opened.opened) {
    done = done ? writer.put(item_kind::request, sum.request.encode()) : std::move(done);
    done = done ? put_all(writer, item_kind::partial, sum.answers) : std::move(done);
  }
  done = done ? put_all(writer, item_kind::result, opened.results) : std::move(done);
  done = done ? put_all(writer, item_kind::subtotal, opened.subtotals) : std::move(done);
  done = done ? put_all(writer, item_kind::attributes, ties.attributes) : std::move(done);
  done = done ? put_all(writer, item_kind::lot_reveal, ties.reveals) : std::move(done);
  if (done && ties.beacon) {
    done = writer.put(item_kind::lot_beacon, ties.beacon->encode());
  }
  return done ? put_all(writer, item_kind::resolution, ties.resolutions) : std::move(done);
}

}  // namespace sandoq::tool
