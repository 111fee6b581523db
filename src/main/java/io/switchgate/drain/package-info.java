/**
 * Closes many tunnels in good order: all of them when the process stops, or those of one
 * route or upstream.
 */
@NullMarked
package io.switchgate.drain;

import org.jspecify.annotations.NullMarked;
