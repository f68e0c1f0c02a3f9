package io.initload.pipeline.extract;

import io.initload.LogContext;
import io.initload.ledger.entry.Part;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Workbench;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up staged files that are out of reach: their host is gone, or has no process that would
 * load them. Nothing of them was submitted, so their rows can be read again at the same snapshot.
 */
public final class RecoverStep implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(RecoverStep.class);

  private final Workbench bench;

  public RecoverStep(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public String name() {
    return "recover";
  }

  @Override
  public Instant due() {
    return Instant.MAX;
  }

  @Override
  public boolean tryStep() {
    Optional<Part> lost = bench.ledger().parts().loseElsewhere(bench.worker());
    lost.ifPresent(p -> LogContext.part(p.table(), p.chunk(), Optional.empty()));
    lost.ifPresent(
        p ->
            LOG.warn(
                "{} was staged on {}, where nobody loads it: its rows are taken up again",
                p.name(),
                p.host()));
    lost.ifPresent(p -> bench.checkpoint().reached("recover.lost"));
    return lost.isPresent();
  }
}
