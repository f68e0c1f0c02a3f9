import com.sun.management.ThreadMXBean;
import io.initload.config.Chunking;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Column;
import io.initload.config.FieldMapping.Expression;
import io.initload.config.FieldMapping.Place;
import io.initload.config.Hierarchy;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.ValueMap;
import io.initload.mapping.FieldSink;
import io.initload.mapping.RowMapping;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.SourceRow;
import io.initload.mapping.compile.MappingCompiler;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.staging.CsvRow;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What expressions and maps cost: the same rows of sixteen columns as an extraction renders them,
 * with some fields computed. Arguments: rows of a round, rounds.
 */
public final class Rows {
  private static final int WARM_UP = 3;
  private static final int COLUMNS = 16;
  private static final int ENTRIES = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private record Candidate(String title, RowMapping mapping) {}

  private record Round(double secondsPerMillion, double bytesPerRow) {}

  public static void main(String[] args) {
    int rows = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    List<Candidate> all =
        List.of(
            new Candidate("columns alone", mapping()),
            new Candidate("two texts joined", mapping("upper(T1) + ' ' + T3")),
            new Candidate("a condition", mapping("T1 == T3 ? T1 : trim(T3)")),
            new Candidate("a number, rounded", mapping("text(round(N0 * 1.2, 2))")),
            new Candidate("a map of 200 entries", mapping("mapped('codes', T5)")),
            new Candidate(
                "five fields, one by a map",
                mapping(
                    "upper(T1) + ' ' + T3",
                    "T1 == T3 ? T1 : trim(T3)",
                    "text(round(N0 * 1.2, 2))",
                    "mapped('codes', T5)",
                    "substr(T7, 2, 5)")));
    Round[][] results = new Round[all.size()][rounds];
    Memory source = new Memory();
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int i = 0; i < all.size(); i++) {
        Round result = round(all.get(i).mapping(), source, rows);
        if (round >= 0) {
          results[i][round] = result;
        }
      }
    }
    report(all, results);
  }

  private static Round round(RowMapping mapping, Memory source, int rows) {
    source.reads(mapping);
    CsvRow row = new CsvRow();
    row.rules(mapping.rules());
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int i = 0; i < rows; i++) {
      source.at = i & Memory.MASK;
      row.clear();
      mapping.render(source, row);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Round(
        seconds * 1e6 / rows,
        (double) (THREADS.getCurrentThreadAllocatedBytes() - allocated) / rows);
  }

  private static void report(List<Candidate> all, Round[][] results) {
    System.out.println(
        "| computed | seconds for a million rows, median (lowest-highest) | bytes of garbage a row"
            + " |");
    System.out.println("|---|---|---|");
    for (int i = 0; i < all.size(); i++) {
      double[] seconds =
          Arrays.stream(results[i]).mapToDouble(Round::secondsPerMillion).sorted().toArray();
      double bytes = Arrays.stream(results[i]).mapToDouble(Round::bytesPerRow).min().orElseThrow();
      System.out.printf(
          "| %s | %.2f (%.2f-%.2f) | %,.0f |%n",
          all.get(i).title(),
          seconds[seconds.length / 2],
          seconds[0],
          seconds[seconds.length - 1],
          bytes);
    }
  }

  /** The key and all columns; the first so many text fields are computed. */
  private static RowMapping mapping(String... expressions) {
    Map<List<String>, String> entries = new HashMap<>();
    for (int i = 0; i < ENTRIES; i++) {
      entries.put(List.of("code" + i), "Value " + i);
    }
    ValueMap codes =
        new ValueMap("codes", 1, entries, Optional.of("Other"), ValueMap.Unmapped.FAIL);
    List<FieldMapping> fields = new ArrayList<>();
    List<SourceColumn> columns = new ArrayList<>();
    List<TargetField> targets = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      boolean number = i % 2 == 0;
      String name = (number ? "N" : "T") + i;
      columns.add(
          new SourceColumn(
              name,
              number ? SourceColumn.Type.NUMBER : SourceColumn.Type.TEXT,
              number ? "NUMBER(9)" : "VARCHAR2(40)",
              40,
              9,
              0,
              false));
      targets.add(field("F" + i + "__c", i == 0));
      int computed = i / 2;
      boolean expression = !number && computed < expressions.length;
      fields.add(
          new FieldMapping(
              "F" + i + "__c",
              expression
                  ? new Expression(expressions[computed], List.of(codes), new Place(1, 1))
                  : new Column(name)));
    }
    TableConfig table =
        new TableConfig(
            "T",
            new SourceName("", "T"),
            "O__c",
            "all",
            "F0__c",
            fields,
            new Chunking(Chunking.Strategy.AUTO, 1_000_000, 0),
            1,
            5,
            TableConfig.ErrorLimit.NEVER,
            TableConfig.Nulls.IGNORE,
            ZoneOffset.UTC,
            true,
            Map.of(),
            Hierarchy.DEFAULT,
            List.of());
    return MappingCompiler.compile(
            table, columns, new TargetObject("O__c", true, true, targets), p -> Optional.empty())
        .orThrow()
        .mapping();
  }

  private static TargetField field(String name, boolean key) {
    return new TargetField(
        name, "string", 255, 0, 0, 0, true, true, true, false, key, key, key, true, List.of(), "",
        false, false, List.of(), "");
  }

  /** Rows as PostgreSQL's cursor has them: numbers, and texts that are UTF-8 already. */
  private static final class Memory implements SourceRow {
    static final int MASK = 1023;
    private final long[][] numbers = new long[MASK + 1][COLUMNS];
    private final byte[][][] texts = new byte[MASK + 1][COLUMNS][];
    private int[] columns = {};
    private int at;

    Memory() {
      SplittableRandom random = new SplittableRandom(7);
      for (int row = 0; row <= MASK; row++) {
        for (int i = 0; i < COLUMNS; i++) {
          numbers[row][i] = random.nextInt(100_000_000);
          String text = i == 5 ? "code" + random.nextInt(ENTRIES) : " some text " + numbers[row][i];
          texts[row][i] = text.getBytes(StandardCharsets.UTF_8);
        }
      }
    }

    /** Which column each read of a mapping is. */
    void reads(RowMapping mapping) {
      columns =
          mapping.reads().stream()
              .mapToInt(read -> Integer.parseInt(read.column().substring(1)))
              .toArray();
    }

    @Override
    public boolean write(int read, FieldSink sink) {
      int column = columns[read];
      if (column % 2 == 0) {
        sink.number(numbers[at][column], 0);
      } else {
        sink.utf8(texts[at][column], 0, texts[at][column].length);
      }
      return true;
    }
  }
}
