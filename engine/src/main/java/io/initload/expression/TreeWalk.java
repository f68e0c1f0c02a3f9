package io.initload.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import io.initload.Nearest;
import io.initload.config.ValueMap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Looks over an expression that the checker took: what it reads, and what its literals say. */
final class TreeWalk {
  private final CelAbstractSyntaxTree tree;
  private final Set<String> known;
  private final Map<String, ValueMap> all;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<MapUse> maps = new ArrayList<>();

  TreeWalk(CelAbstractSyntaxTree tree, Set<String> known, Map<String, ValueMap> maps) {
    this.tree = tree;
    this.known = known;
    this.all = maps;
  }

  void walk(List<Fault> faults) {
    visit(tree.getExpr(), faults);
  }

  List<String> columns() {
    return List.copyOf(columns);
  }

  List<MapUse> maps() {
    return maps;
  }

  private void visit(CelExpr expr, List<Fault> faults) {
    switch (expr.getKind()) {
      case IDENT -> column(expr).ifPresent(columns::add);
      case CALL -> {
        expr.call().args().forEach(argument -> visit(argument, faults));
        expr.call().target().ifPresent(target -> visit(target, faults));
        call(expr.call(), faults);
      }
      case LIST -> expr.list().elements().forEach(element -> visit(element, faults));
      default -> {}
    }
  }

  private void call(CelCall call, List<Fault> faults) {
    switch (call.function()) {
      case MapFunction.NAME -> map(call, faults);
      case "parseDate", "parseDateTime", "formatDate" ->
          literal(call, 1, "a form of dates as 'dd.MM.yyyy'", DateFunctions::formOf, faults);
      case "parseNumber", "formatNumber" -> {
        String form = "a form of numbers as '#,##0.00'";
        literal(call, 1, form, text -> NumberFunctions.format(text, Locale.ROOT), faults);
        if (call.args().size() > 2) {
          literal(call, 2, "a language as 'de'", TreeWalk::language, faults);
        }
      }
      default -> {}
    }
  }

  private static Locale language(String tag) {
    return new Locale.Builder().setLanguageTag(tag).build();
  }

  /** What takes a text, or throws. */
  @FunctionalInterface
  private interface Form {
    Object of(String text);
  }

  private void literal(CelCall call, int at, String what, Form form, List<Fault> faults) {
    CelExpr argument = call.args().get(at);
    Optional<String> text = text(argument);
    try {
      if (text.isPresent()) {
        Objects.requireNonNull(form.of(text.get()));
        return;
      }
    } catch (RuntimeException e) {
      fault(argument, "\"%s\" is not %s".formatted(text.orElse(""), what), faults);
      return;
    }
    fault(argument, "%s must be written as a text there".formatted(what), faults);
  }

  private void map(CelCall call, List<Fault> faults) {
    CelExpr first = call.args().get(0);
    Optional<String> name = text(first);
    if (name.isEmpty()) {
      fault(first, "the name of a map must be written as a text there", faults);
      return;
    }
    ValueMap map = all.get(name.get());
    if (map == null) {
      String hint = Nearest.hint(name.get(), all.keySet());
      fault(first, "there is no map %s%s".formatted(name.get(), hint), faults);
    } else if (call.args().size() - 1 != map.keys()) {
      String message = "the map %s is asked by %d values, not by %d";
      fault(first, message.formatted(map.name(), map.keys(), call.args().size() - 1), faults);
    } else {
      maps.add(new MapUse(map, plainColumns(call.args().subList(1, call.args().size()))));
    }
  }

  private List<String> plainColumns(List<CelExpr> arguments) {
    List<String> names = arguments.stream().flatMap(a -> column(a).stream()).toList();
    return names.size() == arguments.size() ? names : List.of();
  }

  private Optional<String> column(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.IDENT && known.contains(expr.ident().name())
        ? Optional.of(expr.ident().name())
        : Optional.empty();
  }

  private static Optional<String> text(CelExpr expr) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(expr.constant().stringValue())
        : Optional.empty();
  }

  private void fault(CelExpr at, String message, List<Fault> faults) {
    CelSourceLocation place =
        Optional.ofNullable(tree.getSource().getPositionsMap().get(at.id()))
            .flatMap(offset -> tree.getSource().getOffsetLocation(offset))
            .orElse(CelSourceLocation.of(1, 0));
    faults.add(new Fault(place.getLine() - 1, place.getColumn(), message));
  }
}
