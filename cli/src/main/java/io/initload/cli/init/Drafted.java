package io.initload.cli.init;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.draft.Confidence;
import io.initload.draft.Draft;
import io.initload.draft.DraftedTable;
import io.initload.draft.Drafting;
import io.initload.draft.SourceTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A draft, with the answers to what it is not sure of. */
final class Drafted {
  private static final String NONE = "-";

  private final List<SourceTable> tables;
  private final OrgSide org;
  private final Questions questions;
  private final boolean make;
  private final Map<SourceName, String> chosen;

  /**
   * @param chosen the objects that options name, by table
   */
  Drafted(
      List<SourceTable> tables,
      OrgSide org,
      Questions questions,
      boolean make,
      Map<SourceName, String> chosen) {
    this.tables = tables;
    this.org = org;
    this.questions = questions;
    this.make = make;
    this.chosen = new LinkedHashMap<>(chosen);
  }

  Draft draft() throws InterruptedException {
    for (String object : chosen.values()) {
      org.describe(object);
    }
    Draft first = of(tables);
    if (!questions.asked()) {
      return first;
    }
    Map<SourceName, String> leftOut = new LinkedHashMap<>();
    for (DraftedTable table : first.tables()) {
      if (table.match().confidence() != Confidence.CERTAIN) {
        ask(table, leftOut);
      }
    }
    return of(tables.stream().filter(t -> !leftOut.containsKey(t.name())).toList());
  }

  private Draft of(List<SourceTable> some) throws InterruptedException {
    List<SourceName> names = some.stream().map(SourceTable::name).toList();
    return Drafting.of(some, org.candidates(names), chosen, make);
  }

  private void ask(DraftedTable table, Map<SourceName, String> leftOut)
      throws InterruptedException {
    String proposed = table.object().isEmpty() ? NONE : table.object();
    String why = table.object().isEmpty() ? table.obstacle() : table.match().toString();
    while (true) {
      String answer =
          questions.text(
              "%s -> %s (%s): Enter to take it, another object, or - to leave the table out"
                  .formatted(table.source(), proposed, why),
              proposed);
      if (answer.equals(NONE)) {
        leftOut.put(table.source(), answer);
        return;
      }
      try {
        chosen.put(table.source(), org.describe(answer).name());
        return;
      } catch (Failure e) {
        questions.say(e.getMessage() + " " + e.remedy());
      }
    }
  }
}
