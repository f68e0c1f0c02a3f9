package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.BulkErrors;
import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.LineEnding;
import io.initload.simulator.dml.Operation;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.model.Schema;
import java.util.Optional;

/**
 * A job as a client asks for it, unchecked. Members a client left out are empty.
 *
 * @param apiVersion version of the path
 */
public record JobRequest(
    String object,
    String operation,
    String externalIdFieldName,
    String contentType,
    String lineEnding,
    String columnDelimiter,
    String assignmentRuleId,
    int apiVersion) {

  /**
   * Checks the request against the org, with the texts of docs/reference/salesforce.md, "Job
   * states".
   */
  JobSpec check(Schema schema, IngestRules rules) {
    Operation wanted = Operation.of(operation).orElseThrow(() -> invalid("operation", operation));
    if (!contentType.isEmpty() && !contentType.equals("CSV")) {
      throw invalid("contentType", contentType);
    }
    LineEnding ending = constant(LineEnding.class, "lineEnding", lineEnding, LineEnding.LF);
    Delimiter delimiter =
        constant(Delimiter.class, "columnDelimiter", columnDelimiter, Delimiter.COMMA);
    SObjectType type =
        schema
            .object(object)
            .orElseThrow(() -> BulkErrors.invalidJob("Unable to find object: " + object));
    if (!type.can("createable") || !type.can("updateable")) {
      throw OrgException.bad(
          "INVALIDENTITY",
          "InvalidEntity : Entity '" + type.name() + "' is not supported by the Bulk API.");
    }
    if (wanted == Operation.HARD_DELETE && rules.hardDelete() == IngestRules.HardDelete.DENIED) {
      throw OrgException.bad(
          "FEATURENOTENABLED",
          "FeatureNotEnabled : hardDelete needs the Bulk API Hard Delete permission");
    }
    String key = "";
    if (wanted == Operation.UPSERT) {
      key =
          type.field(externalIdFieldName)
              .filter(
                  f ->
                      f.keyed().externalId()
                          || f.system() == Field.SystemField.ID
                          || f.keyed().idLookup())
              .map(Field::name)
              .orElseThrow(
                  () ->
                      BulkErrors.invalidJob(
                          "Field name provided, "
                              + externalIdFieldName
                              + " does not match an External ID for "
                              + type.name()));
    }
    return new JobSpec(type.name(), wanted, key, ending, delimiter, assignmentRuleId, apiVersion);
  }

  private static <E extends Enum<E>> E constant(
      Class<E> kind, String property, String value, E usual) {
    if (value.isEmpty()) {
      return usual;
    }
    for (E constant : Optional.ofNullable(kind.getEnumConstants()).orElseThrow()) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw invalid(property, value);
  }

  private static OrgException invalid(String property, String value) {
    return OrgException.bad(
        "API_ERROR", "Invalid value: '" + value + "' supplied for property: '" + property + "'");
  }
}
