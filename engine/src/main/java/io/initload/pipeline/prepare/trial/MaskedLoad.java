package io.initload.pipeline.prepare.trial;

import io.initload.config.FieldMapping;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.mapping.org.FieldPath;
import io.initload.pipeline.prepare.Lookups;
import io.initload.pipeline.prepare.Prepared;
import io.initload.plan.TableLinks.Lookup;
import io.initload.salesforce.Org;
import io.initload.salesforce.errors.OrgException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What forbids to load pseudonyms. */
public final class MaskedLoad {
  private static final String REMEDY =
      "Load into a sandbox, or take the masks out of the file; where pseudonyms are wanted there"
          + " all the same, set masking.intoProduction.";

  private MaskedLoad() {}

  /** An org that is no sandbox takes none, unless the file says so; asks the org. */
  public static Optional<Finding> production(MigrationConfig config, Org org)
      throws InterruptedException {
    boolean refused =
        config.tables().stream()
            .flatMap(table -> table.fields().stream())
            .flatMap(field -> field.mask().stream())
            .anyMatch(mask -> !mask.by().intoProduction());
    return refused ? sandbox(org) : Optional.empty();
  }

  private static Optional<Finding> sandbox(Org org) throws InterruptedException {
    String told;
    try {
      told =
          org.query("SELECT Id, IsSandbox FROM Organization")
              .next()
              .map(row -> row.getOrDefault("IsSandbox", ""))
              .orElse("");
    } catch (OrgException.Refused e) {
      told = "";
    }
    if (told.equals("true")) {
      return Optional.empty();
    }
    String what =
        told.equals("false")
            ? "The org is no sandbox, and the file masks fields: pseudonyms would stand among real"
                + " records."
            : "The org does not say whether it is a sandbox, and the file masks fields.";
    return Optional.of(new Finding("MASKED_PRODUCTION", Severity.ERROR, "masking", what, REMEDY));
  }

  /** Fields by which other tables name rows must not be masked. */
  public static List<Finding> named(Collection<Prepared> tables, Lookups lookups) {
    List<Finding> findings = new ArrayList<>();
    for (Prepared child : tables) {
      for (Lookup lookup : lookups.of(child)) {
        tables.stream()
            .filter(parent -> parent.table().equals(lookup.parent()))
            .filter(parent -> masked(parent.config(), FieldPath.parse(lookup.field()).field()))
            .map(parent -> finding(parent, lookup))
            .forEach(findings::add);
      }
    }
    return findings;
  }

  private static boolean masked(TableConfig table, String field) {
    return table.fields().stream()
        .filter(f -> f.field().equalsIgnoreCase(field))
        .map(FieldMapping::mask)
        .anyMatch(Optional::isPresent);
  }

  private static Finding finding(Prepared parent, Lookup lookup) {
    return new Finding(
        "MASK_KEY",
        Severity.ERROR,
        "tables " + parent.table(),
        "By %s the table %s names its rows: masked, they would not be found."
            .formatted(lookup.field(), lookup.table()),
        "Take the field out of the table's mask, or name the rows by their external id.");
  }
}
