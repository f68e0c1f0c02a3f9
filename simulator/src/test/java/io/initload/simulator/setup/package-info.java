@NullMarked
package io.initload.simulator.setup;

import org.jspecify.annotations.NullMarked;
