/**
 * Tests of the gateway with programs of others: browsers, servers, clients and proxies.
 */
@NullMarked
package io.switchgate.acceptance;

import org.jspecify.annotations.NullMarked;
