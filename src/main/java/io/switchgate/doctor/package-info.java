/**
 * Explains why a handshake failed or its tunnel ended, and which setting to change where.
 */
@NullMarked
package io.switchgate.doctor;

import org.jspecify.annotations.NullMarked;
