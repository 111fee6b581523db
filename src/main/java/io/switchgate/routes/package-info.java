/**
 * Proves the configured routes, prints them, and replaces them while the gateway runs.
 */
@NullMarked
package io.switchgate.routes;

import org.jspecify.annotations.NullMarked;
