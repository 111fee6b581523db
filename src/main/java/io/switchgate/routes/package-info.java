/**
 * Proves the configured routes at the start and prints them, one line each.
 */
@NullMarked
package io.switchgate.routes;

import org.jspecify.annotations.NullMarked;
