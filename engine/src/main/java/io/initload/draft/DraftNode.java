package io.initload.draft;

import io.initload.config.SourceName;
import java.util.Set;

/**
 * A drafted table among others.
 *
 * @param parents tables that its lookups lead to
 */
record DraftNode(DraftedTable table, Set<SourceName> parents) {
  DraftNode {
    parents = Set.copyOf(parents);
  }
}
