/** Placeholder. */
@NullMarked
package io.initload.plan;

import org.jspecify.annotations.NullMarked;
