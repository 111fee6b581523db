/**
 * Refused settings as values. It does not depend on Spring.
 */
@NullMarked
package io.switchgate.setting;

import org.jspecify.annotations.NullMarked;
