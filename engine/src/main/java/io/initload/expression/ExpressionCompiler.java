package io.initload.expression;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import io.initload.config.ValueMap;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks expressions over the columns of one table and makes them executable. Of CEL the syntax,
 * the type checker and {@code && || ! ?: in} are taken, and nothing that loops or converts by
 * chance. Not thread-safe.
 */
public final class ExpressionCompiler {
  /** Characters of an expression. */
  public static final int CHARACTERS_MAX = 4_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(CHARACTERS_MAX)
          .maxParseRecursionDepth(50)
          .build();

  private final Map<String, ValueType> columns;
  private final Map<String, ValueMap> maps;
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  /**
   * @param columns by their names in the language, see {@link #name}
   * @param maps by name
   * @param zone of dates and times without one
   */
  public ExpressionCompiler(
      Map<String, ValueType> columns, Map<String, ValueMap> maps, ZoneId zone) {
    this.columns = Map.copyOf(columns);
    this.maps = Map.copyOf(maps);
    Language language = new Language();
    Operators.define(language);
    TextFunctions.define(language);
    NumberFunctions.define(language);
    new DateFunctions(zone).define(language);
    new MapFunction(this.maps).define(language);
    this.compiler = compiler(language);
    this.runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardFunctions(
                CelStandardFunctions.newBuilder()
                    .includeFunctions(
                        CelStandardFunctions.StandardFunction.LOGICAL_NOT,
                        CelStandardFunctions.StandardFunction.IN)
                    .build())
            .addFunctionBindings(language.bindings())
            .build();
  }

  private CelCompiler compiler(Language language) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .includeFunctions(
                        StandardFunction.LOGICAL_AND,
                        StandardFunction.LOGICAL_OR,
                        StandardFunction.LOGICAL_NOT,
                        StandardFunction.IN)
                    .build())
            .addFunctionDeclarations(language.declarations());
    columns.forEach((name, type) -> builder.addVar(name, type.type()));
    return builder.build();
  }

  /** A column's name in the language: what is no letter, digit or underscore is an underscore. */
  public static String name(String column) {
    String name = column.replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  /**
   * Compiles an expression.
   *
   * @param faults are added to
   * @return empty when there are faults
   */
  public Optional<Expression> compile(String text, List<Fault> faults) {
    try {
      CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
      CelType type = tree.getResultType();
      Optional<ValueType> result = ValueType.of(type);
      if (result.isEmpty()) {
        faults.add(new Fault(0, 0, "yields %s, which no field takes".formatted(Wording.of(type))));
        return Optional.empty();
      }
      TreeWalk walk = new TreeWalk(tree, columns.keySet(), maps);
      walk.walk(faults);
      return faults.isEmpty()
          ? Optional.of(
              new Expression(
                  runtime.createProgram(tree), result.get(), walk.columns(), walk.maps()))
          : Optional.empty();
    } catch (CelValidationException e) {
      faults.addAll(faults(e));
      return Optional.empty();
    } catch (CelEvaluationException e) {
      faults.add(new Fault(0, 0, "cannot be made executable"));
      return Optional.empty();
    }
  }

  private List<Fault> faults(CelValidationException e) {
    List<Fault> found = new ArrayList<>();
    for (CelIssue issue : e.getErrors()) {
      int line = Math.max(1, issue.getSourceLocation().getLine());
      int column = Math.max(0, issue.getSourceLocation().getColumn());
      found.add(new Fault(line - 1, column, Wording.of(issue.getMessage(), columns.keySet())));
    }
    return found;
  }
}
