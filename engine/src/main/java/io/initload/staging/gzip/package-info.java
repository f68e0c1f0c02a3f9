/**
 * Compressors: the JDK's and ISA-L's, alone or beside the thread that writes. Start at {@link
 * io.initload.staging.gzip.Codecs}.
 */
@NullMarked
package io.initload.staging.gzip;

import org.jspecify.annotations.NullMarked;
