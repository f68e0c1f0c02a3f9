package io.initload.expression;

import dev.cel.common.types.CelType;
import io.initload.Nearest;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the checker says, in the words of the language. */
final class Wording {
  private static final Pattern UNKNOWN =
      Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']*)' applied to '(.*?)'( \\(candidates:.*)?",
          Pattern.DOTALL);

  private Wording() {}

  static String of(CelType type) {
    return types(type.name());
  }

  static String of(String message, Collection<String> columns) {
    Matcher unknown = UNKNOWN.matcher(message);
    if (unknown.matches()) {
      String name = unknown.group(1);
      return "knows no column and no function %s%s".formatted(name, Nearest.hint(name, columns));
    }
    Matcher overload = OVERLOAD.matcher(message);
    if (overload.matches()) {
      String sign = overload.group(1).replace("_?_:_", "?:").replace("_", "");
      return "has no %s of %s".formatted(sign, types(overload.group(2)));
    }
    return types(message.lines().findFirst().orElse(message));
  }

  private static String types(String words) {
    return words
        .replace("wrapper(string)", "text")
        .replace("google.protobuf.StringValue", "text")
        .replace("google.protobuf.BoolValue", "bool")
        .replace("wrapper(bool)", "bool")
        .replace("null_type", "null")
        .replaceAll("\\b(int|double)\\b", "number")
        .replaceAll("\\bstring\\b", "text");
  }
}
