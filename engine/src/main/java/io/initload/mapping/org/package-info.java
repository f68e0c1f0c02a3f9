/** Objects and fields of the org as its describes tell them, and the paths that name fields. */
@NullMarked
package io.initload.mapping.org;

import org.jspecify.annotations.NullMarked;
