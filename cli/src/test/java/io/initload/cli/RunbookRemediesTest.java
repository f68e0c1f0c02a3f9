package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.initload.codes.CodeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every remedy of the runbook that names a command or a setting is followed by a test, or a line of
 * {@code remedies.csv} says why none can; those of the table of rows by {@link RowRemediesTest}.
 */
class RunbookRemediesTest {
  private static final Pattern NAMES =
      Pattern.compile(
          "`initload |`--|\\b(source|target|staging|ledger)\\.[a-z]\\w+|tables\\[]|`values"
              + "|concurrency|maxConcurrentJobs|_PROXY|INITLOAD_|JAVA_TOOL_OPTIONS|`auto`"
              + "|same (command|step)|[Rr]un the steps?|`plan|strategy ");
  private static final Pattern MADE =
      Pattern.compile("(?s)<!-- codes of (\\w+): begin -->.*?<!-- codes of \\1: end -->");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Z_]+)`[^|]*\\|[^|]*\\|.*\\| (.*) \\|$");

  @Test
  void eachIsFollowedOrSaidWhyNot() throws IOException {
    Map<String, String> said = said();
    Map<String, String> remedies = remedies();
    assertThat(remedies).hasSizeGreaterThan(80).containsKeys("runbook LEDGER_GONE", "h2 28000");
    assertThat(said).containsOnlyKeys(remedies.keySet());
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    try (CsvReader<NamedCsvRecord> lines = lines()) {
      for (NamedCsvRecord line : lines) {
        String shown = line.getField("shown by");
        String otherwise = line.getField("otherwise");
        assertThat(shown.isEmpty()).as("%s", line).isNotEqualTo(otherwise.isEmpty());
        if (!shown.isEmpty()) {
          List<String> names = List.of(shown.split("#", 2));
          assertThat(source(names.get(0))).as("%s", line).contains(" void " + names.get(1) + "(");
        }
      }
    }
  }

  private static Map<String, String> said() throws IOException {
    Map<String, String> said = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> lines = lines()) {
      lines.forEach(line -> said.put(line.getField("remedy"), line.getField("shown by")));
    }
    return said;
  }

  private static CsvReader<NamedCsvRecord> lines() throws IOException {
    return CsvReader.builder()
        .ofNamedCsvRecord(
            Path.of("src", "test", "resources", "io", "initload", "cli", "remedies.csv"));
  }

  /** By table, code and, where a code has several, the words of the message. */
  private static Map<String, String> remedies() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "runbook.md"));
    Map<String, String> remedies = new TreeMap<>();
    ROW.matcher(MADE.matcher(page).replaceAll(""))
        .results()
        .forEach(row -> remedies.put("runbook " + row.group(1), row.group(2)));
    Matcher made = MADE.matcher(page);
    while (made.find()) {
      String table = made.group(1);
      CodeTable.read(table).entries().stream()
          .filter(
              entry -> !(table.equals("rows") && entry.remedy().contains("dead-letters replay")))
          .filter(entry -> !entry.codes().isEmpty())
          .forEach(
              entry ->
                  remedies.put(
                      (table + " " + entry.codes().get(0) + " " + entry.text()).strip(),
                      entry.remedy()));
    }
    remedies.values().removeIf(remedy -> !NAMES.matcher(remedy).find());
    return remedies;
  }

  private static String source(String test) throws IOException {
    for (String module : List.of("../cli", "../engine")) {
      try (Stream<Path> files = Files.walk(Path.of(module, "src", "test", "java"))) {
        List<Path> found = files.filter(f -> f.endsWith(test + ".java")).toList();
        if (!found.isEmpty()) {
          return Files.readString(found.get(0));
        }
      }
    }
    throw new AssertionError("there is no test " + test);
  }
}
