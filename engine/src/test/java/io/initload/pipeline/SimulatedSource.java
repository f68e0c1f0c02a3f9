package io.initload.pipeline;

import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The source of a simulated world: a database, in memory unless told otherwise, and the same rows
 * as plain objects for the checker, which does not ask the database.
 */
final class SimulatedSource implements AutoCloseable {
  /** A row of CUSTOMERS. */
  record Customer(
      int id, @Nullable String code, String name, @Nullable String email, @Nullable String head) {}

  /** A row of SALES. */
  record Sale(int id, @Nullable String customer, String amount, @Nullable String note) {}

  private static final List<String> NOTES =
      List.of("plain", "with, comma", "with \"quotes\"", "line\nbreak", "éàü 漢字", "'; DROP", "#");

  final List<Customer> customers = new ArrayList<>();
  final List<Sale> sales = new ArrayList<>();
  final SourceConfig config;
  private final Connection keeper;

  /** In memory. */
  SimulatedSource(Scenario scenario) throws SQLException {
    this(
        scenario,
        SourceConfigs.of(
                "jdbc:h2:mem:world" + scenario.seed() + ";MODE=Oracle;DB_CLOSE_DELAY=-1", "sa", "")
            .build());
  }

  /** As a user with no tables yet, who may make some. */
  SimulatedSource(Scenario scenario, SourceConfig config) throws SQLException {
    this.config = config;
    SplittableRandom random = new SplittableRandom(scenario.seed());
    for (int i = 1; i <= scenario.customers(); i++) {
      boolean bad = random.nextDouble() < scenario.badShare();
      boolean nameless = bad && random.nextBoolean();
      customers.add(
          new Customer(
              i,
              nameless ? null : "C" + i,
              "Name " + NOTES.get(random.nextInt(NOTES.size())),
              bad && !nameless ? "no mail" : "c" + i + "@example.com",
              scenario.linked() && i > 1 && i % 4 != 0 ? "C" + (1 + i * 7 % (i - 1)) : null));
    }
    for (int i = 1; i <= scenario.sales(); i++) {
      boolean bad = random.nextDouble() < scenario.badShare();
      String customer =
          bad ? (random.nextBoolean() ? null : "C0") : "C" + (1 + random.nextInt(customers.size()));
      sales.add(
          new Sale(
              i,
              customer,
              (random.nextInt(100_000) + 1) + "." + (random.nextInt(9) + 1),
              random.nextInt(3) == 0 ? null : NOTES.get(random.nextInt(NOTES.size()))));
    }
    keeper = DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
    fill();
  }

  private void fill() throws SQLException {
    try (var statement = keeper.createStatement()) {
      statement.execute(
          "CREATE TABLE CUSTOMERS (ID NUMBER(9) PRIMARY KEY, CODE VARCHAR2(20), NAME VARCHAR2(80)"
              + " NOT NULL, EMAIL VARCHAR2(80), HEAD VARCHAR2(20))");
      statement.execute(
          "CREATE TABLE SALES (ID NUMBER(9) PRIMARY KEY, CUSTOMER VARCHAR2(20), AMOUNT NUMBER(10,2)"
              + " NOT NULL, NOTE VARCHAR2(200))");
    }
    try (PreparedStatement insert =
        keeper.prepareStatement("INSERT INTO CUSTOMERS VALUES (?, ?, ?, ?, ?)")) {
      for (Customer c : customers) {
        insert.setInt(1, c.id());
        insert.setString(2, c.code());
        insert.setString(3, c.name());
        insert.setString(4, c.email());
        insert.setString(5, c.head());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert =
        keeper.prepareStatement("INSERT INTO SALES VALUES (?, ?, ?, ?)")) {
      for (Sale s : sales) {
        insert.setInt(1, s.id());
        insert.setString(2, s.customer());
        insert.setBigDecimal(3, new java.math.BigDecimal(s.amount()));
        insert.setString(4, s.note());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @Override
  public void close() throws SQLException {
    if (config.url().startsWith("jdbc:h2:")) {
      try (var statement = keeper.createStatement()) {
        statement.execute("SHUTDOWN");
      }
    }
    keeper.close();
  }
}
