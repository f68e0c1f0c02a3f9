package io.initload.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.text.Console;
import io.initload.report.CertificateChanges;
import io.initload.report.CertificateChanges.Change;
import io.initload.report.CertificateJson;
import java.util.List;

/**
 * A certificate of before against one of now.
 *
 * @param intact whether the file is as it was written
 * @param madeAt when it was made
 * @param ofUndo whether it is that of a deletion
 * @param booksClosed whether the books close now; of a deletion, whether it is complete
 * @param changes what stands otherwise now
 */
record Verification(
    boolean intact,
    String madeAt,
    String digest,
    boolean ofUndo,
    boolean booksClosed,
    List<Change> changes) {
  Verification {
    changes = List.copyOf(changes);
  }

  static Verification of(JsonNode then, JsonNode now) {
    return new Verification(
        CertificateJson.intact(then),
        then.path("madeAt").asText(),
        then.path("digest").asText(),
        CertificateJson.ofUndo(now),
        now.path(CertificateJson.ofUndo(now) ? "complete" : "booksClosed").asBoolean(),
        CertificateChanges.between(then, now));
  }

  private boolean holds() {
    return intact && booksClosed && changes.isEmpty();
  }

  private String books() {
    return booksClosed ? "The books close now." : "The books DO NOT balance now.";
  }

  private String deletion() {
    return booksClosed ? "The deletion is complete now." : "The deletion is NOT complete now.";
  }

  /** Prints it; the exit code. */
  int say(Console console) {
    console.line("Certificate of %s, digest %s", console.times().local(madeAt), digest);
    console.line(
        intact
            ? "The file is as it was written."
            : "The file was CHANGED since it was written: its digest is another one.");
    for (Change change : changes) {
      console.line("changed: %s: %s -> %s", change.where(), change.then(), change.now());
    }
    console.line(
        changes.isEmpty()
            ? (ofUndo
                ? "Org and ledger say the same now."
                : "Source, org and ledger say the same now.")
            : "%s%,d values are others now."
                .formatted(
                    changes.size() < CertificateChanges.SHOWN ? "" : "At least ", changes.size()));
    console.line(ofUndo ? deletion() : books());
    console.document(this);
    return holds() ? ExitCode.DONE.code() : ExitCode.MISMATCH.code();
  }
}
