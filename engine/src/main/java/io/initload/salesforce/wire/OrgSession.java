package io.initload.salesforce.wire;

import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one session all threads share. A token that the org no longer accepts is replaced once,
 * however many threads met the refusal: the first asks for a new one, the others wait for it.
 */
public final class OrgSession {
  private static final Logger LOG = LoggerFactory.getLogger(OrgSession.class);

  private final Login login;
  private final Runnable before;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile AccessToken current;

  /**
   * Logs in.
   *
   * @param before is run before each login
   */
  public OrgSession(Login login, Runnable before) throws InterruptedException {
    this.login = login;
    this.before = before;
    before.run();
    this.current = login.token();
  }

  public AccessToken token() {
    return current;
  }

  /** A token that is not the given one. */
  AccessToken renewed(AccessToken refused) throws InterruptedException {
    renewing.lockInterruptibly();
    try {
      if (current.value().equals(refused.value())) {
        LOG.info("the session of {} has ended: logging in again", refused);
        before.run();
        current = login.token();
      }
      return current;
    } finally {
      renewing.unlock();
    }
  }
}
