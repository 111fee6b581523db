/**
 * Shows operators what the gateway does: meters, traces and the access log of handshakes
 * and tunnels.
 */
@NullMarked
package io.switchgate.observability;

import org.jspecify.annotations.NullMarked;
