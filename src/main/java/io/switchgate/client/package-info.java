/**
 * A client's connection before a request of it is seen: how many there may be, who is
 * behind them, and which bytes, how many and how slow a request may be made of.
 */
@NullMarked
package io.switchgate.client;

import org.jspecify.annotations.NullMarked;
