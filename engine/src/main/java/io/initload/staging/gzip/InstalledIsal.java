package io.initload.staging.gzip;

import java.util.Optional;

/** Finds ISA-L on this machine. */
final class InstalledIsal {
  private InstalledIsal() {}

  /**
   * The library, if it is installed under this name: by the foreign-function API where the JDK has
   * it (22 and later), by JNA elsewhere.
   */
  static Optional<IsalLibrary> open(String name) {
    return Runtime.version().feature() >= ForeignIsal.SINCE
        ? ForeignIsal.open(name)
        : JnaIsal.open(name);
  }
}
