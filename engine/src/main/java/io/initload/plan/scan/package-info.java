/**
 * What a database is asked about all rows of a table at once, and what it answers. Knows no SQL and
 * no org.
 */
@NullMarked
package io.initload.plan.scan;

import org.jspecify.annotations.NullMarked;
