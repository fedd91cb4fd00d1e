// Writes one execution's JSON per line, with every field and digit as the server sent it. The default in a pipe.
#ifndef REFOLD_EXECUTIONS_NDJSON_FORMAT_HPP
#define REFOLD_EXECUTIONS_NDJSON_FORMAT_HPP

#include "execution_writer.hpp"

namespace cli {

class NdjsonFormat final : public ExecutionWriter {
  public:
    NdjsonFormat(Output& output, bool forTerminal) noexcept : output_(output), forTerminal_(forTerminal) {}

    void begin(bool resumed) override;
    void write(const ShownRun& shown) override;
    void end() override;

  private:
    Output& output_;
    bool forTerminal_;
};

}  // namespace cli

#endif
