/** Which rows of a table are meant, and what the database computes of them. */
@NullMarked
package io.initload.config.rows;

import org.jspecify.annotations.NullMarked;
