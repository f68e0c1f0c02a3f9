package io.initload.staging;

import java.nio.file.Path;

/**
 * A finished part file: complete, on disk and never changed again.
 *
 * @param number counts the parts of one chunk from the number the writer was opened with
 * @param rows records without the header
 * @param csvBytes uncompressed bytes including the header
 * @param gzipBytes size of the file
 * @param sha256 of the file, lower-case hex
 */
public record SealedPart(
    int number, Path path, long rows, long csvBytes, long gzipBytes, String sha256) {}
