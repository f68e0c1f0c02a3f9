@NullMarked
package io.initload.simulator.dml;

import org.jspecify.annotations.NullMarked;
