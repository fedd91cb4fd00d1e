// Assigns each status a sign and a colour, so that colour alone never distinguishes failed from completed. Used by the
// table and the demo.
#ifndef REFOLD_EXECUTIONS_STATUS_STYLE_HPP
#define REFOLD_EXECUTIONS_STATUS_STYLE_HPP

#include "terminal.hpp"

#include <refold/execution.hpp>

#include <string_view>

namespace cli {

struct StatusStyle {
    std::string_view sign;
    Colour colour = Colour::none;
};

StatusStyle styleOf(const refold::ExecutionStatus& status, Charset charset);

}  // namespace cli

#endif
