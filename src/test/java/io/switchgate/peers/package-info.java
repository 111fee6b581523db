/**
 * Other proxies, each set up for WebSocket as its manual says, between the same client
 * and the same upstream as the gateway.
 */
@NullMarked
package io.switchgate.peers;

import org.jspecify.annotations.NullMarked;
