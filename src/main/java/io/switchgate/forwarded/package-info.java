/**
 * Tells the upstream who the client is, from the socket and not from what the client
 * claims.
 */
@NullMarked
package io.switchgate.forwarded;

import org.jspecify.annotations.NullMarked;
