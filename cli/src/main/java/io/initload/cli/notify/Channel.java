package io.initload.cli.notify;

/** A way to people. */
interface Channel {
  /** As the configuration names it. */
  String name();

  /**
   * Sends a notice, once.
   *
   * @throws Unreached when it was not taken, as far as that can be told
   */
  void send(NoticeText notice) throws Unreached, InterruptedException;

  /** A notice did not arrive. Its message names neither secret nor receiver. */
  final class Unreached extends Exception {
    private static final long serialVersionUID = 1L;

    Unreached(String message) {
      super(message);
    }

    Unreached(String message, Exception cause) {
      super(message, cause);
    }
  }
}
