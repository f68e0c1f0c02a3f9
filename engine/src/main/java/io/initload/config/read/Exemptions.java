package io.initload.config.read;

import io.initload.Nearest;
import io.initload.config.FieldMapping;
import io.initload.config.TableConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which fields are not compared, and why. */
final class Exemptions {
  private final List<TableConfig> tables;

  Exemptions(List<TableConfig> tables) {
    this.tables = tables;
  }

  /**
   * The reasons by table and field.
   *
   * @param section has a block for each table
   */
  Map<String, Map<String, String>> of(Section section) {
    Map<String, Map<String, String>> exempt = new LinkedHashMap<>();
    for (String name : section.names()) {
      Section reasons = section.free(name);
      Optional<TableConfig> table = tables.stream().filter(t -> t.name().equals(name)).findFirst();
      if (table.isEmpty()) {
        List<String> names = tables.stream().map(TableConfig::name).toList();
        section.fault(name, "is no table" + Nearest.hint(name, names));
      }
      Map<String, String> fields = new LinkedHashMap<>();
      for (String field : reasons.names()) {
        fields.put(field, reasons.text(field));
        table.ifPresent(t -> check(t, field, reasons));
      }
      exempt.put(name, fields);
    }
    return exempt;
  }

  private static void check(TableConfig table, String field, Section reasons) {
    List<String> fields = table.fields().stream().map(FieldMapping::field).toList();
    if (!fields.contains(field)) {
      reasons.fault(field, "is no field that is fed" + Nearest.hint(field, fields));
    } else if (field.equals(table.externalId())) {
      reasons.fault(field, "is the external id, by which records are told apart");
    }
  }
}
