package io.initload.source;

import java.util.List;

/**
 * What a DBA is asked for, and how the DBA ends it: statements to be run by someone else.
 *
 * @param grants what the user of the migration needs, the least first
 * @param end keep the user out and end its sessions; a chunk under way is read again later
 */
public record DbaStatements(List<String> grants, List<String> end) {
  public static final DbaStatements NONE = new DbaStatements(List.of(), List.of());

  public DbaStatements {
    grants = List.copyOf(grants);
    end = List.copyOf(end);
  }
}
