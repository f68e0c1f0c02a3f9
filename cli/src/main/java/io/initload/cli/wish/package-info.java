/** {@code initload pause}, {@code resume} and {@code abort}: a word to whoever runs a migration. */
@NullMarked
package io.initload.cli.wish;

import org.jspecify.annotations.NullMarked;
