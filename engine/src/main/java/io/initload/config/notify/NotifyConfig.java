package io.initload.config.notify;

import io.initload.config.Secret;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told how a migration stands.
 *
 * @param events of what; all by default
 * @param timeout how long a receiver may be silent; default 10 s
 */
public record NotifyConfig(
    Set<Event> events, Duration timeout, Optional<Webhook> webhook, Optional<Mail> mail) {
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Nobody. */
  public static final NotifyConfig NONE =
      new NotifyConfig(EnumSet.allOf(Event.class), TIMEOUT, Optional.empty(), Optional.empty());

  public NotifyConfig {
    events = Set.copyOf(events);
  }

  /** Whether anybody is to be told anything. */
  public boolean somebody() {
    return webhook.isPresent() || mail.isPresent();
  }

  /** What people are told of. */
  public enum Event {
    /** Rows begin to move, or go on to after an end that was told. */
    STARTED,
    /** A table, or the whole, goes no further by itself. */
    STOPPED,
    /** Rows were refused, or cannot be staged. */
    NEEDS_A_PERSON,
    /** A daily allowance is used up until a time. */
    QUOTA,
    /** All that was asked for was sent to the org and booked. */
    DONE
  }

  /**
   * A receiver of JSON over HTTP.
   *
   * @param url whole, with what is secret in it
   * @param token sent as {@code Authorization: Bearer}; may be absent
   */
  public record Webhook(Secret url, Secret token) {}

  /** How the line to the mail server is kept private. */
  public enum Encryption {
    /** Begins in plain text and must turn to TLS before anything is said. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS,
    /** Not at all. */
    NONE
  }

  /**
   * A mail server, and who gets mail from whom.
   *
   * @param user empty for a server that takes mail from anybody
   * @param to at least one address
   */
  public record Mail(
      String host,
      int port,
      Encryption encryption,
      String user,
      Secret password,
      String from,
      List<String> to) {
    public Mail {
      to = List.copyOf(to);
    }
  }
}
