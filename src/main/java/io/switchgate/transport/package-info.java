/**
 * Event loops for both ends of every tunnel, on the transport that the operator chose.
 */
@NullMarked
package io.switchgate.transport;

import org.jspecify.annotations.NullMarked;
