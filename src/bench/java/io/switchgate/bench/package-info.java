/**
 * What a message, a handshake and a tunnel cost: the gateway and other proxies in turn,
 * under the same loads.
 */
@NullMarked
package io.switchgate.bench;

import org.jspecify.annotations.NullMarked;
