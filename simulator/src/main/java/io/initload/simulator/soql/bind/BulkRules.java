package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.parse.QueryText;
import io.initload.simulator.soql.parse.SelectItem;
import io.initload.simulator.soql.parse.SoqlQuery;
import java.util.Locale;
import java.util.Set;

/**
 * What Bulk query refuses (docs/reference/salesforce.md, "Bulk query"). The texts of subqueries,
 * compound and binary fields are observed; the others follow their pattern.
 */
public final class BulkRules {
  private static final Set<String> MATCHED_BY_COUNT = Set.of("COUNT", "COUNT_DISTINCT");

  private BulkRules() {}

  /** Checks the sentence, before names are looked up. */
  public static void check(SoqlQuery query) {
    for (SelectItem item : query.select()) {
      item.match(
          BulkRules::checkValue,
          children ->
              refuse(
                  "Aggregate Relationships not supported in Bulk V2 Query with CSV content type"),
          typeOf -> refuse("TYPEOF not supported in Bulk V2 Query"));
    }
    if (!query.groupBy().isEmpty()) {
      refuse("GROUP BY not supported in Bulk V2 Query");
    }
    if (query.offset().isPresent()) {
      refuse("OFFSET not supported in Bulk V2 Query");
    }
  }

  /** Checks the columns, once their types are known. */
  public static void check(BoundQuery query) {
    for (Column column : query.columns()) {
      if (column.kind() == FieldKind.COMPOUND) {
        refuse("Selecting compound data not supported in Bulk Query");
      }
      if (column.kind() == FieldKind.BLOB) {
        refuse("Blob field not supported in Bulk V2 Query with CSV content type");
      }
    }
  }

  private static boolean checkValue(SelectItem.Value value) {
    return value
        .operand()
        .match(
            path -> true,
            call -> {
              String name = call.name().toUpperCase(Locale.ROOT);
              if (MATCHED_BY_COUNT.contains(name) || Aggregate.Function.named(name).isPresent()) {
                refuse(
                    "Aggregate functions, %s among them, not supported in Bulk V2 Query"
                        .formatted(name + "()"));
              }
              if (name.equals("FIELDS")) {
                refuse("FIELDS function not supported in Bulk V2 Query");
              }
              return true;
            });
  }

  private static boolean refuse(String message) {
    throw QueryText.refuse(SoqlError.API_ERROR, message);
  }
}
