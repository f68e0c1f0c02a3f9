package io.initload.simulator.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The table of {@code rows.yaml}; against a real org it leaves out the rows that only a simulator
 * can have.
 */
final class Rows implements ExecutionCondition {
  private static final Pattern ROW = Pattern.compile("row(\\d\\d)_.*");

  /** One row: where it is tested, and why not everywhere. */
  record Row(int number, String world, String why) {}

  /** The row a test method is named after. */
  static Optional<Integer> of(String methodName) {
    Matcher matcher = ROW.matcher(methodName);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  static Map<Integer, Row> table() {
    try (InputStream in = Objects.requireNonNull(Rows.class.getResourceAsStream("rows.yaml"))) {
      Map<?, ?> document =
          (Map<?, ?>)
              Objects.requireNonNull(
                  new Load(LoadSettings.builder().build()).loadFromInputStream(in));
      Map<Integer, Row> table = new TreeMap<>();
      ((Map<?, ?>) Objects.requireNonNull(document.get("rows")))
          .forEach(
              (number, entry) -> {
                Map<?, ?> row = (Map<?, ?>) Objects.requireNonNull(entry);
                table.put(
                    (Integer) number,
                    new Row(
                        (Integer) number,
                        String.valueOf(row.get("world")),
                        String.valueOf(row.get("why"))));
              });
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<Row> row =
        context
            .getTestMethod()
            .flatMap(method -> of(method.getName()))
            .map(number -> Objects.requireNonNull(table().get(number)));
    if (Org.isReal() && row.filter(r -> r.world().equals("simulator")).isPresent()) {
      return ConditionEvaluationResult.disabled("simulator only: " + row.get().why());
    }
    return ConditionEvaluationResult.enabled("runs in this world");
  }
}
