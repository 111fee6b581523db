/**
 * Carries an opening handshake to the upstream and its answer back, unchanged.
 */
@NullMarked
package io.switchgate.handshake;

import org.jspecify.annotations.NullMarked;
