#include "manifest_names.hpp"

#include <algorithm>

namespace sandoq::tool {
namespace {

const label_list no_labels;

template <typename List>
auto find_by_id(const List& list, std::string_view id) {
  const auto at =
      std::find_if(list.begin(), list.end(), [id](const auto& entry) { return entry.id == id; });
  return at == list.end() ? nullptr : &*at;
}

}  // namespace

manifest_names::manifest_names(const record_verdict& found)
    : election_(found.election ? &*found.election : nullptr) {
  if (election_ == nullptr) {
    return;
  }
  for (std::size_t i = 0; i < election_->nodes.size(); ++i) {
    places_.emplace(election_->nodes[i].id, i);
  }
  for (std::size_t i = 0; i < election_->contests.size(); ++i) {
    contests_.emplace(election_->contests[i].id, i);
  }
}

const label_list& manifest_names::place(std::string_view id) const {
  const auto at = places_.find(id);
  return at == places_.end() ? no_labels : election_->nodes[at->second].labels;
}

const contest_entry* manifest_names::contest(std::string_view id) const {
  const auto at = contests_.find(id);
  return at == contests_.end() ? nullptr : &election_->contests[at->second];
}

const board_entry* manifest_names::board_of(std::string_view id) const {
  return election_ == nullptr ? nullptr : find_by_id(election_->boards, id);
}

const label_list& manifest_names::board(std::string_view id) const {
  const board_entry* found = board_of(id);
  return found == nullptr ? no_labels : found->labels;
}

const label_list& manifest_names::trustee(std::string_view board, std::string_view id) const {
  const board_entry* found = board_of(board);
  const trustee_entry* trustee = found == nullptr ? nullptr : find_by_id(found->trustees, id);
  return trustee == nullptr ? no_labels : trustee->labels;
}

const label_list& option_labels(const contest_entry* contest, std::string_view id) {
  if (contest == nullptr) {
    return no_labels;
  }
  if (const option_entry* option = find_by_id(contest->options, id); option != nullptr) {
    return option->labels;
  }
  if (!id.starts_with(list_count_prefix)) {
    return no_labels;
  }
  const party_list* list = find_by_id(contest->lists, id.substr(list_count_prefix.size()));
  return list == nullptr ? no_labels : list->labels;
}

}  // namespace sandoq::tool
