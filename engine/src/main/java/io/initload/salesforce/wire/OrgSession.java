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
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile AccessToken current;

  public OrgSession(Login login) throws InterruptedException {
    this.login = login;
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
        current = login.token();
      }
      return current;
    } finally {
      renewing.unlock();
    }
  }
}
