package io.initload.pipeline.prove.full;

import io.initload.ledger.digests.DigestBook.Otherwise;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rows of a pass were loaded, and as what, by their external ids in canonical form. */
final class LoadedRows {
  /** Rows that were not loaded: their keys are kept in memory. */
  private static final int NOT_LOADED_MAX = 1_000_000;

  private final Prepared pass;

  /** Keys of rows of the source that are no record, or one under another key. */
  private final Set<String> notLoaded = new HashSet<>();

  private final Map<String, List<String>> corrected = new HashMap<>();

  /**
   * @param books what the ledger has of the pass
   */
  LoadedRows(Workbench bench, Prepared pass, Pass books) {
    this.pass = pass;
    bench.ledger().exceptions().notLoaded(pass.name(), NOT_LOADED_MAX).stream()
        .map(this::canonical)
        .forEach(notLoaded::add);
    bench.ledger().tables().sharedKeys(books).ifPresent(notLoaded::addAll);
    bench.ledger().digests().otherwise(pass.name(), this::know);
    notLoaded.removeAll(corrected.keySet());
  }

  private void know(Otherwise row) {
    row.staged().ifPresent(texts -> notLoaded.add(key(texts)));
    row.loaded().ifPresent(texts -> corrected.put(key(texts), texts));
  }

  private String canonical(String externalId) {
    return pass.keyForm().canonical(externalId);
  }

  /** The external id of a row. */
  String key(List<String> texts) {
    return canonical(texts.get(pass.mapping().keyField()));
  }

  /** Whether a row of the source was loaded under its key. */
  boolean contains(String key) {
    return !key.isEmpty() && !notLoaded.contains(key);
  }

  /** A row as it was loaded, which may be otherwise than the source has it. */
  List<String> loaded(String key, List<String> source) {
    return corrected.getOrDefault(key, source);
  }

  /** Rows that were loaded otherwise than they were staged, as they were loaded. */
  Map<String, List<String>> corrected() {
    return Collections.unmodifiableMap(corrected);
  }
}
