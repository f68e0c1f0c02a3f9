/**
 * Part files on local disk: CSV encoding, gzip, sealing and verification; the file format ends
 * here. Start at {@link io.initload.staging.StagingArea}, which hands out a {@link
 * io.initload.staging.PartWriter} per chunk. May use the pure packages; knows no other adapter.
 */
@NullMarked
package io.initload.staging;

import org.jspecify.annotations.NullMarked;
