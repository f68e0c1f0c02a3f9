package io.initload.pipeline.load;

import io.initload.config.TargetConfig;
import io.initload.ledger.OrgBook;
import io.initload.ledger.ProbeBook;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Job;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.CompressionProbe;
import io.initload.salesforce.CompressionProbe.Finding;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.wire.Upload.Encoding;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how uploads are sent: as configured, else as a probe of the org found, which the ledger
 * remembers per org and API version (docs/reference/salesforce.md, "Compression"). In doubt they
 * are sent plain.
 */
public final class CompressionChoice {
  private static final Logger LOG = LoggerFactory.getLogger(CompressionChoice.class);

  private static final String TAKEN_BACK = "gzip upload taken back";

  private final Workbench bench;
  private final CompressionProbe probe;
  private final Allowance allowance;

  public CompressionChoice(Workbench bench, CompressionProbe probe, Allowance allowance) {
    this.bench = bench;
    this.probe = probe;
    this.allowance = allowance;
  }

  /**
   * The way to upload.
   *
   * @param object one of the objects to be loaded
   */
  public WireCompression of(String object) throws InterruptedException {
    return switch (bench.config().target().compression()) {
      case GZIP -> new WireCompression(() -> Encoding.GZIP);
      case IDENTITY -> new WireCompression(() -> Encoding.IDENTITY);
      case AUTO -> {
        Encoding first = learned(object);
        yield new WireCompression(() -> known(bench).map(Finding::encoding).orElse(first));
      }
    };
  }

  /**
   * Whether a job of which the org could read nothing was sent as gzip in the belief that the org
   * unpacks it. If so that is taken back, for every process and for good, and the job is worth
   * sending again, plain.
   */
  public static boolean takeBack(Workbench bench, Job job) {
    if (bench.config().target().compression() != TargetConfig.Compression.AUTO) {
      return false;
    }
    String org = bench.org().orgId();
    OrgBook book = bench.ledger().orgs();
    if (known(bench).filter(f -> f == Finding.DECODES).isPresent()) {
      LOG.warn(
          "job {}: the org does not unpack gzip uploads, as it did for the probe; they are sent"
              + " plain from now on, and what was sent as gzip is sent again",
          job.sfId().orElse("?"));
      book.remember(org, TAKEN_BACK, bench.clock().instant().toString());
      book.remember(org, fact(bench), Finding.STORES_RAW.name());
      return true;
    }
    return book.fact(org, TAKEN_BACK)
        .filter(at -> !job.intentAt().isAfter(Instant.parse(at)))
        .isPresent();
  }

  private static String fact(Workbench bench) {
    return "gzip upload, API " + bench.org().apiVersion();
  }

  private static Optional<Finding> known(Workbench bench) {
    return bench.ledger().orgs().fact(bench.org().orgId(), fact(bench)).map(Finding::valueOf);
  }

  private Encoding learned(String object) throws InterruptedException {
    Optional<Finding> known = known(bench);
    if (known.isPresent()) {
      return known.get().encoding();
    }
    ProbeBook probes = bench.ledger().probes();
    Optional<Long> slot = probes.begin(bench.worker(), object, allowance);
    if (slot.isEmpty()) {
      return Encoding.IDENTITY;
    }
    long id = slot.get();
    bench.checkpoint().reached("probe.begun");
    boolean gone = false;
    try {
      CompressionProbe.Answer answer =
          probe.ask(
              object,
              sfId -> {
                probes.made(id, sfId);
                bench.checkpoint().reached("probe.made");
              });
      gone = answer.jobGone();
      if (answer.finding().isLasting()) {
        bench.ledger().orgs().remember(bench.org().orgId(), fact(bench), answer.finding().name());
      }
      return answer.finding().encoding();
    } catch (OrgException e) {
      LOG.warn("{} Uploads are sent plain for now.", e.getMessage());
      return Encoding.IDENTITY;
    } finally {
      probes.letGo(id, gone);
    }
  }
}
