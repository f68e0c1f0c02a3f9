package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.ReconcileConfig.Level;
import io.initload.pipeline.work.RunOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Acts of sabotage, each in a place that a seed draws: what was done is found at the level that
 * promises it, or mended by the run itself, and nothing is found once all is as it was. Throws an
 * assertion's error with the seed in it where that is not so. Not for several threads.
 */
final class SabotageCases implements AutoCloseable {
  /** Acts on one site before another one is made. */
  private static final int SHARED = 60;

  /** How often all is looked at again after something was mended. */
  private static final int LOOKS = 10;

  /** The org has the rows, and nobody has asked yet what became of them. */
  private static final String TOLD = "load.submit-sent";

  /** A file lies there, and is about to be sent: it was looked at for the last time. */
  private static final List<String> STAGED = List.of("extract.staged", "load.created");

  /** Where a saboteur is at work; the more often, the more acts it takes no run for. */
  enum Stage {
    ORG(50),
    SOURCE(20),
    LEDGER(12),
    RECEIPT(6),
    STAGED(6),
    RESULTS(6);

    final int share;

    Stage(int share) {
      this.share = share;
    }
  }

  /** One act in one place. */
  record Case(Stage stage, String act, int row, long seed) {
    @Override
    public String toString() {
      return "%s %s, row %d, seed %d".formatted(stage, act, row, seed);
    }
  }

  private final Path directory;
  private SabotagedSite shared;
  private Path home;
  private int sites;
  private int played;

  SabotageCases(Path directory) throws Exception {
    this.directory = directory;
    this.home = directory;
    this.shared = renewed();
  }

  private SabotagedSite renewed() throws Exception {
    home = Files.createDirectory(directory.resolve("site-" + sites++));
    SabotagedSite site = new SabotagedSite(home).loaded();
    site.isWhole("before anybody meddled");
    return site;
  }

  /** Draws a case by a seed, and plays it. */
  Case play(long seed) throws Exception {
    Random random = new Random(seed);
    int drawn = random.nextInt(100);
    Stage stage = Stage.ORG;
    for (Stage each : Stage.values()) {
      stage = each;
      drawn -= each.share;
      if (drawn < 0) {
        break;
      }
    }
    Enum<?>[] acts = acts(stage);
    return play(stage, acts[random.nextInt(acts.length)], seed, random);
  }

  /** Every act of a stage, by their order. */
  static Enum<?>[] acts(Stage stage) {
    return switch (stage) {
      case ORG -> OrgSabotage.values();
      case SOURCE -> SourceSabotage.values();
      case LEDGER -> LedgerSabotage.values();
      case RECEIPT -> ReceiptSabotage.values();
      case STAGED, RESULTS -> StagedSabotage.values();
    };
  }

  Case play(Stage stage, Enum<?> act, long seed, Random random) throws Exception {
    int row = 1 + random.nextInt(SabotagedSite.ROWS);
    Case of = new Case(stage, act.name(), row, seed);
    if (stage == Stage.STAGED || stage == Stage.RESULTS) {
      onTheirWay(of, (StagedSabotage) act, random);
      return of;
    }
    if (played++ == SHARED) {
      close();
      played = 1;
      shared = renewed();
    }
    switch (stage) {
      case ORG -> records(of, (OrgSabotage) act, random);
      case SOURCE -> source(of, (SourceSabotage) act);
      case LEDGER -> ledger(of, (LedgerSabotage) act);
      default -> receipt(of, (ReceiptSabotage) act, random);
    }
    if (played % LOOKS == 0) {
      shared.isWhole("after " + of + " was mended");
    }
    return of;
  }

  private void records(Case of, OrgSabotage act, Random random) throws Exception {
    act.strike(shared.other(), of.row(), random);
    List<String> sample = shared.findings(Level.SAMPLE);
    assertThat(sample).as("%s", of).isNotEmpty();
    if (act.level == Level.COUNT) {
      assertThat(shared.findings(Level.COUNT)).as("%s", of).isNotEmpty();
    } else {
      assertThat(sample).as("%s", of).anyMatch(f -> names(f, of.row()));
      assertThat(shared.findingsWithoutSample()).as("%s", of).anyMatch(f -> names(f, of.row()));
    }
    act.repair(shared.other(), of.row());
  }

  private static boolean names(String finding, int row) {
    return finding.contains("external id " + SabotagedSite.key(row) + ":");
  }

  private void source(Case of, SourceSabotage act) throws InterruptedException {
    act.strike(shared, of.row());
    assertThat(shared.findings(act.level)).as("%s", of).isNotEmpty();
    act.repair(shared, of.row());
  }

  private void ledger(Case of, LedgerSabotage act) throws Exception {
    Path kept = kept();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger());
        Statement statement = connection.createStatement()) {
      for (String sql : act.sql.split(";", -1)) {
        assertThat(statement.executeUpdate(sql)).as("%s: %s", of, sql).isPositive();
      }
    }
    assertThat(shared.findings(Level.COUNT)).as("%s", of).isNotEmpty();
    Files.move(kept, ledger(), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path ledger() {
    return home.resolve("ledger.db");
  }

  /** A copy of the ledger, with all that was written. */
  private Path kept() throws SQLException {
    Path kept = home.resolve("kept.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger());
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '" + kept + "'");
    }
    return kept;
  }

  /** Nothing is deleted by a list that was meddled with. */
  private void receipt(Case of, ReceiptSabotage act, Random random) throws Exception {
    Path ledger = kept();
    Path list = only("receipts");
    byte[] was = Files.readAllBytes(list);
    Files.write(list, meddled(was, text -> meddled(text, act, random)));
    assertThatThrownBy(
            () -> {
              for (Failure failure : shared.migration().undo(RunOptions.all()).failures()) {
                throw failure;
              }
            })
        .as("%s", of)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo("UNDO_RECEIPT"));
    assertThat(shared.migration().loaded("Name")).as("%s", of).hasSize(SabotagedSite.ROWS);
    Files.write(list, was);
    Files.move(ledger, ledger(), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String meddled(String text, ReceiptSabotage act, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    act.strike(lines, random);
    return String.join("\n", lines) + "\n";
  }

  /** Something happens to rows before they are booked: the run itself mends it. */
  private void onTheirWay(Case of, StagedSabotage act, Random random) throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("site-" + sites++));
    try (SabotagedSite site = new SabotagedSite(elsewhere)) {
      AtomicBoolean struck = new AtomicBoolean();
      String moment = of.stage() == Stage.STAGED ? STAGED.get(random.nextInt(2)) : TOLD;
      site.migration()
          .checkpoint(
              reached -> {
                if (reached.equals(moment) && struck.compareAndSet(false, true)) {
                  site.other().quietly(() -> meddle(of, site, elsewhere, act, random));
                }
              });
      site.migration().run();
      site.migration().org().clearFaults();
      site.loaded();
      assertThat(struck).as("%s", of).isTrue();
      site.isWhole("after " + of);
    }
  }

  private static void meddle(
      Case of, SabotagedSite site, Path directory, StagedSabotage act, Random random)
      throws IOException, InterruptedException {
    if (of.stage() == Stage.STAGED) {
      Path staged = only(directory.resolve("staging"));
      Files.write(staged, meddled(Files.readAllBytes(staged), text -> act.of(text, random)));
      return;
    }
    String results = act.of(site.other().loadedByTheOnlyJob(), random);
    Fault told = new Fault.Answered(200, "text/csv", results, Map.of(), Fault.Moment.BEFORE_COMMIT);
    site.migration().org().faults(FaultPlan.on("ingest.successfulResults", 1, told));
  }

  private Path only(String below) throws IOException {
    return only(home.resolve("staging").resolve(below));
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(f -> f.toString().endsWith(".csv.gz")).toList();
      assertThat(all).as("%s", folder).hasSize(1);
      return all.get(0);
    }
  }

  private static byte[] meddled(byte[] gzip, UnaryOperator<String> act) throws IOException {
    String text;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(act.apply(text).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    shared.close();
  }
}
