/**
 * Closed catalogue of what the gateway itself answers, and how it says so: to the client
 * in a body, to the operator in a line of the log.
 */
@NullMarked
package io.switchgate.problem;

import org.jspecify.annotations.NullMarked;
