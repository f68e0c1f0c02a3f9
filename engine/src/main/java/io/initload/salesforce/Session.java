package io.initload.salesforce;

import java.net.URI;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one session all threads share. A token that the org no longer accepts is replaced once,
 * however many threads met the refusal: the first asks for a new one, the others wait for it.
 */
final class Session {
  /**
   * A token and what came with it.
   *
   * @param value secret; never printed
   * @param instance origin of every later call
   */
  record Token(String value, URI instance, String orgId, String userId) {
    @Override
    public String toString() {
      return "token for user " + userId + " of org " + orgId;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Login login;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile Token current;

  Session(Login login) throws InterruptedException {
    this.login = login;
    this.current = login.token();
  }

  Token token() {
    return current;
  }

  /** A token that is not the given one. */
  Token renewed(Token refused) throws InterruptedException {
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
