package io.initload.ledger.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.Audit;
import io.initload.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lines of which each is bound to all before it: {@code hash = SHA-256(hash before + line)}, of the
 * texts as they stand, so that any tool can follow it.
 */
public final class Chain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String migration;
  private final List<Head> known;
  private Head head = Head.NONE;

  Chain(String migration, List<Head> known) {
    this.migration = migration;
    this.known = List.copyOf(known);
  }

  /**
   * A line's place in the chain.
   *
   * @param lines its number, which is how many there are up to it
   * @param hash lower-case hex
   */
  public record Head(long lines, String hash) {
    /** Before the first line. */
    public static final Head NONE = new Head(0, "0".repeat(64));

    /**
     * Reads {@code LINES:HASH}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Head parse(String text) {
      if (!text.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
        throw new IllegalArgumentException("is not LINES:HASH, as certificates have it");
      }
      int colon = text.indexOf(':');
      return new Head(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
      return lines + ":" + hash;
    }
  }

  /** The first line that is not as it was written, and what is wrong with it. */
  public record Broken(long line, String why) {}

  /** A line as the ledger keeps it. */
  record Link(long no, String line, String hash) {}

  /** A line's text: a JSON object, whose members stand in this order. */
  static String line(
      long no,
      Instant at,
      String migration,
      String user,
      String host,
      Audit.Act act,
      String object) {
    return JSON.createObjectNode()
        .put("no", no)
        .put("at", at.toString())
        .put("migration", migration)
        .put("user", user)
        .put("host", host)
        .put("act", act.name())
        .put("object", object)
        .toString();
  }

  static String hash(String before, String line) {
    return Sha256.of(before + line);
  }

  /** What a line says was done, by its name in {@link Audit.Act}; empty where it is no line. */
  public static String act(String line) {
    try {
      return JSON.readTree(line).path("act").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /** The last line that was followed. */
  Head head() {
    return head;
  }

  /** Takes the next line; what is wrong with it, if anything is. */
  Optional<Broken> follow(Link link) {
    long no = head.lines() + 1;
    if (link.no() != no) {
      return broken(no, "is missing");
    }
    if (!link.hash().equals(hash(head.hash(), link.line()))) {
      return broken(no, "is not what was written: its hash is another one");
    }
    if (!isOurs(link)) {
      return broken(no, "is the line of another place");
    }
    head = new Head(no, link.hash());
    for (Head noted : known) {
      if (noted.lines() == no && !noted.hash().equals(head.hash())) {
        return broken(no, "is not the one that was noted as " + noted);
      }
    }
    return Optional.empty();
  }

  /** What is missing behind the last line. */
  Optional<Broken> end() {
    return known.stream()
        .filter(noted -> noted.lines() > head.lines())
        .findFirst()
        .flatMap(noted -> broken(head.lines() + 1, "is missing, and all up to the noted " + noted));
  }

  private boolean isOurs(Link link) {
    try {
      JsonNode line = JSON.readTree(link.line());
      return line.path("no").asLong() == link.no()
          && line.path("migration").asText().equals(migration);
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static Optional<Broken> broken(long line, String why) {
    return Optional.of(new Broken(line, why));
  }
}
