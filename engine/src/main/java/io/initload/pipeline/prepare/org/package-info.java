/**
 * What the org of a migration says of its objects, of the names of its users, queues and record
 * types, and of the records that it has.
 */
@NullMarked
package io.initload.pipeline.prepare.org;

import org.jspecify.annotations.NullMarked;
