/**
 * Conformance suite: one file a case, a raw client and a raw upstream, both sides
 * asserted. It judges this gateway byte by byte, and any other proxy by what matters of
 * one.
 */
@NullMarked
package io.switchgate.conformance;

import org.jspecify.annotations.NullMarked;
