package io.initload.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The stand-in for Oracle as a process ({@code oracle/}, docs/oracle-stand-in.md), with the tables
 * of a {@link Site} in the schema of a user who reads them.
 */
final class StandIn implements AutoCloseable {
  static final String USER = "LOADER";

  private static final String PASSWORD = OracleFile.PASSWORD;

  private final Process process;
  private final BufferedReader answers;
  private final JsonNode facts;

  private StandIn(Process process, BufferedReader answers, JsonNode facts) {
    this.process = process;
    this.answers = answers;
    this.facts = facts;
  }

  static StandIn start(int customers) {
    Path folder = Path.of("..", "oracle").toAbsolutePath().normalize();
    ProcessBuilder builder =
        new ProcessBuilder(
            folder.resolve("with-oracle").toString(), "python", "-m", "oracle_stand_in");
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
      JsonNode facts = new ObjectMapper().readTree(answers.readLine());
      StandIn standIn = new StandIn(process, answers, facts);
      standIn.fill(customers);
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(int customers) {
    dba(
        "CREATE USER %s IDENTIFIED BY \"%s\"".formatted(USER, PASSWORD),
        "GRANT CREATE SESSION, CREATE TABLE TO " + USER,
        "GRANT SELECT ON SYS.V_$DATABASE TO " + USER,
        "ALTER SESSION SET CURRENT_SCHEMA = " + USER,
        "CREATE TABLE COUNTRIES (COUNTRY_ID NUMBER(10) PRIMARY KEY, COUNTRY_NAME VARCHAR2(40) NOT"
            + " NULL)",
        "INSERT INTO COUNTRIES SELECT LEVEL, 'Country ' || LEVEL FROM DUAL CONNECT BY LEVEL <= "
            + Site.COUNTRIES,
        """
        CREATE TABLE CUSTOMERS (
          CUST_ID NUMBER(10) PRIMARY KEY, CUST_LAST_NAME VARCHAR2(60) NOT NULL,
          COUNTRY_ID NUMBER(10) NOT NULL, CUST_EMAIL VARCHAR2(60))\
        """,
        """
        INSERT INTO CUSTOMERS
        SELECT LEVEL, 'Müller "' || LEVEL || '"' || CHR(10) || 'né Łukasz', 1 + MOD(LEVEL, %d), NULL
        FROM DUAL CONNECT BY LEVEL <= %d\
        """
            .formatted(Site.COUNTRIES, customers));
  }

  /** By which its user logs in, with {@link OracleFile#PASSWORD}. */
  String url() {
    return facts.path("url").asText();
  }

  void dba(String... statements) {
    try (Connection connection =
            DriverManager.getConnection(url(), "SYSTEM", facts.path("password").asText());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Aims a site's configuration at it, and at a ledger in the PostgreSQL behind it. */
  UnaryOperator<String> configured(String ledger) {
    String[] words = facts.path("postgres").asText().split("[ =]", -1);
    String postgres = "jdbc:postgresql://%s:%s/".formatted(words[1], words[3]);
    try (Connection connection =
            DriverManager.getConnection(postgres + "postgres", words[5], words[7]);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + ledger);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    String settings =
        "ledger: {url: \"%s\", user: %s, password: \"%s\"}"
            .formatted(postgres + ledger, words[5], words[7]);
    return text ->
        text.replaceFirst("url: jdbc:h2:\\S+", "url: \"" + facts.path("url").asText() + "\"")
            .replaceFirst("user: SA", "user: " + USER)
            .replaceFirst("ledger: \\{.*\\}", settings)
            .replaceFirst("rows: 10000\\}", "rows: 1000}");
  }

  /** Runs a statement on the PostgreSQL behind it; the first value it yields, or nothing. */
  String postgres(String sql) {
    String[] words = facts.path("postgres").asText().split("[ =]", -1);
    String url = "jdbc:postgresql://%s:%s/%s".formatted(words[1], words[3], words[9]);
    try (Connection connection = DriverManager.getConnection(url, words[5], words[7]);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Aims a site's configuration at the PostgreSQL behind it, with a search path. */
  UnaryOperator<String> beside(String searched) {
    String[] words = facts.path("postgres").asText().split("[ =]", -1);
    String url =
        "jdbc:postgresql://%s:%s/%s?currentSchema=%s"
            .formatted(words[1], words[3], words[9], searched);
    return text ->
        text.replaceFirst("url: jdbc:h2:\\S+", "url: \"" + url + "\"")
            .replaceFirst(
                "user: SA\\s+password: \\S+",
                "user: %s\n  password: %s".formatted(words[5], words[7]));
  }

  /** A line of its standard input: a plan of faults, or {@code strikes}; what it answers. */
  synchronized JsonNode told(String line) {
    try {
      process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
      return new ObjectMapper().readTree(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
