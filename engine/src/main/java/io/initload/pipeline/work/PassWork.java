package io.initload.pipeline.work;

import io.initload.config.TableConfig;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping;
import io.initload.mapping.compile.SentFields;
import io.initload.salesforce.JobRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A planned pass over a table with everything needed to move it.
 *
 * @param request what its jobs do
 * @param fields what the columns are in the org; empty where no row of a source is read
 * @param keyProven whether no two rows can have the same external id; else they are watched
 * @param duplicateKeys canonical external ids that several source rows share; empty when the source
 *     itself guarantees that there are none
 * @param notLoaded canonical external ids of rows that the pass before did not load, and of which
 *     this one must not make records
 */
public record PassWork(
    TableConfig config,
    Pass pass,
    JobRequest request,
    RowMapping mapping,
    Optional<SentFields> fields,
    KeyForm keyForm,
    boolean keyProven,
    Set<String> duplicateKeys,
    Set<String> notLoaded) {
  private static final String RECORD_ID = "Id";

  public PassWork {
    duplicateKeys = Set.copyOf(duplicateKeys);
    notLoaded = Set.copyOf(notLoaded);
  }

  /** What a table's rows are loaded by: an upsert on its external id, or an insert. */
  public static JobRequest loading(TableConfig config) {
    return config.inserted()
        ? JobRequest.insert(config.object())
        : JobRequest.upsert(config.object(), config.externalId());
  }

  /** The pass whose rows are ids of records to delete. */
  public static PassWork deleting(TableConfig config, Pass pass) {
    return staged(config, pass, JobRequest.delete(config.object()), KeyForm.EXACT);
  }

  /** The pass as its staged files and jobs have it: of the source nothing more is read. */
  public static PassWork settling(TableConfig config, Pass pass, KeyForm keyForm) {
    return staged(config, pass, loading(config), keyForm);
  }

  private static PassWork staged(
      TableConfig config, Pass pass, JobRequest request, KeyForm keyForm) {
    int key = Math.max(0, pass.header().indexOf(pass.externalId()));
    RowMapping mapping =
        new RowMapping(pass.header(), key, List.of(), List.of(List.of()), List.of());
    return new PassWork(
        config, pass, request, mapping, Optional.empty(), keyForm, true, Set.of(), Set.of());
  }

  /** The column of the result files that tells the rows apart. */
  public String keyColumn() {
    return deletes() ? RECORD_ID : config.externalId();
  }

  public boolean deletes() {
    return request.operation().equals("delete");
  }

  /** Whether a row that is sent twice becomes two records. */
  public boolean inserts() {
    return request.operation().equals("insert");
  }

  /** The name of the pass. */
  public String name() {
    return pass.name();
  }
}
