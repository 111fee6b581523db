/**
 * Lets operators see handshakes and tunnels, and end tunnels, over the management port.
 */
@NullMarked
package io.switchgate.admin;

import org.jspecify.annotations.NullMarked;
