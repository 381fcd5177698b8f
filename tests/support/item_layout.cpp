#include "tests/support/item_layout.hpp"

#include <algorithm>
#include <utility>

#include "sandoq/core/contract.hpp"
#include "sandoq/group/ristretto255.hpp"
#include "tests/support/record_faults.hpp"

namespace sandoq::testing {

namespace {

using G = ristretto255;
using fields = std::vector<field>;
using enum shape;

std::size_t fixed_size(const field& f) {
  switch (f.what) {
    case u8:
    case domain:
      return 1;
    case u16:
      return 2;
    case u32:
      return 4;
    case u64:
      return 8;
    case element:
    case scalar:
      return 32;
    default:
      return f.size_bytes;
  }
}

class locator {
 public:
  explicit locator(byte_view in) : in_(in) {}

  bool walk(const fields& all, const std::string& prefix) {
    return std::ranges::all_of(all, [&](const field& f) { return walk_one(f, prefix); });
  }
  [[nodiscard]] bool at_end() const { return at_ == in_.size(); }
  [[nodiscard]] std::vector<located_field> take() { return std::move(found_); }

 private:
  bool walk_one(const field& f, const std::string& prefix) {
    const std::string path = prefix + std::string(f.name);
    const std::size_t begin = at_;
    switch (f.what) {
      case group:
        return walk(f.inner, path + '/');
      case when:
        return !selects(f, prefix) || walk(f.inner, prefix);
      case list: {
        const std::size_t place = found_.size();
        found_.push_back({path, list, begin, 0, 0, begin + 4});
        const auto count = number();
        if (!count) {
          return false;
        }
        for (std::size_t i = 0; i < *count; ++i) {
          found_[place].last_at = at_;
          if (!walk(f.inner, path + '/')) {
            return false;
          }
        }
        found_[place].count = *count;
        found_[place].size_bytes = at_ - begin;
        return true;
      }
      case text: {
        const auto length = number();
        if (!length || !skip(*length)) {
          return false;
        }
        found_.push_back({path, text, begin + 4, *length});
        return true;
      }
      default:
        found_.push_back({path, f.what, begin, fixed_size(f)});
        return skip(fixed_size(f));
    }
  }
  // Whether the selector that stood last before it has one of the values.
  bool selects(const field& f, const std::string& prefix) const {
    const std::string path = prefix + std::string(f.name);
    const auto at = std::find_if(found_.rbegin(), found_.rend(),
                                 [&](const located_field& l) { return l.path == path; });
    return at != found_.rend() &&
           (f.size_bytes >> std::to_integer<std::size_t>(in_[at->at]) & 1U) != 0;
  }
  bool skip(std::size_t size_bytes) {
    const bool there = size_bytes <= in_.size() - at_;
    at_ += there ? size_bytes : 0;
    return there;
  }
  std::optional<std::size_t> number() {
    if (in_.size() - at_ < 4) {
      return std::nullopt;
    }
    std::size_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value |= std::to_integer<std::size_t>(in_[at_++]) << (8 * i);
    }
    return value;
  }

  byte_view in_;
  std::size_t at_ = 0;
  std::vector<located_field> found_;
};

void collect_paths(const fields& all, const std::string& prefix, std::vector<std::string>& out) {
  for (const field& f : all) {
    const std::string path = prefix + std::string(f.name);
    if (f.what != group && f.what != when) {
      out.push_back(path);
    }
    collect_paths(f.inner, f.what == when ? prefix : path + '/', out);
  }
}

void set_count(bytes& item, std::size_t at, std::size_t count) {
  for (std::size_t i = 0; i < 4; ++i) {
    item[at + i] = static_cast<std::byte>(count >> (8 * i));
  }
}

void put(bytes& item, std::size_t at, byte_view octets) {
  std::copy(octets.begin(), octets.end(), item.begin() + static_cast<std::ptrdiff_t>(at));
}

void change_value(bytes& item, const located_field& f) {
  const byte_view old = byte_view(item).subspan(f.at, f.size_bytes);
  switch (f.what) {
    case element:
      put(item, f.at, G::encode(G::decode(old).value() + G::generator()));
      break;
    case scalar:
      put(item, f.at, G::encode_scalar(G::decode_scalar(old).value() + G::scalar_from_u64(1)));
      break;
    case domain:
      item[f.at] ^= std::byte{3};
      break;
    case octets:
    case text:
      // The last bit of UTF-8 can be changed without breaking it.
      item[f.at + f.size_bytes - 1] ^= std::byte{1};
      break;
    default:
      item[f.at] ^= std::byte{1};
  }
}

}  // namespace

std::optional<std::vector<located_field>> locate_fields(item_kind kind, byte_view canonical) {
  locator at(canonical);
  if (!at.walk(layout_of(kind), "") || !at.at_end()) {
    return std::nullopt;
  }
  return at.take();
}

std::vector<std::string> paths_of(item_kind kind) {
  std::vector<std::string> out;
  collect_paths(layout_of(kind), "", out);
  return out;
}

std::vector<change_kind> changes_of(const located_field& f) {
  switch (f.what) {
    case list:
      return f.count == 0 ? std::vector<change_kind>{}
                          : std::vector{change_kind::repeat, change_kind::drop};
    case element:
    case scalar:
      return {change_kind::value, change_kind::no_value};
    default:
      return f.size_bytes == 0 ? std::vector<change_kind>{} : std::vector{change_kind::value};
  }
}

bytes changed_item(byte_view canonical, const located_field& f, change_kind change) {
  bytes item(canonical.begin(), canonical.end());
  const auto last = item.begin() + static_cast<std::ptrdiff_t>(f.last_at);
  const auto end = item.begin() + static_cast<std::ptrdiff_t>(f.at + f.size_bytes);
  switch (change) {
    case change_kind::value:
      change_value(item, f);
      break;
    case change_kind::no_value:
      put(item, f.at, f.what == scalar ? scalar_too_large() : bytes_of_no_element());
      break;
    case change_kind::repeat: {
      const bytes copy(last, end);
      item.insert(end, copy.begin(), copy.end());
      set_count(item, f.at, f.count + 1);
      break;
    }
    case change_kind::drop:
      item.erase(last, end);
      set_count(item, f.at, f.count - 1);
      break;
  }
  return item;
}

}  // namespace sandoq::testing
