/**
 * Reading rows: cursors and decoders of the shapes that several databases share. Knows no vendor.
 */
@NullMarked
package io.initload.source.read;

import org.jspecify.annotations.NullMarked;
