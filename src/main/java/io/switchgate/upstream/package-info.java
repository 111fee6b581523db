/**
 * Speaks HTTP with upstreams, over HTTP/1.1 and HTTP/2: dials them, sends them upgrades,
 * and hands over the connection of a 101.
 */
@NullMarked
package io.switchgate.upstream;

import org.jspecify.annotations.NullMarked;
