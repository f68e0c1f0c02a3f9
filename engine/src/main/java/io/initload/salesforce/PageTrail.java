package io.initload.salesforce;

import io.initload.Failure;
import io.initload.salesforce.errors.StrangeAnswer;
import io.initload.salesforce.wire.Call;
import java.util.HashSet;
import java.util.Set;

/** The way from page to page of a list: it never comes back to a page, and ends. For one thread. */
final class PageTrail {
  private final Set<String> seen = new HashSet<>();
  private final int pagesMax;
  private Call next;
  private int pages;

  PageTrail(Call first, int pagesMax) {
    this.next = first;
    this.pagesMax = pagesMax;
  }

  /** The call of the page that comes now. */
  Call next() {
    pages++;
    return next;
  }

  /** Pages asked for. */
  int pages() {
    return pages;
  }

  /**
   * Goes on to the page that the last one named.
   *
   * @throws Failure {@code ORG_ANSWER} when that was there before, or too many were
   */
  void to(String address) {
    if (pages >= pagesMax || !seen.add(address)) {
      throw strange(
          pages >= pagesMax
              ? "has more than %,d pages".formatted(pagesMax)
              : "comes to the same page again");
    }
    next = Call.get(address);
  }

  /** What to throw when the pages cannot be those of a list. */
  Failure strange(String what) {
    return new StrangeAnswer(what).failure(next);
  }
}
