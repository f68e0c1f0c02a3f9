package io.initload.expression;

import static io.initload.expression.ExpressionDocumentTest.COLUMNS;
import static io.initload.expression.ExpressionDocumentTest.MAPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionCompilerTest {
  private final ExpressionCompiler compiler = new ExpressionCompiler(COLUMNS, MAPS, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "A + 1                       | 0:2  | has no + of (text, number)",
        "A + X                       | 0:4  | knows no column and no function X",
        "uper(A)                     | 0:4  | knows no column and no function uper",
        "A +                         | 0:3  | mismatched input '<EOF>' expecting",
        "N > 1 ? A : N               | 0:6  | has no ?: of (bool, text, number)",
        "A ? 'x' : 'y'               | 0:2  | has no ?: of (text, text, text)",
        "mapped('code', A)           | 0:7  | there is no map code; did you mean codes?",
        "mapped('codes', A, B)       | 0:7  | the map codes is asked by 1 values, not by 2",
        "mapped(A, B)                | 0:7  | the name of a map must be written as a text there",
        "parseDate(A, 'dd.bb.yyyy')  | 0:13 | \"dd.bb.yyyy\" is not a form of dates as"
            + " 'dd.MM.yyyy'",
        "parseDate(A, B)             | 0:13 | a form of dates as 'dd.MM.yyyy' must be written as a"
            + " text there",
        "formatNumber(N, '0,0,.0.')  | 0:16 | \"0,0,.0.\" is not a form of numbers as '#,##0.00'",
        "formatNumber(N, '0', '??')  | 0:21 | \"??\" is not a language as 'de'",
        "[A, B]                      | 0:0  | yields list, which no field takes",
        "null                        | 0:0  | yields null, which no field takes",
        "size(A)                     | 0:4  | knows no column and no function size",
        "A.size()                    | 0:6  | knows no column and no function size",
        "[1, 2].map(x, x)            | 0:10 | knows no column and no function map",
        "int(A)                      | 0:3  | knows no column and no function int",
        "A.matches('x')              | 0:9  | knows no column and no function matches",
        "timestamp('2020-01-01')     | 0:9  | knows no column and no function timestamp",
        "A.getClass()                | 0:10 | knows no column and no function getClass",
      })
  void whatIsWrongIsNamedWithItsPlace(String text, String place, String message) {
    List<Fault> faults = new ArrayList<>();
    assertThat(compiler.compile(text, faults)).isEmpty();
    assertThat(faults.get(0).line() + ":" + faults.get(0).column()).isEqualTo(place);
    assertThat(faults.get(0).message()).startsWith(message);
  }

  @Test
  void aPlaceIsInItsLine() {
    List<Fault> faults = new ArrayList<>();
    assertThat(compiler.compile("A +\n  X + 'y'", faults)).isEmpty();
    assertThat(faults).containsExactly(new Fault(1, 2, "knows no column and no function X"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "N / 0                       | EXPRESSION_FAILED | divides by zero",
        "N % 0                       | EXPRESSION_FAILED | divides by zero",
        "number(A)                   | EXPRESSION_FAILED | takes a text for a number that is none",
        "parseDate('31.02.2020', 'dd.MM.yyyy') | EXPRESSION_FAILED | takes a text for a date that"
            + " is none of the form dd.MM.yyyy",
        "mapped('codes', A)          | UNMAPPED_VALUE    | finds no value in the map codes",
        "substr(A, 1.5)              | EXPRESSION_FAILED | has 1.5 for the first character",
        "F ? 'x' : 'y'               | EXPRESSION_FAILED | has a condition that is null",
      })
  void aRowWithoutAValueSaysWhy(String text, String code, String message) {
    Map<String, Object> values = new HashMap<>(Map.of("A", "q", "N", BigDecimal.ONE));
    values.put("F", Expression.NULL);
    Expression expression = compiler.compile(text, new ArrayList<>()).orElseThrow();
    assertThatThrownBy(() -> expression.evaluate(values))
        .isInstanceOfSatisfying(Incomputable.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith(message);
  }

  /** A hundred sums of a long text would fill the heap of a run that reads any table. */
  @Test
  void textsDoNotGrowBeyondARow() {
    String doubled = "A";
    for (int i = 0; i < 6; i++) {
      doubled = "(" + doubled + " + " + doubled + ")";
    }
    Expression expression = compiler.compile(doubled, new ArrayList<>()).orElseThrow();
    assertThatThrownBy(() -> expression.evaluate(Map.of("A", "x".repeat(100_000))))
        .hasMessage("makes a text of more than 400,000 characters");
  }

  @Test
  void whatAnExpressionReadsIsKnown() {
    Expression expression =
        compiler.compile("mapped('codes', A) + lower(B) + A", new ArrayList<>()).orElseThrow();
    assertThat(expression.columns()).containsExactly("A", "B");
    assertThat(expression.maps()).containsExactly(new MapUse(MAPS.get("codes"), List.of("A")));
    assertThat(
            compiler.compile("mapped('codes', lower(A))", new ArrayList<>()).orElseThrow().maps())
        .containsExactly(new MapUse(MAPS.get("codes"), List.of()));
  }

  @Test
  void namesOfColumnsAreMadeNames() {
    assertThat(List.of("EMP#", "Sales Rep", "1st", "PLAIN_1"))
        .extracting(ExpressionCompiler::name)
        .containsExactly("EMP_", "Sales_Rep", "_1st", "PLAIN_1");
  }
}
