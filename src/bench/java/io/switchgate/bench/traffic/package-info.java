/**
 * Clients that load a proxy and an upstream that returns what they say. They share no
 * code with the gateway, and check every byte.
 */
@NullMarked
package io.switchgate.bench.traffic;

import org.jspecify.annotations.NullMarked;
