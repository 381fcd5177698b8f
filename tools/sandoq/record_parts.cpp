#include "record_parts.hpp"

#include <utility>

#include "sandoq/mixnet/element_list.hpp"

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

result<void> put_sums(record_writer& writer, std::span<const opened_sum> sums) {
  result<void> done;
  for (const opened_sum& sum : sums) {
    done = done ? writer.put(item_kind::request, sum.request.encode()) : std::move(done);
    done = done ? put_all(writer, item_kind::partial, sum.answers) : std::move(done);
  }
  return done;
}

result<void> put_elements(record_writer& writer, byte_view list) {
  result<void> done;
  const std::size_t parts = element_list_parts(list.size() / mix_elements::element_bytes);
  for (std::size_t part = 0; done && part < parts; ++part) {
    done = writer.put(item_kind::mix_elements, element_list_part(list, part));
  }
  return done;
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

result<void> put_mix(record_writer& writer, std::span<const mixed_ballots> mixed,
                     std::span<const opened_list> lists) {
  result<void> done;
  for (std::size_t g = 0; g < mixed.size(); ++g) {
    done = done ? writer.put(item_kind::mix_group, mixed[g].group.encode()) : std::move(done);
    for (const mixed_stage& stage : mixed[g].stages) {
      done = done ? writer.put(item_kind::mix_stage, stage.item.encode()) : std::move(done);
      done = done ? put_elements(writer, stage.outputs) : std::move(done);
    }
    for (const list_answer& answer : lists[g].answers) {
      const mix_factors header{
          mixed[g].group.group, answer.item.board, answer.item.trustee,
          static_cast<std::uint32_t>(answer.factors.size() / mix_elements::element_bytes)};
      done = done ? writer.put(item_kind::mix_factors, header.encode()) : std::move(done);
      done = done ? put_elements(writer, answer.factors) : std::move(done);
    }
  }
  return done;
}

result<void> put_opening(record_writer& writer, const opened_election& opened,
                         const tie_items& ties, std::span<const contest_allocation> allocations) {
  const std::span sums(opened.opened);
  result<void> done = put_sums(writer, sums.first(opened.totals));
  for (const opened_list& list : opened.lists) {
    done = done ? writer.put(item_kind::list_request, list.request.encode()) : std::move(done);
    for (const list_answer& answer : list.answers) {
      done = done ? writer.put(item_kind::list_partial, answer.item.encode()) : std::move(done);
    }
  }
  done = done ? put_sums(writer, sums.subspan(opened.totals)) : std::move(done);
  done = done ? put_all(writer, item_kind::result, opened.results) : std::move(done);
  done = done ? put_all(writer, item_kind::subtotal, opened.subtotals) : std::move(done);
  done = done ? put_all(writer, item_kind::attributes, ties.attributes) : std::move(done);
  done = done ? put_all(writer, item_kind::lot_reveal, ties.reveals) : std::move(done);
  if (done && ties.beacon) {
    done = writer.put(item_kind::lot_beacon, ties.beacon->encode());
  }
  done = done ? put_all(writer, item_kind::resolution, ties.resolutions) : std::move(done);
  return done ? put_all(writer, item_kind::allocation, allocations) : std::move(done);
}

}  // namespace sandoq::tool
