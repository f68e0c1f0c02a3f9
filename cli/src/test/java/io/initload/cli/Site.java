package io.initload.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.h2.tools.Server;

/**
 * A small migration on real parts: a database with countries and customers, a simulated org over
 * HTTP, and a configuration file, all in one directory.
 */
public final class Site implements AutoCloseable {
  public static final int COUNTRIES = 20;
  private static final String NAME = "crm-history";

  private final Path directory;
  private final SimulatedOrg org;
  private final OracleFile source;

  private Site(Path directory, OrgOptions options, int customers) {
    this.directory = directory;
    this.org = SimulatedOrg.start(options);
    this.source =
        new OracleFile(directory.resolve("source"))
            .run(
                "CREATE TABLE COUNTRIES (COUNTRY_ID NUMBER(10) PRIMARY KEY, COUNTRY_NAME VARCHAR2(40) NOT NULL)",
                "INSERT INTO COUNTRIES SELECT X, 'Country ' || X FROM SYSTEM_RANGE(1, %d)"
                    .formatted(COUNTRIES),
                """
                CREATE TABLE CUSTOMERS (
                  CUST_ID NUMBER(10) PRIMARY KEY, CUST_LAST_NAME VARCHAR2(60) NOT NULL,
                  COUNTRY_ID NUMBER(10) NOT NULL, CUST_EMAIL VARCHAR2(60))""",
                """
                INSERT INTO CUSTOMERS
                SELECT X, 'Müller "' || X || '"' || CHAR(10) || 'né Łukasz', 1 + MOD(X, %d), NULL
                FROM SYSTEM_RANGE(1, %d)"""
                    .formatted(COUNTRIES, customers));
    config(UnaryOperator.identity());
  }

  /** With 2,000 customers and an org that is as fast as the machine. */
  public static Site open(Path directory) {
    return open(directory, OrgOptions.defaults(), 2_000);
  }

  public static Site open(Path directory, OrgOptions options, int customers) {
    return new Site(directory, options, customers);
  }

  /** Reads the source through a server, so that several processes can; the caller stops it. */
  public Server serveSource() {
    try {
      return Server.createTcpServer("-tcpPort", "0").start();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the configuration anew, changed. */
  public Site config(UnaryOperator<String> change) {
    try {
      Files.writeString(config(), change.apply(text()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes the configuration anew with one piece of it replaced, which must be there. */
  public Site with(String old, String replacement) {
    if (!text().contains(old)) {
      throw new IllegalArgumentException("not in the configuration: " + old);
    }
    return config(text -> text.replace(old, replacement));
  }

  /** Writes the configuration anew, aimed at the org that a simulator announced. */
  public Site aimedAt(JsonNode ready) {
    return aimedAt(
        ready, credentials(ready.path("clientId").asText(), ready.path("clientSecret").asText()));
  }

  /** As {@link #aimedAt(JsonNode)}, with another {@code auth}. */
  public Site aimedAt(JsonNode ready, String auth) {
    return config(
        text ->
            text.replace(credentials(org.clientId(), org.clientSecret()), auth)
                .replace(org.loginUrl(), ready.path("loginUrl").asText())
                .replace(
                    authority(org.instanceUrl()), authority(ready.path("instanceUrl").asText())));
  }

  private static String credentials(String clientId, String clientSecret) {
    return "{flow: client-credentials, clientId: \"%s\", clientSecret: \"%s\"}"
        .formatted(clientId, clientSecret);
  }

  private static String authority(String url) {
    return URI.create(url).getAuthority();
  }

  private String text() {
    return """
        name: %s
        source:
          url: %s
          user: SA
          password: %s
          sessions: 2
        target:
          loginUrl: %s
          instance: %s
          auth: %s
          http: {attempts: 2, backoff: 10ms, maxBackoff: 10ms}
          poll: {first: 50ms, max: 200ms}
        staging: {directory: "%s", partRows: 10000}
        ledger: {url: "jdbc:sqlite:%s"}
        phases: [reference, customers]
        tables:
          - source: COUNTRIES
            object: Country__c
            phase: reference
            externalId: External_ID__c
            columns: {COUNTRY_ID: External_ID__c, COUNTRY_NAME: Name}
          - source: CUSTOMERS
            object: Account
            phase: customers
            externalId: External_ID__c
            columns:
              CUST_ID: External_ID__c
              CUST_LAST_NAME: Name
              COUNTRY_ID: Country__r.External_ID__c
              CUST_EMAIL: Email__c
            chunking: {rows: 10000}
        """
        .formatted(
            NAME,
            source.url(),
            OracleFile.PASSWORD,
            org.loginUrl(),
            authority(org.instanceUrl()),
            credentials(org.clientId(), org.clientSecret()),
            staging(),
            ledger());
  }

  public Path directory() {
    return directory;
  }

  public SimulatedOrg org() {
    return org;
  }

  public OracleFile source() {
    return source;
  }

  public Path config() {
    return directory.resolve("migration.yaml");
  }

  public Path staging() {
    return directory.resolve("staging");
  }

  /** The staging directory of one of several hosts. */
  public Path staging(String host) {
    return directory.resolve("staging-" + host);
  }

  public Path ledger() {
    return directory.resolve("ledger.db");
  }

  /** Runs a command on this migration. */
  public Shell.Result run(String command, String... options) {
    return Shell.run(arguments(command, options));
  }

  /** Runs a command on this migration in a process of its own. */
  public Launched start(String command, String... options) {
    return Launched.start(directory, arguments(command, options));
  }

  /** The words of a command on this migration. */
  public String[] arguments(String command, String... options) {
    String[] words = command.split(" ", -1);
    String[] arguments = new String[words.length + 2 + options.length];
    System.arraycopy(words, 0, arguments, 0, words.length);
    arguments[words.length] = "-c";
    arguments[words.length + 1] = config().toString();
    System.arraycopy(options, 0, arguments, words.length + 2, options.length);
    return arguments;
  }

  @Override
  public void close() {
    org.close();
  }
}
