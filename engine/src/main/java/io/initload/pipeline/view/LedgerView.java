package io.initload.pipeline.view;

import io.initload.Failure;
import io.initload.config.FieldMapping;
import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.pages.PageBook;
import io.initload.ledger.pages.PageBook.ChunkLine;
import io.initload.ledger.pages.PageBook.JobLine;
import io.initload.ledger.pages.PageBook.RefusedLine;
import io.initload.pipeline.HeldRows;
import io.initload.pipeline.MigrationStatus;
import io.initload.pipeline.work.NotBegun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One migration as the ledger has it, for somebody who looks: the facts that {@code status} prints,
 * and pages of what they are sums of. Neither source nor org is asked, nothing is changed, and no
 * answer is longer than a page, however much was moved. Safe for several threads.
 */
public final class LedgerView {
  /** Lines of a page. */
  public static final int PAGE = 100;

  /** Groups of rows that need a person: more reasons than anybody reads. */
  private static final int GROUPS_MAX = 1_000;

  /** Characters of a value that are shown. */
  private static final int VALUE_CHARS = 2_000;

  private final Ledger ledger;
  private final MigrationConfig config;

  private LedgerView(Ledger ledger, MigrationConfig config) {
    this.ledger = ledger;
    this.config = config;
  }

  /**
   * The view of a migration that has begun.
   *
   * @param ledger stays its opener's to close; one that is opened to read is enough
   * @throws Failure {@code NOT_BEGUN}
   */
  public static LedgerView of(Ledger ledger, MigrationConfig config) {
    NotBegun.require(ledger, config.name());
    return new LedgerView(ledger, config);
  }

  /**
   * Chunks of a pass.
   *
   * @param states how many of all its chunks are in which state
   * @param lines one page of them
   */
  public record ChunkPage(Map<Chunk.State, Long> states, List<ChunkLine> lines) {}

  /** Rows of a pass that need a person for one reason. */
  public record HeldGroup(
      String table, ExceptionRow.State state, String code, long rows, String remedy) {}

  /**
   * A field of a row, as it was staged.
   *
   * @param masked whether the value is a pseudonym
   * @param cut whether it is longer than what is shown
   */
  public record HeldField(String name, String value, boolean masked, boolean cut) {}

  /**
   * A row that needs a person, with all that is known of it.
   *
   * @param chunk label of the chunk that read it
   * @param job the Salesforce job that refused it last; empty where we held it back ourselves
   * @param corrected whether a person changed it since it was read
   */
  public record HeldRow(
      long id,
      String table,
      ExceptionRow.State state,
      String externalId,
      String code,
      String message,
      String remedy,
      String chunk,
      String job,
      int attempts,
      boolean corrected,
      List<HeldField> fields) {}

  /** How far it is. */
  public MigrationStatus status() {
    return MigrationStatus.of(ledger, config);
  }

  /**
   * A page of a pass's chunks.
   *
   * @param state empty for any
   * @param after number of the last chunk seen; 0 to begin
   */
  public ChunkPage chunks(String pass, Optional<Chunk.State> state, long after) {
    PageBook pages = ledger.pages();
    return new ChunkPage(pages.chunkStates(pass), pages.chunks(pass, state, after, PAGE));
  }

  /**
   * A page of jobs, the newest first.
   *
   * @param pass empty for all
   * @param before id of the last job seen; {@link Long#MAX_VALUE} to begin
   */
  public List<JobLine> jobs(Optional<String> pass, long before) {
    return ledger.pages().jobs(pass, before, PAGE);
  }

  /** The reasons for which rows need a person, by pass; the first thousand. */
  public List<HeldGroup> held() {
    return ledger.deadLetters().groups(DeadLetterFilter.ALL).stream()
        .limit(GROUPS_MAX)
        .map(
            g ->
                new HeldGroup(
                    g.table(),
                    g.state(),
                    g.code(),
                    g.rows(),
                    HeldRows.remedy(g.state(), g.code(), g.message())))
        .toList();
  }

  /**
   * A page of the rows of one such group.
   *
   * @param after id of the last row seen; 0 to begin
   */
  public List<RefusedLine> held(String pass, ExceptionRow.State state, String code, long after) {
    return ledger.pages().refused(pass, state, code, after, PAGE);
  }

  /** One row that needs a person; empty when the pass has none with this id any more. */
  public Optional<HeldRow> row(String pass, long id) {
    return ledger
        .tables()
        .pass(pass)
        .flatMap(
            of ->
                Optional.ofNullable(ledger.deadLetters().rows(pass, Set.of(id)).get(id))
                    .filter(LedgerView::needsAPerson)
                    .map(row -> row(of, row)));
  }

  private static boolean needsAPerson(ExceptionRow row) {
    return row.state() == ExceptionRow.State.DEAD || row.state() == ExceptionRow.State.QUARANTINED;
  }

  private HeldRow row(Pass pass, ExceptionRow row) {
    return new HeldRow(
        row.id(),
        row.table(),
        row.state(),
        row.externalId(),
        row.code(),
        row.message(),
        HeldRows.remedy(row.state(), row.code(), row.message()),
        Chunk.label(row.table(), row.chunk()),
        row.job(),
        row.attempts(),
        row.corrected(),
        fields(pass, row.data()));
  }

  private List<HeldField> fields(Pass pass, List<String> data) {
    Set<String> masked = masked(pass.table());
    List<HeldField> fields = new ArrayList<>();
    for (int i = 0; i < Math.min(pass.header().size(), data.size()); i++) {
      String name = pass.header().get(i);
      String value = data.get(i);
      boolean cut = value.length() > VALUE_CHARS;
      fields.add(
          new HeldField(
              name, cut ? value.substring(0, VALUE_CHARS) : value, masked.contains(name), cut));
    }
    return List.copyOf(fields);
  }

  /** Of these the ledger never had the values themselves. */
  private Set<String> masked(String table) {
    return config.table(table).stream()
        .flatMap(t -> t.fields().stream())
        .filter(f -> f.mask().isPresent())
        .map(FieldMapping::field)
        .collect(Collectors.toSet());
  }
}
