/**
 * Builds the configured routes, and finds the route of a request.
 */
@NullMarked
package io.switchgate.routes;

import org.jspecify.annotations.NullMarked;
