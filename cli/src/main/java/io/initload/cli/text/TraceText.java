package io.initload.cli.text;

import io.initload.ledger.TraceBook.Excepted;
import io.initload.ledger.TraceBook.Origin;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.prove.RowTrace;
import io.initload.pipeline.prove.RowTrace.Compared;
import io.initload.pipeline.prove.RowTrace.Field;
import io.initload.pipeline.prove.RowTrace.OrgRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The way of one row, for a terminal. */
public final class TraceText {
  private TraceText() {}

  public static void show(RowTrace trace, Console console) {
    console.line("%s, external id %s, into %s", trace.pass(), trace.externalId(), trace.object());
    console.line("  source    %s", source(trace.source()));
    trace.exceptions().forEach(one -> exception(one, console));
    if (trace.records().isEmpty()) {
      console.line(
          "  org       %s",
          trace.unanswered()
              ? "it takes too long to find a record by this external id"
              : "no record has this external id");
    }
    trace.records().forEach(record -> record(record, trace, console));
  }

  private static String source(RowTrace.Source source) {
    String when =
        source.original()
            ? "at the snapshot " + source.moment()
            : "now; its snapshot cannot be read any more";
    return switch (source.found()) {
      case ONE -> "one row, read " + when;
      case NONE -> "no row, read " + when;
      case SEVERAL -> "several rows of this external id, read " + when;
      case NOT_ASKED -> "not asked: the columns cannot be told from this external id";
    };
  }

  private static void exception(Excepted one, Console console) {
    ExceptionRow row = one.row();
    console.line(
        "  ledger    %s since %s, %s%s%s",
        row.state().name().toLowerCase(Locale.ROOT),
        seconds(Optional.of(one.at()), console),
        Chunk.label(row.table(), row.chunk()),
        row.job().isEmpty() ? "" : ", job " + row.job(),
        row.code().isEmpty() ? "" : ", " + row.code() + ": " + row.message());
    if (!one.by().isEmpty()) {
      console.line(
          "            corrected by %s at %s, from %s",
          one.by(), seconds(one.correctedAt(), console), one.file());
    } else if (!one.readAgain().isEmpty()) {
      console.line("            read again from the source at %s", one.readAgain());
    }
  }

  private static void record(OrgRecord record, RowTrace trace, Console console) {
    console.line("  org       record %s", record.id());
    record.system().forEach((field, value) -> console.line("            %s %s", field, value));
    console.line("  written   %s", written(record.origin(), trace, console));
    long equal = count(record, Compared.EQUAL);
    long unsent = count(record, Compared.NOT_SENT);
    if (!record.fields().isEmpty()) {
      console.line(
          "  compared  %d fields equal, %d different, %d not sent",
          equal, record.fields().size() - equal - unsent, unsent);
    }
    for (Field field : record.fields()) {
      if (field.compared() == Compared.DIFFERS) {
        console.line(
            "            %s: \"%s\" was sent, the org has \"%s\"",
            field.name(), field.sent(), field.org());
      }
    }
  }

  private static long count(OrgRecord record, Compared compared) {
    return record.fields().stream().filter(field -> field.compared() == compared).count();
  }

  private static String written(Optional<Origin> origin, RowTrace trace, Console console) {
    if (origin.isPresent()) {
      Origin job = origin.get();
      return "created by job %s, part %s, submitted %s, ended %s"
          .formatted(
              job.sfJob(),
              job.part(),
              seconds(job.submitted(), console),
              seconds(job.ended(), console));
    }
    return trace.awayHosts().isEmpty()
        ? "by no list of created records: it was there before, other tools made it, or the results"
            + " of the job that did were lost"
        : "not created by a job whose list can be looked at here; others lie on "
            + String.join("; ", trace.awayHosts());
  }

  private static String seconds(Optional<Instant> moment, Console console) {
    return moment.map(console.times()::text).orElse("?");
  }
}
