#include "csv.hpp"

#include <utility>

#include "sandoq/core/bytes.hpp"

namespace sandoq::tool {

csv_reader::csv_reader(std::unique_ptr<byte_source> source, std::string name)
    : source_(std::move(source)), name_(std::move(name)) {}

tl::unexpected<error> csv_reader::failure(errc code, const std::string& reason) const {
  return fail(code, name_ + ", line " + std::to_string(record_line_), reason);
}

result<bool> csv_reader::fill() {
  auto got = source_->read(buffer_);
  if (!got) {
    return tl::unexpected(std::move(got.error()));
  }
  at_ = 0;
  size_ = *got;
  return size_ > 0;
}

result<int> csv_reader::peek() {
  if (at_ == size_) {
    auto more = fill();
    if (!more) {
      return tl::unexpected(std::move(more.error()));
    }
    if (!*more) {
      return end_of_file;
    }
  }
  return static_cast<unsigned char>(buffer_[at_]);
}

result<int> csv_reader::get() {
  auto byte = peek();
  if (byte && *byte != end_of_file) {
    ++at_;
    if (*byte == '\n') {
      ++line_;
    }
  }
  return byte;
}

result<void> csv_reader::skip_byte_order_mark() {
  if (auto first = peek(); !first) {
    return tl::unexpected(std::move(first.error()));
  }
  if (size_ >= 3 && std::string_view(buffer_.data(), 3) == "\xEF\xBB\xBF") {
    at_ = 3;
  }
  return {};
}

result<void> csv_reader::append(std::string& field, int byte) const {
  if (field.size() == max_field_bytes) {
    return failure(errc::too_large,
                   "a field is longer than 4,096 bytes; is a closing quote missing?");
  }
  field.push_back(static_cast<char>(byte));
  return {};
}

/// Turns what stands after a field into ',' or '\n' or end_of_file.
result<int> csv_reader::end_of_field(int byte) {
  if (byte != '\r') {
    return byte;
  }
  auto after = get();
  if (after && *after != '\n') {
    return failure(errc::bad_encoding,
                   "a carriage return stands without a line feed; put such text in quotes");
  }
  return after;
}

result<int> csv_reader::read_plain(std::string& field) {
  for (;;) {
    auto byte = get();
    if (!byte) {
      return byte;
    }
    if (*byte == ',' || *byte == '\n' || *byte == '\r' || *byte == end_of_file) {
      return end_of_field(*byte);
    }
    if (*byte == '"') {
      return failure(errc::bad_encoding,
                     "a quote stands inside a field; quote the whole field and double it");
    }
    if (auto done = append(field, *byte); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
}

result<int> csv_reader::read_quoted(std::string& field) {
  for (;;) {
    auto byte = get();
    if (!byte) {
      return byte;
    }
    if (*byte == end_of_file) {
      return failure(errc::truncated, "the file ends inside a quoted field");
    }
    if (*byte == '"') {
      auto after = get();
      if (!after) {
        return after;
      }
      if (*after != '"') {
        if (*after != ',' && *after != '\n' && *after != '\r' && *after != end_of_file) {
          return failure(errc::bad_encoding, "text stands after a closing quote");
        }
        return end_of_field(*after);
      }
    }
    if (auto done = append(field, *byte); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
}

result<int> csv_reader::read_field(std::string& field) {
  field.clear();
  auto first = peek();
  if (!first) {
    return first;
  }
  if (*first == '"') {
    (void)get();
    return read_quoted(field);
  }
  return read_plain(field);
}

result<bool> csv_reader::next(std::vector<std::string>& fields) {
  if (!started_) {
    started_ = true;
    record_line_ = 1;
    if (auto done = skip_byte_order_mark(); !done) {
      return tl::unexpected(std::move(done.error()));
    }
  }
  record_line_ = line_;
  fields.clear();
  auto first = peek();
  if (!first) {
    return tl::unexpected(std::move(first.error()));
  }
  if (*first == end_of_file) {
    return false;
  }
  for (;;) {
    if (fields.size() == max_fields) {
      return failure(errc::too_large, "more than 1,024 fields in one line");
    }
    auto after = read_field(fields.emplace_back());
    if (!after) {
      return tl::unexpected(std::move(after.error()));
    }
    if (!is_utf8(bytes_of(fields.back()))) {
      return failure(errc::bad_text, "field " + std::to_string(fields.size()) +
                                         " is not UTF-8; save the file as UTF-8");
    }
    if (*after != ',') {
      return true;
    }
  }
}

}  // namespace sandoq::tool
