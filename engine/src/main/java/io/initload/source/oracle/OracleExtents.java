package io.initload.source.oracle;

import java.util.ArrayList;
import java.util.List;

/** Cuts a segment's extents into parts of about equally many blocks. Pure arithmetic. */
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

  /**
   * Where the parts begin of extents that are sorted by object, file and block: each holds {@code
   * target} blocks, the last one what is left. A part may span extents, files and segments, and an
   * extent larger than the target is split.
   */
  static List<Address> starts(List<Extent> extents, long target) {
    if (target < 1) {
      throw new IllegalArgumentException("a target of " + target + " blocks");
    }
    List<Address> starts = new ArrayList<>();
    long ahead = 0; // blocks from the extent's first to where the next part begins
    for (Extent extent : extents) {
      for (; ahead < extent.blocks(); ahead += target) {
        starts.add(new Address(extent.object(), extent.file(), extent.block() + ahead));
      }
      ahead -= extent.blocks();
    }
    return starts;
  }
}
