/**
 * An echo upstream and a page that talks to it, for a first look: only in the demo
 * profile.
 */
@NullMarked
package io.switchgate.demo;

import org.jspecify.annotations.NullMarked;
