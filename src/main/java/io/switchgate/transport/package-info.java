/**
 * Event loops for both ends of every tunnel, with the transport that the operator has
 * chosen.
 */
@NullMarked
package io.switchgate.transport;

import org.jspecify.annotations.NullMarked;
