/**
 * The order of the filters, and the way from a request to its connection.
 */
@NullMarked
package io.switchgate.exchange;

import org.jspecify.annotations.NullMarked;
