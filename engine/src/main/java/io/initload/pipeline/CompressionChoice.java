package io.initload.pipeline;

import io.initload.config.TargetConfig;
import io.initload.ledger.Allowance;
import io.initload.salesforce.CompressionProbe;
import io.initload.salesforce.CompressionProbe.Finding;
import io.initload.salesforce.OrgException;
import io.initload.salesforce.Upload.Encoding;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how uploads are sent: as configured, else as a probe of the org found, which the ledger
 * remembers per org and API version (reference section 3.3). In doubt they are sent plain.
 */
final class CompressionChoice {
  private static final Logger LOG = LoggerFactory.getLogger(CompressionChoice.class);

  private final Workbench bench;
  private final CompressionProbe probe;
  private final Allowance allowance;

  CompressionChoice(Workbench bench, CompressionProbe probe, Allowance allowance) {
    this.bench = bench;
    this.probe = probe;
    this.allowance = allowance;
  }

  /**
   * The way to upload.
   *
   * @param object one of the objects to be loaded
   */
  WireCompression of(String object) throws InterruptedException {
    TargetConfig target = bench.config().target();
    return new WireCompression(
        switch (target.compression()) {
          case GZIP -> Encoding.GZIP;
          case IDENTITY -> Encoding.IDENTITY;
          case AUTO -> learned("gzip upload, API " + target.apiVersion(), object);
        });
  }

  private Encoding learned(String fact, String object) throws InterruptedException {
    String org = bench.org().orgId();
    Optional<String> known = bench.ledger().migrations().fact(org, fact);
    if (known.isPresent()) {
      return Finding.valueOf(known.get()).encoding();
    }
    Optional<Long> slot = bench.ledger().jobs().beginProbe(bench.worker(), object, allowance);
    if (slot.isEmpty()) {
      return Encoding.IDENTITY;
    }
    try {
      CompressionProbe.Answer answer = probe.ask(object);
      if (answer.finding().isLasting()) {
        bench.ledger().migrations().remember(org, fact, answer.finding().name());
      }
      return answer.finding().encoding();
    } catch (OrgException e) {
      LOG.warn("{} Uploads are sent plain for now.", e.getMessage());
      return Encoding.IDENTITY;
    } finally {
      bench.ledger().jobs().endProbe(slot.get());
    }
  }
}
