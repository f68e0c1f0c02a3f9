package io.initload.pipeline;

import io.initload.config.Chunking;
import io.initload.config.DataSize;
import io.initload.config.FieldMapping;
import io.initload.config.Secret;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.plan.TablePlan;
import io.initload.source.RowCursor;
import io.initload.source.SourceDatabase;
import io.initload.staging.Codec;
import io.initload.staging.CsvRow;
import io.initload.staging.PartWriter;
import io.initload.staging.SealedPart;
import io.initload.staging.StagingArea;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A whole extraction: plan, read, encode, know each key, draw the sample, compress, seal, as the engine's own step
 * does it; without ledger and org. Arguments: url, directory, codec, sessions, table, and {@code twice} to do it again,
 * warm, after a line that says {@code again}.
 */
public final class Extract {
  public static void main(String[] args) throws Exception {
    extract(args, Path.of(args[1]));
    if (args.length > 5) {
      System.out.println("again");
      extract(args, Path.of(args[1], "again"));
    }
  }

  private static void extract(String[] args, Path directory) throws Exception {
    int sessions = Integer.parseInt(args[3]);
    Codec plain = args[2].equals("igzip") ? Codec.fastest() : Codec.deflate();
    boolean spare = Runtime.getRuntime().availableProcessors() > sessions;
    Codec codec = spare ? plain.beside() : plain; // as the command line does
    SourceConfig source =
        new SourceConfig(
            args[0],
            System.getenv("PGUSER"),
            new Secret(System.getenv("PGPASSWORD")),
            sessions,
            0,
            DataSize.megabytes(4), SourceConfig.PLAN_TIMEOUT, SourceConfig.Consistency.SNAPSHOT);
    StagingConfig staging =
        new StagingConfig(
            directory, DataSize.gigabytes(100), 250_000, DataSize.megabytes(95));
    TableConfig table =
        new TableConfig(
            args[4],
            new SourceName("", args[4]),
            "Order__c",
            "only",
            "Ext__c",
            List.of(new FieldMapping("Ext__c", new FieldMapping.Column("ext_id"))),
            new Chunking(Chunking.Strategy.AUTO, 500_000, 0),
            15,
            5,
            TableConfig.ErrorLimit.NEVER,
            TableConfig.Nulls.IGNORE,
            ZoneOffset.UTC, Map.of());
    ConcurrentLinkedQueue<SealedPart> parts = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    try (SourceDatabase database = SourceDatabase.open(source);
        StagingArea area = StagingArea.open(staging, codec)) {
      Snapshot snapshot = database.snapshot();
      TablePlan plan = database.plan(table, snapshot);
      List<ColumnRead> reads = new ArrayList<>();
      for (SourceColumn column : database.shape(table.source()).columns()) {
        reads.add(
            new ColumnRead(
                column.name(),
                switch (column.type()) {
                  case NUMBER -> Rendering.NUMBER;
                  case BOOLEAN -> Rendering.BOOLEAN;
                  case DATE -> Rendering.DATE;
                  case DATETIME -> Rendering.DATETIME;
                  default -> Rendering.TEXT;
                }));
      }
      List<String> header = reads.stream().map(ColumnRead::column).toList();
      int keyColumn = header.indexOf("ext_id");
      AtomicLong sampled = new AtomicLong();
      List<Future<?>> work = new ArrayList<>();
      int number = 0;
      for (PlannedChunk chunk : plan.chunks()) {
        String name = "orders-%05d".formatted(number++);
        work.add(
            threads.submit(
                () -> {
                  try (RowCursor rows =
                          database.read(
                              table.source(), chunk.bounds(), snapshot, reads, ZoneOffset.UTC);
                      PartWriter writer = area.writer(name, header, 1, parts::add)) {
                    CsvRow row = writer.row();
                    int columns = reads.size();
                    KeySet seen = new KeySet();
                    Sampler sampler = new Sampler(1_000, plan.rows());
                    while (rows.next()) {
                      for (int i = 0; i < columns; i++) {
                        row.beginField();
                        rows.write(i, row);
                        row.endField();
                      }
                      String key = KeyForm.IGNORE_CASE.canonical(row.field(keyColumn));
                      if (seen.add(key) == KeySet.NONE) {
                        throw new IllegalStateException(key + " came twice");
                      }
                      if (sampler.takes(key)) {
                        sampled.incrementAndGet();
                      }
                      writer.commit();
                    }
                    writer.finish();
                  }
                }));
      }
      for (Future<?> one : work) {
        one.get();
      }
      long rows = parts.stream().mapToLong(SealedPart::rows).sum();
      if (rows != plan.rows() || sampled.get() == 0) {
        throw new IllegalStateException(
            rows + " rows instead of " + plan.rows() + ", " + sampled + " sampled");
      }
      System.out.printf(
          "%d %d %d %s%n",
          rows,
          parts.stream().mapToLong(SealedPart::csvBytes).sum(),
          parts.stream().mapToLong(SealedPart::gzipBytes).sum(),
          codec.name());
    } finally {
      threads.shutdown();
    }
  }
}
