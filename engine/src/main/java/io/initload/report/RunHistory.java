package io.initload.report;

import io.initload.evidence.rows.DataProfile;
import io.initload.ledger.Ledger;
import io.initload.ledger.pages.HistoryBook.Spell;
import io.initload.ledger.pages.HistoryBook.Throughput;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a page shows beside the certificate: how a migration went, as its ledger has it.
 *
 * @param told what was seen in the data before a row moved, where it was looked at
 * @param throughput what the jobs did when; without spells where none ended
 */
public record RunHistory(Optional<DataProfile> told, Throughput throughput) {
  /** Nothing is known of it. */
  public static final RunHistory NONE =
      new RunHistory(Optional.empty(), new Throughput(1, List.of()));

  /** As it stands now. */
  public static RunHistory of(Ledger ledger) {
    return new RunHistory(
        ledger.migrations().profile().flatMap(ProfileDocument::read),
        ledger.history().throughput());
  }

  boolean any() {
    return !throughput.spells().isEmpty();
  }

  /** Rows a second that the org took, and of them those it refused. */
  public String speed() {
    double seconds = throughput.seconds();
    return Chart.columns(
        "Rows a second that the org took, and of them refused, over time",
        throughput.spells().stream()
            .map(
                spell ->
                    new Chart.Column(
                        spell.from(), spell.rows() / seconds, spell.refused() / seconds))
            .toList());
  }

  String inFlight() {
    return level("Jobs under way over time", Spell::inFlight);
  }

  String records() {
    return level("Records of the last 24 hours over time", spell -> spell.held().records());
  }

  String batches() {
    return level("Batches of the last 24 hours over time", spell -> spell.held().batches());
  }

  private String level(String title, ToLongFunction<Spell> of) {
    return Chart.columns(
        title,
        throughput.spells().stream()
            .map(spell -> new Chart.Column(spell.from(), of.applyAsLong(spell), 0))
            .toList());
  }
}
