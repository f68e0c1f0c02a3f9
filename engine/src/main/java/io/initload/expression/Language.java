package io.initload.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelFunctionBinding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Operators and functions as they are declared, each with what it does. A number may be given as a
 * literal, which CEL tells from the numbers of columns. Not thread-safe; what it hands out is.
 */
final class Language {
  /** What a function does; arguments are never {@code null}, but may be {@link #NULL}. */
  @FunctionalInterface
  interface Body {
    Object apply(Object[] arguments);
  }

  static final Object NULL = NullValue.NULL_VALUE;
  private static final List<CelType> NUMBERS =
      List.of(ValueType.NUMBER.type(), SimpleType.INT, SimpleType.DOUBLE);

  private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  /** A function whose result is null, or false, when one of its arguments is null. */
  void define(String name, CelType result, List<CelType> parameters, Body body) {
    Object none = result.equals(SimpleType.BOOL) ? false : NULL;
    defineLax(
        name,
        result,
        parameters,
        arguments -> {
          for (Object argument : arguments) {
            if (argument == NULL) {
              return none;
            }
          }
          return body.apply(arguments);
        });
  }

  /** A function that makes of null what it likes. */
  void defineLax(String name, CelType result, List<CelType> parameters, Body body) {
    for (List<CelType> one : alternatives(parameters)) {
      List<CelOverloadDecl> overloads = declared.computeIfAbsent(name, n -> new ArrayList<>());
      String id = name + "/" + overloads.size();
      overloads.add(CelOverloadDecl.newGlobalOverload(id, result, one));
      bindings.add(binding(id, one.size(), body));
    }
  }

  /** Only declared: the evaluator knows what it does. */
  void declare(String name, CelType result, List<CelType> parameters) {
    for (List<CelType> one : alternatives(parameters)) {
      List<CelOverloadDecl> overloads = declared.computeIfAbsent(name, n -> new ArrayList<>());
      overloads.add(CelOverloadDecl.newGlobalOverload(name + "/" + overloads.size(), result, one));
    }
  }

  List<CelFunctionDecl> declarations() {
    return declared.entrySet().stream()
        .map(e -> CelFunctionDecl.newFunctionDeclaration(e.getKey(), e.getValue()))
        .toList();
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }

  /** The number that a column, or a literal, stands for. */
  static BigDecimal number(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    return value instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : BigDecimal.valueOf((Double) value);
  }

  private static List<List<CelType>> alternatives(List<CelType> parameters) {
    List<List<CelType>> all = List.of(List.of());
    for (CelType parameter : parameters) {
      List<CelType> types =
          parameter.equals(ValueType.NUMBER.type()) ? NUMBERS : List.of(parameter);
      List<List<CelType>> longer = new ArrayList<>();
      for (List<CelType> begun : all) {
        for (CelType type : types) {
          List<CelType> one = new ArrayList<>(begun);
          one.add(type);
          longer.add(one);
        }
      }
      all = longer;
    }
    return all;
  }

  @SuppressWarnings("Immutable") // Bodies hold maps and zones that do not change.
  private static CelFunctionBinding binding(String id, int arity, Body body) {
    return switch (arity) {
      case 1 -> CelFunctionBinding.from(id, Object.class, a -> body.apply(new Object[] {a}));
      case 2 ->
          CelFunctionBinding.from(
              id, Object.class, Object.class, (a, b) -> body.apply(new Object[] {a, b}));
      default -> {
        List<Class<?>> any = new ArrayList<>();
        for (int i = 0; i < arity; i++) {
          any.add(Object.class);
        }
        yield CelFunctionBinding.from(id, any, body::apply);
      }
    };
  }
}
