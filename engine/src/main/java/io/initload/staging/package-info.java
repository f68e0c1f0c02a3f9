/**
 * Part files on local disk: CSV encoding, gzip, sealing and verification. The file format ends
 * here. May use the pure\n * packages; knows no other adapter.
 */
@NullMarked
package io.initload.staging;

import org.jspecify.annotations.NullMarked;
