package io.initload.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.mapping.Compiled;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.KeyedHash;
import io.initload.mapping.canonical.SampleOrder;
import io.initload.mapping.compile.SentFields;
import io.initload.mapping.org.TargetField;
import io.initload.plan.PassKind;
import io.initload.staging.CsvRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows are digested from their bytes as they are from their texts. */
class StagedDigestsTest {
  private static final byte[] KEY = KeyedHash.randomKey();
  private static final int ROWS = 20_000;
  private static final List<String> TYPES =
      List.of(
          "string",
          "string",
          "textarea",
          "multipicklist",
          "encryptedstring",
          "double",
          "int",
          "boolean",
          "date",
          "datetime",
          "time",
          "reference",
          "email");
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "#N/A",
          "#N/B",
          "Ann",
          " Ann",
          "Ann ",
          "Köln",
          "李",
          "a\r\nb",
          "a\rb\n",
          "a,b",
          "said \"a\", then b",
          "\"",
          "true",
          "false",
          "TRUE",
          "truth",
          "B;A;B",
          "0",
          "-0",
          "1.50",
          "-1.5",
          "1e5",
          "1234567890123456789",
          "2020-02-28",
          "2020-02-30",
          "2020-02-28T23:59:59.123Z",
          "2020-02-28T23:59:59.123+0100",
          "2020-02-31T23:59:59.000Z",
          "10:30:00.000Z",
          "001D000000IRFmaIAH",
          "Ann@example.com");

  private final List<String> header =
      IntStream.range(0, TYPES.size()).mapToObj(i -> "F" + i + "__c").toList();

  @Test
  void bytesAreTakenForWhatTheirTextsAre() {
    Random random = new Random(4711);
    StagedDigests bytes = digests(PassKind.ROWS);
    StagedDigests texts = digests(PassKind.ROWS);
    CsvRow row = new CsvRow();
    for (int i = 0; i < ROWS; i++) {
      row.clear();
      for (int field = 0; field < TYPES.size(); field++) {
        row.beginField();
        write(row, random);
        row.endField();
      }
      String key = "k" + i;
      bytes.add(key, SampleOrder.place(key), row);
      texts.add(key, row::field);
      assertThat(bytes.digested().sums().text())
          .as("%s", row.texts())
          .isEqualTo(texts.digested().sums().text());
    }
    assertThat(bytes.digested().sums().rows()).isEqualTo(ROWS);
  }

  /** A text, or what is written by its type, alone or as a piece of a text. */
  private static void write(CsvRow row, Random random) {
    switch (random.nextInt(12)) {
      case 0 -> row.number(random.nextInt(2_000) - 1_000, random.nextInt(8) - 3);
      case 1 -> row.number(random.nextLong(), random.nextInt(20));
      case 2 -> row.number(new BigDecimal("12345678901234567890.50"));
      case 3 -> row.date(1_900 + random.nextInt(300), 1 + random.nextInt(12), 29);
      case 4 -> row.date(10_000 + random.nextInt(10), 2, 3);
      case 5 -> row.dateTime(2_020, 2, 1 + random.nextInt(29), 23, 59, 58, 123_456_789);
      case 6 -> row.dateTime(123_456, 2, 3, 4, 5, 6, 7);
      case 7 -> row.time(10, 30, random.nextInt(60), 5_000_000);
      case 8 -> row.bool(random.nextBoolean());
      case 9 -> {
        row.number(random.nextInt(100), 0);
        row.text(random.nextBoolean() ? "-" : " ");
        row.date(2_020, 1, 2);
      }
      default -> row.text(TEXTS.get(random.nextInt(TEXTS.size())));
    }
  }

  @Test
  void aRowThatLinksToNothingIsInNoSum() {
    StagedDigests links = digests(PassKind.LINKS);
    CsvRow row = new CsvRow();
    TYPES.forEach(
        type -> {
          row.beginField();
          row.endField();
        });
    links.add("k1", SampleOrder.place("k1"), row);
    assertThat(links.digested().sums().rows()).isZero();
  }

  private StagedDigests digests(PassKind kind) {
    RowMapping mapping = new RowMapping(header, 0, List.of(), List.of(List.of()), List.of());
    List<TargetField> targets =
        IntStream.range(0, TYPES.size()).mapToObj(i -> field(header.get(i), TYPES.get(i))).toList();
    Compiled compiled = new Compiled(mapping, KeyForm.EXACT, targets, List.of(), List.of());
    SentFields fields = SentFields.of(compiled, Set.of("F12__c"));
    return new StagedDigests(KEY, fields, kind, BucketSums.forRows(0));
  }

  private static TargetField field(String name, String type) {
    return new TargetField(
        name, type, 80, 18, 2, 9, true, true, true, false, false, false, false, false, List.of(),
        "", false, false, List.of(), "");
  }
}
