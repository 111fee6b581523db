/**
 * The way of a request through the filters, and from a request to its connection.
 */
@NullMarked
package io.switchgate.exchange;

import org.jspecify.annotations.NullMarked;
