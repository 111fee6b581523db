/**
 * Comparison with other proxies. Each is configured for WebSocket as its manual says, and
 * has the same client and the same upstream as the gateway.
 */
@NullMarked
package io.switchgate.peers;

import org.jspecify.annotations.NullMarked;
