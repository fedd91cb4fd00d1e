// Umbrella header: includes the public interface except `json.hpp` and the testing component.
#ifndef REFOLD_REFOLD_HPP
#define REFOLD_REFOLD_HPP

#include <refold/auth.hpp>
#include <refold/call_options.hpp>
#include <refold/cancel.hpp>
#include <refold/client.hpp>
#include <refold/client_options.hpp>
#include <refold/error.hpp>
#include <refold/execution.hpp>
#include <refold/execution_detail.hpp>
#include <refold/execution_listing.hpp>
#include <refold/execution_query.hpp>
#include <refold/execution_watch.hpp>
#include <refold/listing.hpp>
#include <refold/node_batch.hpp>
#include <refold/node_batch_listing.hpp>
#include <refold/observer.hpp>
#include <refold/page.hpp>
#include <refold/session_token.hpp>
#include <refold/timestamp.hpp>
#include <refold/transport.hpp>
#include <refold/version.hpp>
#include <refold/wait_options.hpp>

#endif
