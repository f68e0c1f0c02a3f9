package io.initload.source;

import java.util.ArrayList;
import java.util.List;

/** Cuts a segment's extents into ranges of about equally many blocks. Pure arithmetic. */
final class OracleExtents {
  private OracleExtents() {}

  /**
   * Blocks of a table that lie together.
   *
   * @param object DATA_OBJECT_ID of the segment (not OBJECT_ID)
   */
  record Extent(long object, long file, long block, long blocks) {}

  /** The address of a block. */
  record Address(long object, long file, long block) {}

  /** From the first row of {@code low} to the last one of {@code high}. */
  record Range(Address low, Address high, long blocks) {}

  /**
   * Cuts extents, sorted by object, file and block, into ranges of at least {@code target} blocks
   * where that many are left. A range may span extents, files and segments: row addresses are
   * ordered alike, and blocks of others between them hold no rows of this table. Extents larger
   * than the target are split.
   */
  static List<Range> cut(List<Extent> extents, long target) {
    if (target < 1) {
      throw new IllegalArgumentException("a target of " + target + " blocks");
    }
    List<Range> ranges = new ArrayList<>();
    Address low = null;
    Address high = null;
    long held = 0;
    for (Extent extent : extents) {
      long offset = 0;
      while (offset < extent.blocks()) {
        long take = Math.min(target - held, extent.blocks() - offset);
        Address first = new Address(extent.object(), extent.file(), extent.block() + offset);
        if (low == null) {
          low = first;
        }
        offset += take;
        held += take;
        high = new Address(extent.object(), extent.file(), extent.block() + offset - 1);
        if (held == target) {
          ranges.add(new Range(low, high, held));
          low = null;
          held = 0;
        }
      }
    }
    if (low != null && high != null) {
      ranges.add(new Range(low, high, held));
    }
    return ranges;
  }
}
