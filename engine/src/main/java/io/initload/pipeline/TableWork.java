package io.initload.pipeline;

import io.initload.config.TableConfig;
import io.initload.ledger.TableRun;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping;
import java.util.Set;

/**
 * A planned table with everything needed to move it.
 *
 * @param duplicateKeys canonical external ids that several source rows share; empty when the source
 *     itself guarantees that there are none
 */
record TableWork(
    TableConfig config,
    TableRun run,
    RowMapping mapping,
    KeyForm keyForm,
    Set<String> duplicateKeys) {
  TableWork {
    duplicateKeys = Set.copyOf(duplicateKeys);
  }

  String name() {
    return config.name();
  }
}
