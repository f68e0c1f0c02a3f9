package io.initload.simulator.fault;

import io.initload.simulator.fault.Fault.Moment;
import io.initload.simulator.fault.FaultYaml.Keys;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code then:} of a rule: one key that names the kind of fault, and what belongs to it. */
final class FaultKinds {
  private static final Map<String, Reader> KINDS =
      Map.ofEntries(
          Map.entry("answer", FaultKinds::answer),
          Map.entry("reset", FaultKinds::reset),
          Map.entry("lostReply", (where, value) -> new Fault.ConnectionReset(Moment.AFTER_COMMIT)),
          Map.entry("uploadReset", (where, value) -> new Fault.UploadReset(bytes(where, value))),
          Map.entry("revokeToken", (where, value) -> new Fault.TokenRevoked(bytes(where, value))),
          Map.entry(
              "delay",
              (where, value) -> new Fault.Delayed(Keys.duration(where, String.valueOf(value)))),
          Map.entry("slowBody", FaultKinds::slowBody),
          Map.entry("truncateBody", (where, value) -> new Fault.TruncatedBody(bytes(where, value))),
          Map.entry("setLimit", FaultKinds::setLimit),
          Map.entry("failJob", FaultKinds::failJob),
          Map.entry("abortJob", FaultKinds::abortJob),
          Map.entry("stallJob", FaultKinds::stallJob),
          Map.entry("lockStorm", FaultKinds::lockStorm));

  private FaultKinds() {}

  private interface Reader {
    Fault read(String where, @Nullable Object value);
  }

  static Fault read(String where, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map) || map.size() != 1) {
      throw new IllegalArgumentException(
          "%s must have exactly one of %s".formatted(where, new TreeSet<>(KINDS.keySet())));
    }
    Map.Entry<?, ?> only = map.entrySet().iterator().next();
    String kind = String.valueOf(only.getKey());
    Reader reader = KINDS.get(kind);
    if (reader == null) {
      throw new IllegalArgumentException(
          "%s: unknown fault '%s'; known are %s"
              .formatted(where, kind, new TreeSet<>(KINDS.keySet())));
    }
    return reader.read(where + "." + kind, only.getValue());
  }

  private static Fault answer(String where, @Nullable Object value) {
    if (value instanceof String name) {
      return named(where, name, Moment.BEFORE_COMMIT);
    }
    Keys keys =
        new Keys(
            where,
            value,
            Set.of("named", "status", "contentType", "body", "headers", "afterCommit"));
    String name = keys.text("named");
    if (name != null) {
      return named(where, name, keys.moment());
    }
    long status = keys.number("status", 0);
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException(
          "%s.status must be an HTTP status, not %d".formatted(where, status));
    }
    Map<String, String> headers = new HashMap<>();
    if (keys.get("headers") instanceof Map<?, ?> given) {
      given.forEach((key, text) -> headers.put(String.valueOf(key), String.valueOf(text)));
    } else if (keys.get("headers") != null) {
      throw new IllegalArgumentException("%s.headers must be a mapping".formatted(where));
    }
    return new Fault.Answered(
        (int) status,
        orEmpty(keys.text("contentType")),
        orEmpty(keys.text("body")),
        headers,
        keys.moment());
  }

  private static Fault named(String where, String name, Moment moment) {
    return NamedAnswers.of(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: no answer is named '%s'; there are %s"
                        .formatted(
                            where,
                            name,
                            Arrays.stream(NamedAnswers.values())
                                .map(NamedAnswers::planName)
                                .toList())))
        .fault(moment);
  }

  private static Fault reset(String where, @Nullable Object value) {
    return switch (String.valueOf(value)) {
      case "before-commit" -> new Fault.ConnectionReset(Moment.BEFORE_COMMIT);
      case "after-commit" -> new Fault.ConnectionReset(Moment.AFTER_COMMIT);
      default ->
          throw new IllegalArgumentException(
              "%s must be before-commit or after-commit, not '%s'".formatted(where, value));
    };
  }

  private static Fault slowBody(String where, @Nullable Object value) {
    long perSecond = bytes(where, value);
    if (perSecond == 0) {
      throw new IllegalArgumentException(
          "%s: a body that does not flow never ends; truncate it instead".formatted(where));
    }
    return new Fault.SlowBody(perSecond);
  }

  private static Fault setLimit(String where, @Nullable Object value) {
    Keys keys = new Keys(where, value, Set.of("name", "max"));
    return new Fault.LimitSet(orEmpty(keys.text("name")), keys.number("max", 0));
  }

  private static Fault failJob(String where, @Nullable Object value) {
    Keys keys = new Keys(where, value, Set.of("message", "afterRows"));
    String message = keys.text("message");
    return new Fault.JobFailed(
        message == null ? "InternalServerError : the job failed" : message,
        keys.number("afterRows", 0));
  }

  private static Fault abortJob(String where, @Nullable Object value) {
    return new Fault.JobAborted(new Keys(where, value, Set.of("afterRows")).number("afterRows", 0));
  }

  private static Fault stallJob(String where, @Nullable Object value) {
    Keys keys = new Keys(where, value, Set.of("for", "afterRows"));
    return new Fault.JobStalled(
        Keys.duration(where + ".for", orEmpty(keys.text("for"))), keys.number("afterRows", 0));
  }

  private static Fault lockStorm(String where, @Nullable Object value) {
    if (value instanceof Number share && share.doubleValue() >= 0 && share.doubleValue() <= 1) {
      return new Fault.LockStorm(share.doubleValue());
    }
    throw new IllegalArgumentException(
        "%s must be the share of rows without a lock, 0 to 1, not '%s'".formatted(where, value));
  }

  private static long bytes(String where, @Nullable Object value) {
    if (value instanceof Number number && number.longValue() >= 0) {
      return number.longValue();
    }
    throw new IllegalArgumentException(
        "%s must be a number of bytes, not '%s'".formatted(where, value));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
