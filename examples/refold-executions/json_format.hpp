// Writes one JSON document: an array of executions for a listing, or the API's envelope for a single page. Executions
// are as the server sent them.
#ifndef REFOLD_EXECUTIONS_JSON_FORMAT_HPP
#define REFOLD_EXECUTIONS_JSON_FORMAT_HPP

#include "execution_writer.hpp"

namespace cli {

class JsonFormat final : public ExecutionWriter {
  public:
    JsonFormat(Output& output, bool forTerminal) noexcept : output_(output), forTerminal_(forTerminal) {}

    void begin(bool resumed) override;
    void write(const ShownRun& shown) override;
    void end() override;
    void writePage(const refold::Page<refold::Execution>& page) override;

  private:
    Output& output_;
    bool forTerminal_;
    bool first_ = true;
};

}  // namespace cli

#endif
