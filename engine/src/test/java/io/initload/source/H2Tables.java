package io.initload.source;

import io.initload.config.Chunking;
import io.initload.config.FieldMapping;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** An in-memory Oracle-mode database of a test's own; gone when closed. */
public final class H2Tables implements AutoCloseable {
  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=Oracle";
  private final Connection connection;

  public H2Tables(String... statements) {
    try {
      connection = DriverManager.getConnection(url, "SA", "secret");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    run(statements);
  }

  public void run(String... statements) {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public Connection connection() {
    return connection;
  }

  public SourceConfig config() {
    return config("SA", "secret");
  }

  public SourceConfig config(String user, String password) {
    return SourceConfigs.of(url, user, password).build();
  }

  public static TableConfig table(
      String name, Chunking.Strategy strategy, long rows, String... idColumns) {
    FieldMapping.Feed id =
        idColumns.length == 1
            ? new FieldMapping.Column(idColumns[0])
            : new FieldMapping.Composite(List.of(idColumns), "|");
    return TableConfigs.of(name)
        .object("Thing__c")
        .externalId("Ext__c")
        .fields(List.of(new FieldMapping("Ext__c", id)))
        .chunking(new Chunking(strategy, rows, 8))
        .build();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
