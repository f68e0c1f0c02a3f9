package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.work.Loads;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.Workbench;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records that a deletion of some tables would leave behind or take along: an org deletes the
 * details of a master itself, and keeps a record that others look up.
 */
final class UndoneChildren {
  private final Workbench bench;
  private final RunOptions options;

  UndoneChildren(Workbench bench, RunOptions options) {
    this.bench = bench;
    this.options = options;
  }

  /**
   * @param left records that each table created and that are there yet
   * @throws Failure {@code UNDO_CHILDREN} when records of a table that was not chosen look up
   *     objects of those that were
   */
  void refuse(Map<String, Long> left) throws InterruptedException {
    List<Pass> passes = new Loads(bench.ledger()).passes();
    Set<String> objects =
        passes.stream()
            .filter(pass -> options.chooses(pass.table(), pass.phase()))
            .map(Pass::object)
            .collect(Collectors.toSet());
    for (Pass pass : passes) {
      long records = left.getOrDefault(pass.name(), 0L);
      if (records > 0 && !options.chooses(pass.table(), pass.phase()) && looksUp(pass, objects)) {
        throw new Failure(
            Failure.Kind.CONFIGURATION,
            "UNDO_CHILDREN",
            "%,d records that %s created look up records that are to be deleted, in %s."
                .formatted(records, pass.name(), String.join(", ", objects)),
            "Nothing was deleted. Choose that table too (--table %s): children are deleted first."
                .formatted(pass.table()));
      }
    }
  }

  private boolean looksUp(Pass pass, Set<String> objects) throws InterruptedException {
    List<FieldPath> parents =
        pass.header().stream().map(FieldPath::parse).filter(FieldPath::isParent).toList();
    if (parents.isEmpty()) {
      return false;
    }
    TargetObject child = bench.org().describe(pass.object());
    return parents.stream()
        .flatMap(path -> child.relationship(path.relationship()).stream())
        .anyMatch(field -> field.referenceTo().stream().anyMatch(objects::contains));
  }
}
