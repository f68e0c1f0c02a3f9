package io.initload.cli.notify;

import io.initload.Times;
import io.initload.Tool;
import io.initload.cli.notify.Notice.Document;
import io.initload.cli.text.Console;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.MigrationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A notice in words. Names of passes and codes are bounded in number, and no row is quoted. */
final class NoticeText {
  /** Passes, or codes, that one notice names. */
  private static final int NAMES_MAX = 20;

  private final Notice notice;
  private final Times times;

  NoticeText(Notice notice, Times times) {
    this.times = times;
    this.notice = notice;
  }

  /** One line. */
  String subject() {
    return "%s %s: %s".formatted(Tool.NAME, notice.migration(), headline());
  }

  private String headline() {
    return switch (notice.event()) {
      case STARTED -> "started";
      case STOPPED -> notice.code().isEmpty() ? "a table is stopped" : "stopped";
      case NEEDS_A_PERSON -> "rows need a person";
      case QUOTA -> "waits for the daily allowance";
      case DONE -> "done";
    };
  }

  /** What happened, how things stand, what to do next. */
  String body() {
    List<String> lines = new ArrayList<>(what());
    notice.status().ifPresent(status -> lines.addAll(facts(status)));
    next().forEach(lines::add);
    return String.join("\n", lines);
  }

  private List<String> what() {
    List<String> lines = new ArrayList<>();
    switch (notice.event()) {
      case STARTED -> lines.add("Rows are being moved into %s.".formatted(notice.instance()));
      case STOPPED -> {
        if (!notice.code().isEmpty()) {
          lines.add(end(notice.code()));
        }
        named(notice.stopped()).forEach((table, code) -> lines.add(table + " is stopped: " + code));
      }
      case NEEDS_A_PERSON -> lines.add("Rows were refused, or cannot be staged.");
      case QUOTA ->
          lines.add(
              "A daily allowance of %s is used up%s."
                  .formatted(notice.instance(), notice.until().map(this::until).orElse("")));
      case DONE -> lines.add("What was asked for is loaded into %s.".formatted(notice.instance()));
    }
    return lines;
  }

  private static String end(String code) {
    return switch (code) {
      case Occasion.ON_REQUEST -> "It was stopped on request; the same command goes on from there.";
      case Occasion.BLOCKED -> "Tables wait for others that are not complete.";
      default -> "It goes no further by itself: %s.".formatted(code);
    };
  }

  private String until(Instant at) {
    return "; there is room again at " + times.text(at) + " at the latest";
  }

  private static List<String> facts(MigrationStatus status) {
    List<String> lines = new ArrayList<>();
    long rows = rows(status);
    lines.add(
        "%,d of %,d rows are loaded or held back; %,d are left."
            .formatted(rows - status.rowsLeft(), rows, status.rowsLeft()));
    Map<String, Long> codes = status.activity().heldBack();
    if (!codes.isEmpty()) {
      lines.add(
          "%,d rows need a person: %s."
              .formatted(
                  Due.heldBack(status),
                  most(codes).entrySet().stream()
                      .map(e -> "%s %,d".formatted(e.getKey(), e.getValue()))
                      .collect(Collectors.joining(", "))));
    }
    lines.add("The newest line of the audit log: " + status.audit());
    return lines;
  }

  private List<String> next() {
    return switch (notice.event()) {
      case STARTED, QUOTA -> List.of("How it stands: initload status");
      case STOPPED -> List.of("Why, and what to do: initload status, and the runbook by the code.");
      case NEEDS_A_PERSON -> List.of("Which: initload dead-letters list");
      case DONE -> List.of("Prove it: initload reconcile");
    };
  }

  /** The whole as a JSON document. */
  String json() {
    return Console.text(
        new Document(
            subject() + "\n" + body(),
            Console.name(notice.event()),
            notice.migration(),
            notice.instance(),
            notice.at().toString(),
            notice.status().map(s -> OptionalLong.of(rows(s))).orElse(OptionalLong.empty()),
            notice.status().map(s -> OptionalLong.of(s.rowsLeft())).orElse(OptionalLong.empty()),
            notice.status().map(s -> most(s.activity().heldBack())).orElse(Map.of()),
            named(notice.stopped()),
            notice.code(),
            notice.until().map(Instant::toString).orElse(""),
            notice.status().map(s -> s.audit().toString()).orElse("")));
  }

  private static long rows(MigrationStatus status) {
    return status.tables().stream().mapToLong(TableBooks::snapshotRows).sum();
  }

  private static Map<String, Long> most(Map<String, Long> codes) {
    return codes.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(NAMES_MAX)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private static Map<String, String> named(Map<String, String> stopped) {
    return stopped.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(NAMES_MAX)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }
}
