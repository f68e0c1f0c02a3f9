/**
 * A staged part becomes a job of the org, inside slots and allowances; jobs of those who died are
 * adopted.
 */
@NullMarked
package io.initload.pipeline.load;

import org.jspecify.annotations.NullMarked;
