/**
 * Words of RFC 6455 as values: no I/O, no Spring.
 */
@NullMarked
package io.switchgate.websocket;

import org.jspecify.annotations.NullMarked;
