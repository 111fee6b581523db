/**
 * Makes a handshake from the command line and says how it went: no Spring context, no
 * Netty.
 */
@NullMarked
package io.switchgate.probe;

import org.jspecify.annotations.NullMarked;
