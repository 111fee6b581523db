/**
 * The whole gateway between a raw client and a raw upstream, byte for byte.
 */
@NullMarked
package io.switchgate.gateway;

import org.jspecify.annotations.NullMarked;
