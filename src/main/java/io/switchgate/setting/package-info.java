/**
 * Settings that are refused, as values: no Spring.
 */
@NullMarked
package io.switchgate.setting;

import org.jspecify.annotations.NullMarked;
