// What a call does with a successful response: decode it. The pipeline asks through this interface because only the
// decoder can tell a whole answer from one that was cut short. Implemented by client.cpp over the codec.
#ifndef REFOLD_PIPELINE_RESPONSE_READER_HPP
#define REFOLD_PIPELINE_RESPONSE_READER_HPP

#include <refold/transport.hpp>

namespace refold::internal {

class ResponseReader {
  public:
    ResponseReader() = default;
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    /// Takes in the response of an attempt, replacing what an earlier attempt left. Throws DecodeError.
    virtual void read(const HttpResponse& response) = 0;

  protected:
    ~ResponseReader() = default;
};

}  // namespace refold::internal

#endif
