package io.initload.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.DataSize;
import io.initload.config.StagingConfig;
import io.initload.staging.gzip.Codec;
import io.initload.staging.gzip.Codecs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartWriterTest {
  private static final List<String> HEADER = List.of("Id__c", "Name");

  @TempDir Path directory;

  private final List<SealedPart> parts = new ArrayList<>();

  @Test
  void sealsAtTheRowTargetAndAtTheEndOfTheChunk() {
    write(20_000, 95_000_000, rows(45_000, 10));
    assertThat(parts).extracting(SealedPart::rows).containsExactly(20_000L, 20_000L, 5_000L);
    assertThat(parts).extracting(SealedPart::number).containsExactly(1, 2, 3);
    assertThat(joined()).isEqualTo(rows(45_000, 10));
  }

  @Test
  void cutsAtTheLastBatchBoundaryThatFits() {
    // 28 bytes a row: 35,714 rows fit, so the parts hold 30,000.
    write(250_000, 1_000_000, rows(100_000, 20));
    assertThat(parts)
        .extracting(SealedPart::rows)
        .containsExactly(30_000L, 30_000L, 30_000L, 10_000L);
    assertThat(parts).allSatisfy(p -> assertThat(p.csvBytes()).isLessThanOrEqualTo(1_000_000));
    assertThat(joined()).isEqualTo(rows(100_000, 20));
  }

  @Test
  void cutsElsewhereOnlyWhereOneBatchIsTooWide() {
    write(250_000, 1_000_000, rows(25_000, 200));
    assertThat(parts).allSatisfy(p -> assertThat(p.csvBytes()).isLessThanOrEqualTo(1_000_000));
    assertThat(parts.get(0).rows()).isLessThan(10_000);
    assertThat(parts.get(0).csvBytes()).isGreaterThan(999_700);
    assertThat(joined()).isEqualTo(rows(25_000, 200));
  }

  @Test
  void anyRowsComeBackInOrderAndNoPartIsTooLargeOrCutInVain() throws IOException {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int round = 0; round < 4; round++) {
      parts.clear();
      int partRows = 10_000 * random.nextInt(1, 5);
      long partBytes = random.nextLong(100_000, 1_500_000);
      List<List<String>> rows = new ArrayList<>();
      int width = random.nextInt(1, 100);
      for (int i = random.nextInt(60_000); i > 0; i--) {
        // Widths change along the chunk, so that carried rows meet both kinds of cut.
        int pieces = i % 20_000 < 5_000 ? 4 * width : width;
        rows.add(List.of("k" + i, RandomTexts.staged(texts.next(pieces))));
      }
      write(partRows, partBytes, rows);
      String as = "seed %d round %d".formatted(seed, round);
      assertThat(joined()).as(as).isEqualTo(rows);
      for (int i = 0; i < parts.size(); i++) {
        SealedPart part = parts.get(i);
        assertThat(part.csvBytes()).as(as).isLessThanOrEqualTo(partBytes);
        assertThat(part.rows()).as(as).isLessThanOrEqualTo(partRows);
        byte[] csv = singleMember(part.path());
        assertThat((long) csv.length).as(as).isEqualTo(part.csvBytes());
        if (i + 1 < parts.size() && part.rows() % 10_000 != 0) {
          assertThat(part.rows()).as(as).isLessThan(10_000);
        }
        if (i + 1 < parts.size() && part.rows() % 10_000 == 0 && part.rows() < partRows) {
          long next = firstRows(i + 1, 10_000);
          assertThat(part.csvBytes() + next).as(as + ": cut too early").isGreaterThan(partBytes);
        }
      }
    }
  }

  @Test
  void everyCodecWritesTheSameCsvInTheSameParts() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    RandomTexts texts = new RandomTexts(random);
    for (int i = 0; i < 45_000; i++) {
      // Now and then a record larger than the buffer before the compressor.
      String wide = i % 9_000 == 0 ? "w".repeat(random.nextInt(60_000, 90_000)) : "";
      rows.add(List.of("k" + i, RandomTexts.staged(texts.next(40)) + wide));
    }
    List<List<byte[]>> csv = new ArrayList<>();
    for (Codec codec :
        List.of(
            Codecs.deflate(),
            Codecs.fastest(),
            Codecs.beside(Codecs.deflate()),
            Codecs.beside(Codecs.fastest()))) {
      parts.clear();
      try (StagingArea area = StagingArea.open(config(directory, 250_000, 900_000), codec);
          PartWriter writer = area.writer("T", HEADER, 1, parts::add)) {
        for (List<String> row : rows) {
          writer.write(row);
        }
        writer.finish();
      }
      assertThat(joined()).as("seed %d, %s", seed, codec.name()).isEqualTo(rows);
      List<byte[]> each = new ArrayList<>();
      for (SealedPart part : parts) {
        each.add(singleMember(part.path()));
      }
      csv.add(each);
    }
    for (List<byte[]> other : csv) {
      assertThat(other).hasSameSizeAs(csv.get(0));
      for (int i = 0; i < other.size(); i++) {
        assertThat(other.get(i)).as("seed %d part %d", seed, i).isEqualTo(csv.get(0).get(i));
      }
    }
  }

  @Test
  void aRowWiderThanAPartIsUnstageable() {
    try (StagingArea area = StagingArea.open(config(directory, 10_000, 10_000), Codecs.deflate());
        PartWriter writer = area.writer("T", HEADER, 1, parts::add)) {
      CsvRow row = writer.row();
      row.beginField();
      row.text("x".repeat(10_000));
      row.endField();
      assertThat(row.problem()).isPresent();
      writer.discard();
      writer.write(List.of("1", "x".repeat(9_980)));
      writer.finish();
    }
    assertThat(parts).extracting(SealedPart::csvBytes).containsExactly(9_994L);
  }

  @Test
  void writesPrivateFilesAndLeavesNothingUnfinished() throws IOException {
    Path staging = directory.resolve("deep/staging");
    try (StagingArea area =
        StagingArea.open(config(staging, 10_000, 1_000_000), Codecs.deflate())) {
      try (PartWriter writer = area.writer("A$B/C", HEADER, 1, parts::add)) {
        for (List<String> row : rows(15_000, 5)) {
          writer.write(row);
        }
        // Not finished: the second part is discarded.
      }
      assertThat(parts).hasSize(1);
      assertThat(area.parts()).containsExactly(parts.get(0).path());
      assertThat(parts.get(0).path().getFileName()).hasToString("A%24B%2FC-001.csv.gz");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(staging)))
          .isEqualTo("rwx------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(parts.get(0).path())))
          .isEqualTo("rw-------");
    }
    try (var files = Files.list(staging)) {
      assertThat(files).containsExactly(parts.get(0).path());
    }
  }

  @Test
  void sweepsWhatACrashLeftButNotTheFilesOfTheLiving() throws IOException {
    StagingConfig config = config(directory, 10_000, 1_000_000);
    Path orphan = Files.createFile(directory.resolve("T-1-001.csv.gz.deadbeef.tmp"));
    try (StagingArea living = StagingArea.open(config, Codecs.deflate());
        PartWriter writer = living.writer("T-2", HEADER, 1, parts::add)) {
      writer.write(List.of("1", "one"));
      try (StagingArea second = StagingArea.open(config, Codecs.deflate())) {
        assertThat(orphan).doesNotExist();
        writer.write(List.of("2", "two"));
        writer.finish();
        assertThat(second.usedBytes()).isGreaterThanOrEqualTo(parts.get(0).gzipBytes());
        assertThat(second.full()).isFalse();
      }
    }
    assertThat(joined()).containsExactly(List.of("1", "one"), List.of("2", "two"));
  }

  @Test
  void aSealedPartIsVerifiedAndADamagedOneNamed() throws IOException {
    write(10_000, 1_000_000, rows(100, 5));
    StagedPart part = new StagedPart(parts.get(0));
    part.verify();
    byte[] bytes = Files.readAllBytes(part.sealed().path());
    bytes[bytes.length / 2] ^= 1;
    Files.write(part.sealed().path(), bytes);
    assertThatThrownBy(part::verify)
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo("STAGING_CORRUPT");
              assertThat(f).hasMessageContaining("SHA-256");
            });
    part.delete();
    part.delete();
    assertThat(part.exists()).isFalse();
    assertThatThrownBy(part::verify).hasMessageContaining("there is none");
  }

  @Test
  void filtersARecordSubsetIntoANewPart() {
    List<List<String>> all = rows(100, 8);
    write(10_000, 1_000_000, all);
    BitSet keep = new BitSet();
    keep.set(0);
    keep.set(41);
    keep.set(99);
    try (StagingArea area =
        StagingArea.open(config(directory, 10_000, 1_000_000), Codecs.deflate())) {
      SealedPart rest = area.filter(new StagedPart(parts.get(0)), keep, "T-retry", 7);
      assertThat(rest.rows()).isEqualTo(3);
      assertThat(rest.number()).isEqualTo(7);
      assertThat(read(rest)).containsExactly(all.get(0), all.get(41), all.get(99));
    }
  }

  @Test
  void saysWhenTheDirectoryCannotBeUsed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(
            () -> StagingArea.open(config(file.resolve("staging"), 10_000, 1), Codecs.deflate()))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo("STAGING_DIRECTORY");
              assertThat(f.remedy()).contains("staging.directory");
            });
  }

  private void write(int partRows, long partBytes, List<List<String>> rows) {
    try (StagingArea area =
            StagingArea.open(config(directory, partRows, partBytes), Codecs.deflate());
        PartWriter writer = area.writer("T", HEADER, 1, parts::add)) {
      for (List<String> row : rows) {
        writer.write(row);
      }
      writer.finish();
      assertThat(writer.rows()).isEqualTo(rows.size());
    }
  }

  private static StagingConfig config(Path directory, int partRows, long partBytes) {
    return new StagingConfig(directory, DataSize.gigabytes(1), partRows, new DataSize(partBytes));
  }

  private static List<List<String>> rows(int count, int width) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(List.of("%06d".formatted(i), (i + "x".repeat(width)).substring(0, width)));
    }
    return rows;
  }

  private List<List<String>> joined() {
    List<List<String>> all = new ArrayList<>();
    for (SealedPart part : parts) {
      new StagedPart(part).verify();
      List<List<String>> records = read(part);
      assertThat(records).hasSize((int) part.rows());
      all.addAll(records);
    }
    return all;
  }

  private static List<List<String>> read(SealedPart part) {
    List<List<String>> all = new ArrayList<>();
    try (StagedPart.Rows rows = new StagedPart(part).rows()) {
      assertThat(rows.header()).isEqualTo(HEADER);
      rows.forEachRemaining(all::add);
    }
    return all;
  }

  /** Inflates the first member alone and checks that it is the only one. */
  private static byte[] singleMember(Path path) throws IOException {
    byte[] gzip = Files.readAllBytes(path);
    byte[] all;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      all = in.readAllBytes();
    }
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    Inflater inflater = new Inflater(true);
    try (InflaterInputStream in =
        new InflaterInputStream(
            new java.io.ByteArrayInputStream(gzip, 10, gzip.length - 10), inflater, gzip.length)) {
      in.transferTo(first);
      assertThat(inflater.getRemaining()).isEqualTo(8);
    } finally {
      inflater.end();
    }
    assertThat(first.toByteArray()).isEqualTo(all);
    return all;
  }

  private long firstRows(int part, int count) {
    long bytes = 0;
    CsvRow line = new CsvRow();
    List<List<String>> records = new ArrayList<>();
    for (int p = part; p < parts.size() && records.size() < count; p++) {
      records.addAll(read(parts.get(p)));
    }
    if (records.size() < count) {
      return Long.MAX_VALUE / 2;
    }
    for (List<String> record : records.subList(0, count)) {
      line.clear();
      for (String text : record) {
        line.beginField();
        line.text(text);
        line.endField();
      }
      bytes += line.end();
    }
    return bytes;
  }
}
