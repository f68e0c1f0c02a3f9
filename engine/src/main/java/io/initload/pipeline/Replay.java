package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.DeadLetterBook.Correction;
import io.initload.ledger.DeadLetterFilter;
import io.initload.ledger.ExceptionRow;
import io.initload.ledger.LostClaim;
import io.initload.mapping.KeyForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets rows that need a person be tried again, unchanged or corrected. It only books them as
 * waiting; the next run of the migration gathers and loads them like any other row that is tried
 * again, and the books close anew.
 */
public final class Replay {
  /** Keys asked for at once; keeps the query's address short. */
  private static final int KEYS = 50;

  private final Workbench bench;
  private final Map<String, Prepared> tables;

  /**
   * @param tables the prepared tables of the migration
   */
  public Replay(Workbench bench, List<Prepared> tables) {
    this.bench = bench;
    this.tables = new HashMap<>();
    tables.forEach(t -> this.tables.put(t.config().name(), t));
  }

  /** Rows that were booked as waiting, and the tables they belong to. */
  public record Revived(long rows, Set<String> tables) {
    public Revived {
      tables = Set.copyOf(tables);
    }
  }

  /** Refused rows as they are. Quarantined ones need a correction and are left alone. */
  public Revived unchanged(DeadLetterFilter filter) {
    Set<String> names = new HashSet<>();
    bench.ledger().deadLetters().groups(filter).stream()
        .filter(g -> g.state() == ExceptionRow.State.DEAD)
        .forEach(g -> names.add(g.table()));
    return new Revived(bench.ledger().deadLetters().revive(filter), names);
  }

  /**
   * The rows of corrected files, all or none.
   *
   * @throws Failure {@code DEAD_LETTER_FILE}, {@code DEAD_LETTER_KEY}
   */
  public Revived corrected(List<Path> files) throws InterruptedException {
    List<Correction> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      DeadLetterFile.Corrected corrected = DeadLetterFile.read(file, bench.ledger());
      if (!names.add(corrected.table())) {
        throw DeadLetterFile.wrong(
            file + " is the second file with rows of " + corrected.table() + "; give one");
      }
      check(corrected, file);
      rows.addAll(corrected.rows());
    }
    try {
      bench.ledger().deadLetters().correct(rows);
    } catch (LostClaim e) {
      throw DeadLetterFile.wrong("A row was taken up by another command meanwhile");
    }
    return new Revived(rows.size(), names);
  }

  private void check(DeadLetterFile.Corrected corrected, Path file) throws InterruptedException {
    Prepared table =
        Optional.ofNullable(tables.get(corrected.table()))
            .orElseThrow(
                () ->
                    DeadLetterFile.wrong(
                        file + ": the configuration has no table " + corrected.table()));
    Map<Long, ExceptionRow> known = known(corrected.table());
    List<String> renamed = new ArrayList<>();
    for (Correction row : corrected.rows()) {
      ExceptionRow was = known.get(row.id());
      if (was == null) {
        throw DeadLetterFile.wrong(
            "%s: row %d of %s needs no person, or no longer"
                .formatted(file, row.id(), corrected.table()));
      }
      KeyForm form = table.keyForm();
      boolean renames = !form.canonical(was.externalId()).equals(form.canonical(row.externalId()));
      if (renames && was.state() == ExceptionRow.State.DEAD) {
        throw new Failure(
            Failure.Kind.CONFIGURATION,
            "DEAD_LETTER_KEY",
            "%s: row %d has the external id %s, the file says %s."
                .formatted(file, row.id(), was.externalId(), row.externalId()),
            "Keep the external id of a refused row: the certificate follows it by that. Nothing was"
                + " changed.");
      }
      if (renames || was.code().startsWith("EXTERNAL_ID")) {
        renamed.add(row.externalId());
      }
    }
    for (int from = 0; from < renamed.size(); from += KEYS) {
      refuseTaken(table, renamed.subList(from, Math.min(from + KEYS, renamed.size())), file);
    }
  }

  private Map<Long, ExceptionRow> known(String table) {
    Map<Long, ExceptionRow> rows = new HashMap<>();
    DeadLetterFilter filter = new DeadLetterFilter(Set.of(table), Set.of());
    bench
        .ledger()
        .deadLetters()
        .page(filter, 0, Integer.MAX_VALUE)
        .forEach(row -> rows.put(row.id(), row));
    return rows;
  }

  /** An upsert onto a record that is there would merge two rows of the source into one. */
  private void refuseTaken(Prepared table, List<String> keys, Path file)
      throws InterruptedException {
    String field = table.config().externalId();
    String soql =
        "SELECT %s FROM %s WHERE %s"
            .formatted(field, table.config().object(), OrgKeys.oneOf(field, table.keyForm(), keys));
    List<Map<String, String>> taken = bench.org().query(soql).rest();
    if (!taken.isEmpty()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "DEAD_LETTER_KEY",
          "%s: the org already has a %s with %s %s."
              .formatted(file, table.config().object(), field, taken.get(0).get(field)),
          "Give the row an external id that no other row has. Nothing was changed.");
    }
  }
}
