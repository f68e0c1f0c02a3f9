package io.initload.simulator;

/**
 * Where clients find an org.
 *
 * @param loginPort port of the login host on 127.0.0.1, 0 for any free one
 * @param instancePort port of the instance, 0 for any free one
 * @param tls whether clients speak https
 */
public record OrgAddress(int loginPort, int instancePort, Tls tls) {
  /** Whether clients speak https to the org. */
  public enum Tls {
    /** Plain http. */
    OFF,
    /** https with a new certificate that clients must be told to trust. */
    SELF_SIGNED
  }

  static OrgAddress anywhere() {
    return new OrgAddress(0, 0, Tls.OFF);
  }
}
