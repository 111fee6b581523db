/**
 * Keeps a record of every recent handshake, without its secrets.
 */
@NullMarked
package io.switchgate.journal;

import org.jspecify.annotations.NullMarked;
