/**
 * Lets operators see handshakes, and see and end tunnels, over the management port.
 */
@NullMarked
package io.switchgate.admin;

import org.jspecify.annotations.NullMarked;
