/** Source and org are compared, and the certificate says what became of every row. */
@NullMarked
package io.initload.pipeline.prove;

import org.jspecify.annotations.NullMarked;
