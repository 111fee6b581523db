/**
 * Moves bytes between a client and its upstream after the switch, until both ends are
 * gone.
 */
@NullMarked
package io.switchgate.tunnel;

import org.jspecify.annotations.NullMarked;
