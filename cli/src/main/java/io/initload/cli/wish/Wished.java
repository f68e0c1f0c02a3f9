package io.initload.cli.wish;

import io.initload.cli.text.Console;
import io.initload.ledger.Ledger;
import io.initload.pipeline.begin.Wait;
import java.util.List;

/** What {@code --json} prints of the wishes that are to be heeded. */
record Wished(List<Wait> waits) {
  static void show(Ledger ledger, Console console) {
    List<Wait> waits = Wait.wished(ledger);
    waits.forEach(wait -> console.line("%s", console.times().local(wait.toString())));
    if (waits.isEmpty()) {
      console.line("Nothing is paused.");
    }
    console.document(new Wished(waits));
  }
}
