package io.initload.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ValueMap;
import io.initload.config.ValueMap.Unmapped;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every line of the table in docs/mapping.md is what an expression yields. */
class ExpressionDocumentTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern GIVEN = Pattern.compile("([A-Z]) = ('[^']*'|[^,]+)");
  private static final Pattern CALL = Pattern.compile("\\b([a-z]\\w*)\\(");
  static final Map<String, ValueType> COLUMNS =
      Map.of(
          "A", ValueType.TEXT,
          "B", ValueType.TEXT,
          "N", ValueType.NUMBER,
          "D", ValueType.DATE,
          "T", ValueType.DATETIME,
          "F", ValueType.BOOLEAN);
  static final Map<String, ValueMap> MAPS =
      Map.of(
          "codes",
          new ValueMap("codes", 1, Map.of(List.of("b"), "Beta"), Optional.empty(), Unmapped.FAIL),
          "pairs",
          new ValueMap(
              "pairs", 2, Map.of(List.of("b", "2"), "two"), Optional.empty(), Unmapped.NULL));

  @TestFactory
  List<DynamicTest> everyLineHolds() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    ExpressionCompiler compiler = new ExpressionCompiler(COLUMNS, MAPS, ZoneId.of("Europe/Vienna"));
    for (List<String> row : rows()) {
      List<String> written = code(row.get(0));
      List<String> is = code(row.get(2));
      Map<String, Object> values = values(row.get(1));
      assertThat(is).as(row.get(0)).hasSameSizeAs(written);
      for (int i = 0; i < written.size(); i++) {
        String text = written.get(i);
        String wanted = is.get(i);
        tests.add(
            DynamicTest.dynamicTest(text, () -> holds(compiler, text, values, parsed(wanted))));
      }
    }
    assertThat(tests).hasSizeGreaterThan(45);
    return tests;
  }

  private static void holds(
      ExpressionCompiler compiler, String text, Map<String, Object> values, Object wanted) {
    List<Fault> faults = new ArrayList<>();
    Optional<Expression> expression = compiler.compile(text, faults);
    assertThat(faults).isEmpty();
    Object value = expression.orElseThrow().evaluate(values);
    if (wanted instanceof BigDecimal number) {
      assertThat((BigDecimal) value).isEqualByComparingTo(number);
    } else {
      assertThat(value == null ? Expression.NULL : value).isEqualTo(wanted);
    }
  }

  /** What is not in the table is not in the language, as far as users would know. */
  @Test
  void everyFunctionHasALine() throws IOException {
    Language language = new Language();
    Operators.define(language);
    TextFunctions.define(language);
    NumberFunctions.define(language);
    new DateFunctions(ZoneId.of("UTC")).define(language);
    new MapFunction(Map.of()).define(language);
    List<String> shown =
        rows().stream()
            .flatMap(row -> CALL.matcher(row.get(0)).results())
            .map(result -> result.group(1))
            .distinct()
            .toList();
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            language.declarations().stream()
                .map(declared -> declared.name())
                .filter(name -> name.matches("[a-z]\\w+"))
                .toList());
  }

  private static List<List<String>> rows() throws IOException {
    String page = Files.readString(Path.of("../docs/mapping.md"));
    String table = page.substring(page.indexOf("### Signs and functions"));
    table = table.substring(0, table.indexOf("\nForms of dates"));
    return table
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(2).split("(?<!\\\\) \\| "))
        .map(cells -> List.of(cells[0].replace("\\|", "|"), cells[1], cells[2]))
        .toList();
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(result -> result.group(1)).toList();
  }

  private static Map<String, Object> values(String cell) {
    Map<String, Object> values = new LinkedHashMap<>();
    Matcher given = GIVEN.matcher(code(cell).get(0));
    while (given.find()) {
      values.put(given.group(1), parsed(given.group(2).strip()));
    }
    return values;
  }

  private static Object parsed(String text) {
    if (text.startsWith("'")) {
      return text.substring(1, text.length() - 1);
    }
    if (text.equals("null")) {
      return Expression.NULL;
    }
    if (text.matches("true|false")) {
      return Boolean.valueOf(text);
    }
    if (text.endsWith("Z")) {
      return Instant.parse(text);
    }
    return text.matches("\\d{4}-\\d\\d-\\d\\d") ? LocalDate.parse(text) : new BigDecimal(text);
  }
}
