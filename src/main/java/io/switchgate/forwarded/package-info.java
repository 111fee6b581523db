/**
 * Tells the upstream who the client is, from the socket instead of from the client's
 * word.
 */
@NullMarked
package io.switchgate.forwarded;

import org.jspecify.annotations.NullMarked;
