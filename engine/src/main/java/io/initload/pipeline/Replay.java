package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.Correction;
import io.initload.ledger.Correction.Origin;
import io.initload.ledger.DeadLetterBook;
import io.initload.ledger.Ledger;
import io.initload.ledger.LostClaim;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.TableRest;
import io.initload.mapping.KeyForm;
import io.initload.pipeline.prepare.PlannedPass;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.OrgRecords;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.salesforce.records.RecordQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Lets rows that need a person be tried again, unchanged or corrected. It only books them as
 * waiting; the next run of the migration gathers and loads them like any other row that is tried
 * again, and the books close anew. Called again after a crash it enters nothing twice and names the
 * tables whose rows are still on their way.
 */
public final class Replay {
  /** Keys asked for at once; keeps the query's address short. */
  private static final int KEYS = 50;

  /** Rows looked at together: a file may hold more of them than memory does. */
  private static final int PAGE = 500;

  private final Workbench bench;
  private final Map<String, Prepared> tables;
  private final String by;

  /**
   * @param tables the prepared tables of the migration
   * @param by who asks for it: the certificate names the person beside what was corrected by hand
   */
  public Replay(Workbench bench, List<Prepared> tables, String by) {
    this.bench = bench;
    this.by = by;
    this.tables = new HashMap<>();
    tables.forEach(t -> this.tables.put(t.name(), t));
  }

  /**
   * What is to be loaded again.
   *
   * @param rows rows that were booked as waiting now
   * @param tables the tables they belong to, and those with rows of an earlier replay on their way
   * @param left rows that stay as they are, by why
   */
  public record Revived(long rows, Set<String> tables, Map<LeftRow, Long> left) {
    public Revived {
      tables = Set.copyOf(tables);
      left = Map.copyOf(left);
    }
  }

  /** The tables that passes belong to. */
  private Set<String> ofTables(Set<String> passes) {
    return passes.stream()
        .map(name -> Optional.ofNullable(tables.get(name)).map(Prepared::table).orElse(name))
        .collect(Collectors.toSet());
  }

  /**
   * Refused rows as they are. Quarantined ones need a correction and are left alone.
   *
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code MIGRATION_UNDONE}
   */
  public Revived unchanged(DeadLetterFilter filter) {
    new Enrolment(bench).begun();
    DeadLetterBook book = bench.ledger().deadLetters();
    Set<String> names = new HashSet<>(book.trying(filter));
    book.groups(filter).stream()
        .filter(g -> g.state() == ExceptionRow.State.DEAD)
        .forEach(g -> names.add(g.table()));
    DeadLetterBook.Revived revived = book.revive(filter, this::form);
    Map<LeftRow, Long> left =
        revived.left() == 0 ? Map.of() : Map.of(LeftRow.TAKEN, revived.left());
    return new Revived(revived.rows(), ofTables(names), left);
  }

  /** The form of a table's external ids; empty for one that the configuration does not have. */
  private Optional<KeyForm> form(String table) {
    return Optional.ofNullable(tables.get(table)).map(Prepared::keyForm);
  }

  /**
   * Refused and quarantined rows as the source has them now. Tables are entered one after another,
   * each once it is known to be the one that was planned.
   *
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code LEDGER_OTHER_SOURCE},
   *     {@code LEDGER_OTHER_TABLE}, {@code MAPPING_CHANGED}, {@code MIGRATION_UNDONE}
   */
  public Revived fromSource(DeadLetterFilter filter) {
    new Enrolment(bench).reading();
    DeadLetterBook book = bench.ledger().deadLetters();
    Set<String> names = new HashSet<>(book.trying(filter));
    Snapshot now = bench.source().snapshot();
    long rows = 0;
    Map<LeftRow, Long> left = new EnumMap<>(LeftRow.class);
    for (String name :
        book.groups(filter).stream().map(DeadLetterBook.Group::table).distinct().toList()) {
      Prepared table = tables.get(name);
      if (table == null) {
        throw DeadLetterFile.wrong("The configuration has no table " + name);
      }
      PlannedPass pass = new PlannedPass(bench, table);
      pass.held();
      Snapshot at = bench.source().at(table.config().source(), now);
      RowsReadAgain again = new RowsReadAgain(bench, table, at, pass.notLoaded());
      again.enter(filter.codes());
      rows += again.entered();
      again.left().forEach((why, some) -> left.merge(why, some, Long::sum));
      if (again.entered() > 0) {
        names.add(name);
      }
    }
    return new Revived(rows, ofTables(names), left);
  }

  /**
   * The rows of corrected files, all or none; those that an earlier replay entered are left alone.
   *
   * @throws Failure {@code DEAD_LETTER_FILE}, {@code DEAD_LETTER_KEY}, {@code DEAD_LETTER_ROW},
   *     {@code DEAD_LETTER_UNREAD}, {@code MAPPING_CHANGED}, {@code NOT_BEGUN}, {@code
   *     LEDGER_OTHER_ORG}, {@code MIGRATION_UNDONE}
   */
  public Revived corrected(List<Path> files) throws InterruptedException {
    new Enrolment(bench).begun();
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      String table = check(file);
      if (!names.add(table)) {
        throw DeadLetterFile.wrong(
            file + " is the second file with rows of " + table + "; give one");
      }
    }
    Ledger ledger = bench.ledger();
    try {
      long rows =
          ledger
              .corrections()
              .correct(to -> files.forEach(file -> enter(file, to)), this::form, Replay::taken);
      if (rows == 0) {
        names.retainAll(ledger.deadLetters().trying(new DeadLetterFilter(names, Set.of())));
      }
      return new Revived(rows, ofTables(names), Map.of());
    } catch (LostClaim e) {
      throw DeadLetterFile.wrong("A row was taken up by another command meanwhile");
    }
  }

  private static void taken(Correction row) {
    throw new Failure(
        Failure.Kind.CONFIGURATION,
        "DEAD_LETTER_KEY",
        "%s: another row of the table with the external id %s is loaded, or on its way."
            .formatted(
                row.origin() instanceof Origin.Hand hand ? hand.file() : "", row.externalId()),
        "Give the row an external id that no other row has. Nothing was changed.");
  }

  /** Refuses a file before anything is changed; returns its table. */
  private String check(Path file) throws InterruptedException {
    List<String> renamed = new ArrayList<>();
    Map<String, CorrectedRow> judges = new HashMap<>();
    String name =
        pages(
            file,
            (table, rows) -> {
              Prepared prepared =
                  Optional.ofNullable(tables.get(table))
                      .orElseThrow(
                          () ->
                              DeadLetterFile.wrong(
                                  file + ": the configuration has no table " + table));
              Map<Long, ExceptionRow> known = known(table, rows);
              for (Correction row : rows) {
                ExceptionRow was = known.get(row.id());
                if (was == null || !(needsPerson(was) || isEntered(was, row))) {
                  throw DeadLetterFile.wrong(
                      "%s: row %d of %s needs no person, or no longer"
                          .formatted(file, row.id(), table));
                }
                if (!isEntered(was, row)) {
                  judges
                      .computeIfAbsent(table, t -> new CorrectedRow(bench, prepared, file))
                      .judge(was, row);
                  if (renames(was, row, prepared.keyForm(), file)) {
                    renamed.add(row.externalId());
                  }
                }
              }
            });
    Prepared table = tables.get(name);
    if (!renamed.isEmpty()) {
      refuseUnread(name, file);
    }
    for (int from = 0; table != null && from < renamed.size(); from += KEYS) {
      refuseTaken(table, renamed.subList(from, Math.min(from + KEYS, renamed.size())), file);
    }
    return name;
  }

  /** Whether the row gets an external id that it did not hold in the org before. */
  private static boolean renames(ExceptionRow was, Correction row, KeyForm form, Path file) {
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
    return renames || was.code().startsWith(HeldRows.WITHOUT_KEY);
  }

  /** Shows the rows of a file that are not entered yet. */
  private void enter(Path file, Consumer<Correction> to) {
    pages(
        file,
        (table, rows) -> {
          Map<Long, ExceptionRow> known = known(table, rows);
          for (Correction row : rows) {
            ExceptionRow was = known.get(row.id());
            if (was == null || !isEntered(was, row)) {
              to.accept(row);
            }
          }
        });
  }

  private String pages(Path file, BiConsumer<String, List<Correction>> to) {
    List<Correction> page = new ArrayList<>();
    String name =
        DeadLetterFile.read(
            file,
            bench.ledger(),
            by,
            this::form,
            (table, row) -> {
              page.add(row);
              if (page.size() == PAGE) {
                to.accept(table, page);
                page.clear();
              }
            });
    to.accept(name, page);
    return name;
  }

  private Map<Long, ExceptionRow> known(String table, List<Correction> rows) {
    return bench
        .ledger()
        .deadLetters()
        .rows(table, rows.stream().map(Correction::id).collect(Collectors.toSet()));
  }

  /** Whether this very correction was entered before, and the row needs no person since. */
  private static boolean isEntered(ExceptionRow was, Correction row) {
    return was.corrected() && !needsPerson(was) && was.data().equals(row.data());
  }

  private static boolean needsPerson(ExceptionRow row) {
    return row.state() == ExceptionRow.State.DEAD || row.state() == ExceptionRow.State.QUARANTINED;
  }

  /** A row that is not loaded yet may have an external id that neither org nor ledger know. */
  private void refuseUnread(String table, Path file) {
    TableRest rest = bench.ledger().tables().rest().get(table);
    if (rest != null && rest.moving()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "DEAD_LETTER_UNREAD",
          "%s: rows of %s are not loaded yet, and may have the external ids that its rows got."
              .formatted(file, table),
          "Load them first: `initload run`; or take the rows whose external id is another one than"
              + " before out of the file. Nothing was changed.");
    }
  }

  /** An upsert onto a record that is there would merge two rows of the source into one. */
  private void refuseTaken(Prepared table, List<String> keys, Path file)
      throws InterruptedException {
    String field = table.config().externalId();
    OrgRecords.Found there =
        new OrgRecords(
                new RecordQuery(bench.org(), table.config().object(), field, List.of()),
                field,
                table.keyForm())
            .of(keys);
    for (String key : keys) {
      if (there.record(key).isPresent()) {
        throw new Failure(
            Failure.Kind.CONFIGURATION,
            "DEAD_LETTER_KEY",
            "%s: the org already has a %s with %s %s."
                .formatted(file, table.config().object(), field, key),
            "Give the row an external id that no other row has. Nothing was changed.");
      }
      if (there.unknown(key)) {
        throw new Failure(
            Failure.Kind.PLATFORM,
            "DEAD_LETTER_KEY_UNKNOWN",
            "%s: whether the org already has a %s with %s %s is not known: it takes too long to find it."
                .formatted(file, table.config().object(), field, key),
            "Run the same command again when the org is less busy; or take the rows whose external"
                + " id is another one than before out of the file. Nothing was changed.");
      }
    }
  }
}
