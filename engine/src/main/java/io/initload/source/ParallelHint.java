package io.initload.source;

import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks with the database's parallel servers, as far as it has any to spare. */
final class ParallelHint {
  private static final Logger LOG = LoggerFactory.getLogger(ParallelHint.class);

  private ParallelHint() {}

  /**
   * Does something with a degree of the parallel hint: with half of it while the database has no
   * room, and without it where that is the trouble.
   */
  static <T> T from(int most, IntFunction<T> act) {
    for (int degree = most; ; ) {
      try {
        return act.apply(degree);
      } catch (SourceFailure e) {
        boolean room = e.action() == SourceFailure.Action.FEWER_SESSIONS;
        if (degree < 2 || (!room && e.action() != SourceFailure.Action.SERIALLY)) {
          throw e;
        }
        degree = room && degree > 3 ? degree / 2 : 0;
        LOG.warn("{}; asked again with the degree {}", e.getMessage(), degree);
      }
    }
  }
}
