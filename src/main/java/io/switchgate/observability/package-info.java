/**
 * Makes the gateway visible to operators: meters of handshakes and tunnels.
 */
@NullMarked
package io.switchgate.observability;

import org.jspecify.annotations.NullMarked;
