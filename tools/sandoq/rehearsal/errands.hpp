#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/record/file.hpp"
#include "people.hpp"
#include "sandoq/core/result.hpp"

namespace sandoq::tool {

using command_words = std::vector<std::string>;

/// All the words, in order.
[[nodiscard]] command_words joined(std::initializer_list<command_words> parts);

/// How a command is to end: with 0, or with 1 because it says what it still waits for.
enum class ending { done, waits };

/// Has people run commands, each in the own folder, and writes down what they type before it runs.
/// After the first command that ends otherwise than it should nothing is run any more, so that a
/// row of errands needs one look at how it went.
class errands {
 public:
  /// The list of commands, in the folder in which everybody has one.
  static constexpr std::string_view list_name = "commands.txt";
  /// What goes from machine to machine, and everybody's copy, seen from everybody's folder.
  static constexpr const char* stick = "../stick";
  static constexpr const char* bulletin = "bulletin";

  /// \param town  must not exist or be empty. \return io
  [[nodiscard]] static result<errands> begin(const std::filesystem::path& town);

  /// A new part of the election: into the list, and onto standard error.
  void begin_stage(const std::string& title);
  /// A line of the list that is no command.
  void remark(const std::string& text);

  /// "sandoq WORDS" with lines on its standard input. \return what it said, for where that matters
  std::string run(const person& who, command_words words, ending expected = ending::done,
                  const std::string& input = {});
  /// What people do by hand: cp, mv, shred.
  void by_hand(const person& who, const command_words& words);
  /// A line that would do what this program does itself.
  void stands_for(const std::string& line);
  /// Makes what goes from machine to machine.
  void make_stick();
  /// Makes somebody's folder, with an empty bulletin in it.
  void make_room(const person& who);
  /// Makes up a passphrase in a file of its owner's alone, as somebody would who throws dice.
  void make_passphrase(const person& who, const std::string& file);

  /// The stick comes by: its news go into the own bulletin, or the own ones onto it.
  void fetch(const person& who);
  void bring(const person& who);

  [[nodiscard]] std::filesystem::path folder_of(const person& who) const;
  [[nodiscard]] std::size_t commands() const noexcept { return commands_; }
  [[nodiscard]] bool failed() const noexcept { return problem_.has_value(); }
  /// Takes note of something else that has gone wrong.
  void note(const result<void>& outcome);
  /// How all of it went. \return of the first that went wrong: who, where, what, and its own words
  [[nodiscard]] result<void> outcome() const;

 private:
  explicit errands(std::filesystem::path town, file_descriptor list)
      : town_(std::move(town)), list_(std::move(list)) {}
  void write(const std::string& line);
  void introduce(const person& who);
  std::string run_as(const person& who, const std::string& program, const command_words& words,
                     ending expected, const std::string& input);

  std::filesystem::path town_;
  file_descriptor list_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::string present_;  // folder of whoever is at work
  std::size_t commands_ = 0;
  std::optional<error> problem_;
};

}  // namespace sandoq::tool
