/** {@code initload bundle}: what somebody who helps needs to see, without secrets and data. */
@NullMarked
package io.initload.cli.bundle;

import org.jspecify.annotations.NullMarked;
