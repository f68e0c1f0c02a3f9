/**
 * What was done for a job's rows: the files and the log that keep it, and how it is printed. Start
 * at {@link io.initload.simulator.bulk.results.JobResults}. Knows no jobs, only their ids.
 */
@NullMarked
package io.initload.simulator.bulk.results;

import org.jspecify.annotations.NullMarked;
