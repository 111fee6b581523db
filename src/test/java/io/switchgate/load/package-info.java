/**
 * What the gateway bears: figures rather than rules, and so run by hand. Gateways run in
 * processes of their own, so that their files, memory and event loops are nobody else's.
 */
@NullMarked
package io.switchgate.load;

import org.jspecify.annotations.NullMarked;
