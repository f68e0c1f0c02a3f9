package io.initload.simulator.soql;

import java.util.Optional;

/**
 * The objects of an org as the asking user sees them: hidden objects and fields are absent. Safe
 * for several threads.
 */
public interface Catalog {
  /** The object of that API name, whatever its case. */
  Optional<ObjectShape> object(String name);
}
