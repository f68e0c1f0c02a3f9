/** The REST API: versions and limits, describes, records, queries. */
@NullMarked
package io.initload.simulator.http.rest;

import org.jspecify.annotations.NullMarked;
