#pragma once

// Where the fields of an item stand in its bytes, by a table of their order that follows the
// grammar of the specification and not the decoders: so a test can change each field alone, and a
// field that no table names is noticed because bytes are left over.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandoq/core/bytes.hpp"
#include "sandoq/record/items.hpp"

namespace sandoq::testing {

/// Everything is built of these. `group` holds fields one after another, `list` a count of groups,
/// `when` fields that are there only if the last u8 of that name, in the same list or above it, has
/// one of the values whose bits are set in size_bytes.
enum class shape { u8, u16, u32, u64, octets, domain, element, scalar, text, group, list, when };

struct field {
  std::string_view name;
  shape what;
  std::size_t size_bytes = 0;  ///< of octets; of `when` the values
  std::vector<field> inner{};  ///< of group and list
};

/// The fields of a kind of item, in order. Aborts on a kind that the table does not know: a new
/// kind is added in item_fields.cpp.
[[nodiscard]] const std::vector<field>& layout_of(item_kind kind);

/// A field as it stands in an item. The name of a list is that of its count and items together.
struct located_field {
  std::string path;  ///< "boards/trustees/id": names only, no numbers
  shape what;
  std::size_t at = 0;
  std::size_t size_bytes = 0;
  std::size_t count = 0;    ///< of a list
  std::size_t last_at = 0;  ///< of a list: where its last item begins
};

/// Every field of an item, lists before what is in them. Nothing if the bytes are longer or shorter
/// than the table says.
[[nodiscard]] std::optional<std::vector<located_field>> locate_fields(item_kind kind,
                                                                      byte_view canonical);

/// Every path that the table has, in its order: what some item should show.
[[nodiscard]] std::vector<std::string> paths_of(item_kind kind);

/// Ways to change a field that leave the item one that a decoder may read.
enum class change_kind {
  value,    ///< another value of its type: another element of the group, the next number, ...
  repeat,   ///< of a list: its last item stands twice
  drop,     ///< of a list: its last item is missing
  no_value  ///< of an element or scalar: 32 bytes that are none
};
[[nodiscard]] std::vector<change_kind> changes_of(const located_field& f);

/// The item with that one field changed.
[[nodiscard]] bytes changed_item(byte_view canonical, const located_field& f, change_kind change);

}  // namespace sandoq::testing
