package io.initload.draft;

/**
 * Why two things were matched.
 *
 * @param text for people, without a full stop
 */
public record Reason(Confidence confidence, String text) {
  /** As sure as another match that this one stands on. */
  Reason under(Reason other) {
    return new Reason(confidence.atMost(other.confidence), text);
  }

  /** Less sure, for this reason. */
  Reason but(String doubt) {
    return new Reason(confidence.lower(), text + ", but " + doubt);
  }

  @Override
  public String toString() {
    return confidence + ": " + text;
  }
}
