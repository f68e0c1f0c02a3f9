package io.initload.config;

import java.util.Optional;

/**
 * Knows which databases can be read: the configuration itself names none. Given by whoever wires
 * configuration and source.
 */
@FunctionalInterface
public interface SourceUrls {
  /** What is wrong with a URL, as the end of a sentence that names it; empty when nothing is. */
  Optional<String> fault(String url);
}
