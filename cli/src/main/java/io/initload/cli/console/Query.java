package io.initload.cli.console;

import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** What a request asks for, behind its path. */
final class Query {
  private final Fields fields;

  private Query(Fields fields) {
    this.fields = fields;
  }

  /** What is asked for cannot be meant. */
  static final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mistake(String message) {
      super(message);
    }

    Mistake(String message, Throwable cause) {
      super(message, cause);
    }
  }

  static Query of(Request request) {
    try {
      return new Query(Request.extractQueryParameters(request));
    } catch (RuntimeException e) {
      throw new Mistake("The query cannot be read.", e);
    }
  }

  /** A text; empty when it is not given, or is nothing. */
  Optional<String> text(String name) {
    return Optional.ofNullable(fields.getValue(name)).filter(value -> !value.isEmpty());
  }

  String needed(String name) {
    return text(name).orElseThrow(() -> new Mistake(name + " is missing."));
  }

  long number(String name, long otherwise) {
    try {
      return text(name).map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw new Mistake(name + " is no number.", e);
    }
  }

  <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
    try {
      return text(name).map(value -> Enum.valueOf(type, value.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new Mistake(name + " is none of those there are.", e);
    }
  }
}
