// Writes nothing before or after the lines, so that files can be concatenated.
#include "ndjson_format.hpp"

#include "raw_json.hpp"

namespace cli {

void NdjsonFormat::begin(bool) {
}

void NdjsonFormat::write(const ShownRun& shown) {
    output_.append(onOneLine(shown.run.rawJson, forTerminal_));
    output_.append("\n");
}

void NdjsonFormat::end() {
}

}  // namespace cli
