/**
 * The CSV of jobs as bytes: delimiters and line ends, where rows lie in an upload, how rows are
 * cut. Start at {@link io.initload.simulator.bulk.csv.UploadScanner}. Knows no jobs.
 */
@NullMarked
package io.initload.simulator.bulk.csv;

import org.jspecify.annotations.NullMarked;
