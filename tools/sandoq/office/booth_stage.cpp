#include "booth_stage.hpp"

#include <fmt/format.h>

#include "booth_steps.hpp"

namespace sandoq::tool {

std::optional<device_stage> stage_of(const booth_state& state) {
  return state.memory ? std::optional(state.memory->stage()) : std::nullopt;
}

tl::unexpected<error> wrong_stage(const booth_state& state, std::string_view wanted) {
  return fail(errc::mismatch, "the device",
              fmt::format("is {}; this step needs one that is {}", describe(state), wanted));
}

result<void> check_election(const booth_folder& folder, const running_election& election) {
  if (folder.election().e1() != election.context.e1() ||
      folder.election().domain() != election.context.domain()) {
    return fail(errc::mismatch, "the device", "was enrolled for another election");
  }
  return {};
}

std::string place_stem(const device_place& place) {
  return fmt::format("{}-{}", place.branch.value(), place.device.value());
}

std::string describe(const booth_state& state) {
  if (state.closed) {
    return "closed";
  }
  const device_memory& memory = *state.memory;
  switch (memory.stage()) {
    case device_stage::enrolled:
      return "enrolled and waits for the boards' seeds";
    case device_stage::prepared:
      return "prepared and waits for the signatures under its opening";
    case device_stage::ready:
      return fmt::format("open and ready for serial {} of {}", memory.used + 1,
                         memory.opening.capacity);
    case device_stage::pending:
      return fmt::format("open, and ballot {} waits to be cast, challenged or voided",
                         memory.pending->item.number.value());
    case device_stage::closing:
      return "closing";
  }
  return "in no known state";
}

}  // namespace sandoq::tool
