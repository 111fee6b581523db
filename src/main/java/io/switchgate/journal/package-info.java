/**
 * Keeps what every handshake looked like, without its secrets.
 */
@NullMarked
package io.switchgate.journal;

import org.jspecify.annotations.NullMarked;
