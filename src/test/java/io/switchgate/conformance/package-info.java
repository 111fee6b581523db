/**
 * Conformance suite with one file for each case. A raw client and a raw upstream assert
 * both sides of this gateway byte by byte, and the essential outcomes of any other proxy.
 */
@NullMarked
package io.switchgate.conformance;

import org.jspecify.annotations.NullMarked;
