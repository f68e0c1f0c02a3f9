package io.initload.salesforce.wire;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of one exchange that have moved in either direction. Safe for several threads. */
final class Progress {
  final AtomicLong bytes = new AtomicLong();
}
