// The interface through which the pipeline decodes a successful response, because only the decoder can tell a complete
// answer from a truncated one. Implemented by client.cpp with the codec.
#ifndef REFOLD_PIPELINE_RESPONSE_READER_HPP
#define REFOLD_PIPELINE_RESPONSE_READER_HPP

#include <refold/transport.hpp>

namespace refold::internal {

class ResponseReader {
  public:
    ResponseReader() = default;
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    /// Decodes the response of an attempt, replacing the result of an earlier one. Throws DecodeError.
    virtual void read(const HttpResponse& response) = 0;

  protected:
    ~ResponseReader() = default;
};

}  // namespace refold::internal

#endif
