package io.initload.cli.notify;

import io.initload.Times;
import io.initload.cli.notify.Channel.Unreached;
import io.initload.config.MigrationConfig;
import io.initload.pipeline.MigrationStatus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is to be told by every way that is configured. */
final class Messages {
  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

  private final MigrationConfig config;
  private final Clock clock;
  private final List<Channel> channels;
  private boolean spoken;

  Messages(MigrationConfig config, Clock clock, List<Channel> channels) {
    this.config = config;
    this.clock = clock;
    this.channels = channels;
  }

  /** Whether anything was sent, or tried to be. */
  boolean spoken() {
    return spoken;
  }

  /** As {@link #send(List, Optional, String)}, where nothing is known but that. */
  String send(List<Occasion> occasions) {
    return send(occasions, Optional.empty(), "");
  }

  /**
   * Sends one notice of several occasions of one event, if people want to hear of it.
   *
   * @param known ways that did not reach anybody before, of which a person knows
   * @return whom it did not reach, and why; empty when all were reached
   */
  String send(List<Occasion> occasions, Optional<MigrationStatus> status, String known) {
    if (!config.notifications().events().contains(occasions.get(0).event())) {
      return "";
    }
    spoken = true;
    Notice notice =
        Notice.of(occasions, config.name(), config.target().instance(), clock.instant(), status);
    StringBuilder trouble = new StringBuilder();
    for (Channel channel : channels) {
      try {
        channel.send(new NoticeText(notice, Times.ofUser()));
      } catch (Unreached e) {
        trouble.append(channel.name()).append(": ").append(e.getMessage()).append("; ");
        tell(channel, e, known);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return trouble.append(channel.name()).append(": given up").toString();
      }
    }
    return trouble.toString();
  }

  private static void tell(Channel channel, Unreached e, String known) {
    if (!known.contains(channel.name() + ": ")) {
      LOG.warn(
          "Nobody could be told by {}: {}. The migration goes on; this is said once.",
          channel.name(),
          e.getMessage());
    }
  }
}
