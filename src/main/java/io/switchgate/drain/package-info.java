/**
 * Closes many tunnels in an orderly way: all of them when the process stops, or those of
 * one route or upstream.
 */
@NullMarked
package io.switchgate.drain;

import org.jspecify.annotations.NullMarked;
