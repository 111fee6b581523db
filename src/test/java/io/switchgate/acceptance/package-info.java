/**
 * The gateway between programs that others wrote: browsers, servers, clients and proxies.
 */
@NullMarked
package io.switchgate.acceptance;

import org.jspecify.annotations.NullMarked;
