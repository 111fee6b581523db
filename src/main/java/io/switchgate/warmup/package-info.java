/**
 * Sends the gateway handshakes and messages before it is ready, so that its first clients
 * do not wait for the JVM to compile.
 */
@NullMarked
package io.switchgate.warmup;

import org.jspecify.annotations.NullMarked;
