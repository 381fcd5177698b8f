#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "../commands.hpp"

/// \file
/// The commands of the office, as arguments. Options live as long as the application.
namespace sandoq::tool {

/// What is done once the arguments are read.
using action = std::function<exit_code()>;

/// `bulletin`, `trustee`, `authority`, `ceremony`.
void add_office(CLI::App& app, action& chosen);
/// `manifest enrol`. \pre the application has the command `manifest`
void add_enrolment(CLI::App& app, action& chosen);

struct trustee_options;
/// Bulletin, --home and --passphrase-file, as all commands of a trustee take them.
void add_trustee_options(CLI::App& command, trustee_options& options);

}  // namespace sandoq::tool
