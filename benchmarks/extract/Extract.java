package io.initload.pipeline;

import io.initload.config.Chunking;
import io.initload.config.DataSize;
import io.initload.config.FieldMapping;
import io.initload.config.Hierarchy;
import io.initload.config.Hours;
import io.initload.config.LedgerConfig;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig;
import io.initload.config.Secret;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.Worker;
import io.initload.mapping.Compiled;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.compile.MappingCompiler;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.begin.Opening;
import io.initload.pipeline.extract.ExtractStep;
import io.initload.pipeline.prepare.PassPlanning;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prepare.SnapshotPlan;
import io.initload.pipeline.work.Checkpoint;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Stop;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import io.initload.staging.StagingArea;
import io.initload.staging.gzip.Codec;
import io.initload.staging.gzip.Codecs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A whole extraction by the engine's own planning and step, with its ledger, its count of each
 * chunk, its keys, its sample and its policies; there is no org, so the table's counts and its
 * description are made here. Arguments: url, directory, codec, sessions, table, column of the
 * external id, and {@code twice} to do it again, warm, after a line that says {@code again}, or
 * {@code undigested} to see what the digests of rows cost, by doing without them.
 */
public final class Extract {
  public static void main(String[] args) throws Exception {
    extract(args, Path.of(args[1]));
    if (args.length > 6 && args[6].equals("twice")) {
      System.out.println("again");
      extract(args, Path.of(args[1], "again"));
    }
  }

  private static void extract(String[] args, Path directory) throws Exception {
    int sessions = Integer.parseInt(args[3]);
    Codec plain = args[2].equals("igzip") ? Codecs.fastest() : Codecs.deflate();
    boolean spare = Runtime.getRuntime().availableProcessors() > sessions;
    Codec codec = spare ? Codecs.beside(plain) : plain; // as the command line does
    SourceConfig source =
        new SourceConfig(
            args[0],
            System.getenv("PGUSER"),
            new Secret(System.getenv("PGPASSWORD")),
            Optional.empty(),
            sessions,
            0,
            DataSize.megabytes(4),
            SourceConfig.READ_TIMEOUT,
            SourceConfig.PLAN_TIMEOUT,
            Hours.ALWAYS,
            SourceConfig.Consistency.SNAPSHOT);
    StagingConfig staging =
        new StagingConfig(directory, DataSize.gigabytes(100), 250_000, DataSize.megabytes(95));
    try (SourceDatabase database = SourceDatabase.open(source);
        StagingArea area = StagingArea.open(staging, codec)) {
      TableShape shape = database.shape(new SourceName("", args[4]));
      TableConfig table = table(args[4], args[5], shape);
      LedgerConfig ledgerConfig =
          new LedgerConfig("jdbc:sqlite:" + directory.resolve("ledger.db"), "", Secret.NONE);
      MigrationConfig config =
          new MigrationConfig(
              "benchmark",
              source,
              null,
              staging,
              ledgerConfig,
              new ReconcileConfig(ReconcileConfig.Level.SAMPLE, 1_000),
              List.of("only"),
              List.of(table));
      Worker worker = new Worker("benchmark", "here", 1, 1);
      Clock clock = Clock.systemUTC();
      try (Ledger ledger = Ledger.open(ledgerConfig, config.name(), clock)) {
        Workbench bench =
            new Workbench(
                config, ledger, database, area, null, worker, clock, new Stop(), Checkpoint.NONE);
        boolean digested = args.length < 7 || !args[6].equals("undigested");
        run(bench, prepared(table, shape, args[5]), sessions, digested);
        print(ledger, table.name(), codec);
      }
    }
  }

  private static TableConfig table(String name, String key, TableShape shape) {
    List<FieldMapping> fields = new ArrayList<>();
    for (SourceColumn column : shape.columns()) {
      fields.add(new FieldMapping(field(column), new FieldMapping.Column(column.name())));
    }
    return new TableConfig(
        name,
        new SourceName("", name),
        "Order__c",
        "only",
        key + "__c",
        fields,
        new Chunking(Chunking.Strategy.AUTO, 500_000, 0),
        15,
        5,
        TableConfig.ErrorLimit.NEVER,
        TableConfig.Nulls.IGNORE,
        ZoneOffset.UTC,
        true,
        Map.of(),
        Hierarchy.DEFAULT,
        List.of());
  }

  private static String field(SourceColumn column) {
    return column.name() + "__c";
  }

  /**
   * An object with a field for each column, of the type that people would give it: text for the
   * external id.
   */
  private static Prepared prepared(TableConfig table, TableShape shape, String key) {
    List<TargetField> fields = new ArrayList<>();
    for (SourceColumn column : shape.columns()) {
      boolean external = column.name().equals(key);
      String type =
          switch (column.type()) {
            case NUMBER -> external ? "string" : "double";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case DATETIME -> "datetime";
            default -> "string";
          };
      fields.add(
          new TargetField(
              field(column),
              type,
              type.equals("string") ? 255 : 0,
              18,
              4,
              0,
              true,
              true,
              true,
              false,
              external,
              external,
              external,
              false,
              List.of(),
              "",
              false,
              false,
              List.of(),
              ""));
    }
    TargetObject object = new TargetObject("Order__c", true, true, fields);
    Compiled compiled =
        MappingCompiler.compile(table, shape.columns(), object, name -> Optional.empty()).orThrow();
    return new Prepared(PassKind.ROWS, table.name(), table, shape, object, compiled, Set.of());
  }

  private static void run(Workbench bench, Prepared prepared, int sessions, boolean digested)
      throws Exception {
    TableConfig table = prepared.config();
    Snapshot begun = bench.source().snapshot();
    bench.ledger().migrations().begin("none", "none", begun);
    Snapshot at = bench.source().at(table.source(), begun);
    ChunkPlan plan = bench.source().plan(table, at);
    Pass pass =
        new Pass(
            PassKind.ROWS,
            table.name(),
            table.name(),
            table.object(),
            table.externalId(),
            table.phase(),
            1,
            prepared.digest(),
            prepared.mapping().header(),
            plan.strategy().name(),
            plan.reason(),
            at,
            plan.exact() ? plan.rows() : bench.source().count(table, at),
            OptionalLong.of(0),
            Optional.empty());
    bench.ledger().tables().plan(pass, plan.chunks());
    SnapshotPlan moments = SnapshotPlan.of(bench, begun);
    PassWork planned = new PassPlanning(bench, moments).planned(prepared);
    PassWork work = digested ? planned : undigested(planned);
    Tables tables = new Tables(bench.ledger().tables(), List.of(work));
    ExtractStep step = new ExtractStep(bench, tables, moments, Opening.ofSource(bench));
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        all.add(
            threads.submit(
                () -> {
                  while (step.tryStep()) {
                    // One chunk each time.
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    if (!tables.failures().isEmpty()) {
      throw tables.failures().get(0);
    }
    if (!bench.ledger().sums().books().get(table.name()).readClosed()) {
      throw new IllegalStateException("not all rows were read: " + bench.ledger().sums().books());
    }
  }

  private static PassWork undigested(PassWork of) {
    return new PassWork(
        of.config(),
        of.pass(),
        of.request(),
        of.mapping(),
        Optional.empty(),
        of.keyForm(),
        of.keyProven(),
        of.duplicateKeys(),
        of.notLoaded());
  }

  private static void print(Ledger ledger, String table, Codec codec) {
    List<Part> parts = new ArrayList<>();
    for (Chunk chunk : ledger.chunks().list(table)) {
      parts.addAll(ledger.parts().ofChunk(table, chunk.no()));
    }
    System.out.printf(
        "%d %d %d %s%n",
        parts.stream().mapToLong(Part::rows).sum(),
        parts.stream().mapToLong(Part::csvBytes).sum(),
        parts.stream().mapToLong(Part::gzipBytes).sum(),
        codec.name());
  }
}
