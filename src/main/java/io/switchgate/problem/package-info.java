/**
 * Closed catalogue of the answers that the gateway itself makes, and their reporting: to
 * the client in a body, to the operator in a line of the log.
 */
@NullMarked
package io.switchgate.problem;

import org.jspecify.annotations.NullMarked;
