package io.initload.source.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

  /** As rows are ordered by their addresses. */
  static final Comparator<Extent> BY_ADDRESS =
      Comparator.comparingLong(Extent::object)
          .thenComparingLong(Extent::file)
          .thenComparingLong(Extent::block);

  /** The digits of a row address, least first. */
  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

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

  /**
   * Whether row addresses, as texts, ascend as the numbers that they stand for: object, file and
   * block, most significant digit first. What ROWID_CREATE makes of large block numbers may not
   * (docs/reference/oracle.md, "ROWID ranges"), and ranges that cross each other would give rows
   * twice, and others never.
   */
  static boolean ascend(List<String> addresses) {
    for (int i = 1; i < addresses.size(); i++) {
      if (compare(addresses.get(i - 1), addresses.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static int compare(String one, String other) {
    int at = Arrays.mismatch(one.toCharArray(), other.toCharArray());
    return at < 0 ? 0 : DIGITS.indexOf(one.charAt(at)) - DIGITS.indexOf(other.charAt(at));
  }
}
