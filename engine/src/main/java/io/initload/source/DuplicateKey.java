package io.initload.source;

import java.util.List;

/**
 * Values that more than one row has in columns that should tell rows apart.
 *
 * @param texts the values, in the order of the columns asked for
 * @param rows how many rows have them
 */
public record DuplicateKey(List<String> texts, long rows) {
  public DuplicateKey {
    texts = List.copyOf(texts);
  }
}
