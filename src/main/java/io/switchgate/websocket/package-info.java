/**
 * Terms of RFC 6455 as values. It does no I/O and does not depend on Spring.
 */
@NullMarked
package io.switchgate.websocket;

import org.jspecify.annotations.NullMarked;
