/**
 * Says why a handshake failed, or its tunnel ended, and what to set where.
 */
@NullMarked
package io.switchgate.doctor;

import org.jspecify.annotations.NullMarked;
