package io.initload.pipeline;

import io.initload.config.Trial;
import io.initload.pipeline.prepare.Prepared;
import java.util.ArrayList;
import java.util.List;

/** What a certificate says of a load that is not the real one. */
final class Rehearsal {
  private Rehearsal() {}

  static String trial(Trial trial) {
    return "This is a trial of %s: rows of the snapshot that it does not take are not in its books."
        .formatted(trial);
  }

  /** Of one pass. */
  static List<String> of(Prepared pass) {
    List<String> notes = new ArrayList<>();
    if (!pass.trial().isEmpty()) {
      notes.add(
          "%s: of its source, for the trial, the rows of which %s."
              .formatted(pass.name(), pass.trial()));
    }
    String masked = pass.config().masks();
    if (!masked.isEmpty()) {
      notes.add(
          "%s: masked: %s. What the org has there are pseudonyms, and they are compared with those of the source's values."
              .formatted(pass.name(), masked));
    }
    return notes;
  }
}
