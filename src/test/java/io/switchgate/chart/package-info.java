/**
 * Tests of the Helm chart, rendered by Helm itself.
 */
@NullMarked
package io.switchgate.chart;

import org.jspecify.annotations.NullMarked;
