/**
 * Builds the configured routes, and finds the one of a request.
 */
@NullMarked
package io.switchgate.routes;

import org.jspecify.annotations.NullMarked;
