package io.initload.pipeline;

import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Customers and their sales as they lie in databases: most of them sound, some not. Names are in
 * lower case and quoted, and the statements are the same for all databases.
 */
final class DirtyRows {
  static final String CUSTOMERS =
      """
      CREATE TABLE "customers" ("id" VARCHAR(20), "name" VARCHAR(1200), "city" VARCHAR(200),\
       "gender" VARCHAR(20), "since" TIMESTAMP, "credit" NUMERIC(20,4), "staff" NUMERIC(12,2),\
       "notes" VARCHAR(200))\
      """;

  static final String SALES =
      """
      CREATE TABLE "sales" ("id" NUMERIC(9), "customer" VARCHAR(20), "amount" NUMERIC(14,2))\
      """;

  /** A face, of two UTF-16 units. */
  private static final String FACE = "\uD83D\uDE00";

  /**
   * What is wrong with a customer.
   *
   * @param column it is wrong with
   * @param bad its value in SQL
   * @param good the nearest value that is sound
   * @param found the code that the profile has for it
   * @param met the code that the row meets on its way; empty where it arrives
   */
  record Fault(String column, String bad, String good, String found, String met) {}

  static final List<Fault> FAULTS =
      List.of(
          new Fault("id", "NULL", "'k0'", "DATA_KEY_NULL", "EXTERNAL_ID_NULL"),
          new Fault("name", "NULL", "'n'", "DATA_REQUIRED_EMPTY", "REQUIRED_FIELD_MISSING"),
          new Fault(
              "name", "'  ' || CHR(9)", "' n '", "DATA_REQUIRED_EMPTY", "REQUIRED_FIELD_MISSING"),
          new Fault("name", text(256), text(255), "DATA_TEXT_TOO_LONG", "STRING_TOO_LONG"),
          new Fault(
              "name",
              "'" + FACE.repeat(128) + "'",
              "'" + FACE.repeat(127) + "n'",
              "DATA_TEXT_TOO_LONG",
              "STRING_TOO_LONG"),
          new Fault(
              "city",
              text(41),
              "' ' || CHR(7) || " + text(40) + " || CHR(13) || CHR(10)",
              "DATA_TEXT_TOO_LONG",
              "STRING_TOO_LONG"),
          new Fault(
              "gender",
              "'X'",
              "' m'",
              "DATA_PICKLIST_VALUE",
              "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
          new Fault(
              "since",
              "TIMESTAMP '1699-12-31 23:59:59'",
              "TIMESTAMP '1700-01-01 00:00:00'",
              "DATA_DATE_OUT_OF_RANGE",
              "FIELD_INTEGRITY_EXCEPTION"),
          new Fault(
              "since",
              "TIMESTAMP '4001-01-01 00:00:00'",
              "TIMESTAMP '4000-12-31 23:59:59'",
              "DATA_DATE_OUT_OF_RANGE",
              "FIELD_INTEGRITY_EXCEPTION"),
          new Fault(
              "credit",
              "-9999999999.995",
              "9999999999.99",
              "DATA_NUMBER_TOO_LARGE",
              "NUMBER_OUTSIDE_VALID_RANGE"),
          new Fault("credit", "1.2345", "1.23", "DATA_NUMBER_SCALE", ""),
          new Fault(
              "staff",
              "100000000",
              "99999999",
              "DATA_NUMBER_TOO_LARGE",
              "NUMBER_OUTSIDE_VALID_RANGE"),
          new Fault(
              "staff", "7.5", "7.00", "DATA_NUMBER_FRACTION", "INVALID_TYPE_ON_FIELD_IN_RECORD"),
          new Fault("notes", "'a' || CHR(7) || 'b'", "'a' || CHR(9)", "DATA_CONTROLS", ""));

  private DirtyRows() {}

  private static String text(int characters) {
    return "'" + "x".repeat(characters) + "'";
  }

  static TableConfig customers() {
    return TableConfigs.of("customers")
        .field("id", "External_ID__c")
        .field("name", "Name")
        .field("city", "BillingCity")
        .field("gender", "Gender__c")
        .field("since", "Customer_Since__c")
        .field("credit", "Credit_Limit__c")
        .field("staff", "NumberOfEmployees")
        .field("notes", "Description")
        .build();
  }

  static TableConfig sales() {
    return TableConfigs.of("sales")
        .object("Sale__c")
        .field("id", "External_ID__c")
        .field("customer", "Account__r.External_ID__c")
        .field("amount", "Amount__c")
        .build();
  }

  /** A customer without faults. */
  static Map<String, String> customer(String id) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("id", "'" + id + "'");
    row.put("name", "'Name'");
    row.put("city", "NULL");
    row.put("gender", "NULL");
    row.put("since", "NULL");
    row.put("credit", "NULL");
    row.put("staff", "NULL");
    row.put("notes", "NULL");
    return row;
  }

  static String insert(Map<String, String> customer) {
    return "INSERT INTO \"customers\" VALUES (" + String.join(", ", customer.values()) + ")";
  }

  static String sale(int id, String customer) {
    return "INSERT INTO \"sales\" VALUES (%d, %s, %d)".formatted(id, customer, id);
  }

  /**
   * Statements that fill both tables.
   *
   * @param most faults of a customer
   */
  static List<String> drawn(long seed, int most) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> statements = new ArrayList<>();
    int customers = 60 + random.nextInt(40);
    for (int i = 0; i < customers; i++) {
      Map<String, String> row = customer("c" + i);
      for (int faults = random.nextInt(most + 1); faults > 0; faults--) {
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        row.put(fault.column(), fault.bad());
      }
      statements.add(insert(row));
      if (random.nextInt(12) == 0) {
        statements.add(insert(customer("Twin" + i)));
        statements.add(insert(customer(" tWIN" + i)));
      }
    }
    for (int i = 0; i < 120; i++) {
      statements.add(sale(i, named(random, customers)));
    }
    return statements;
  }

  private static String named(SplittableRandom random, int customers) {
    int kind = random.nextInt(10);
    String some = "'c" + random.nextInt(customers) + "'";
    return kind == 0 ? "NULL" : kind == 1 ? "'nobody'" : kind == 2 ? some.replace('c', 'C') : some;
  }
}
