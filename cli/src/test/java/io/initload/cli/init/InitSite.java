package io.initload.cli.init;

import io.initload.cli.OracleFile;
import io.initload.cli.Shell;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A source and an org of which nothing is configured but how to log in. */
public final class InitSite implements AutoCloseable {
  private final Path directory;
  private final SimulatedOrg org;

  public InitSite(Path directory, String url, String user, Path describes) throws IOException {
    this.directory = directory;
    this.org = SimulatedOrg.start(OrgOptions.defaults().describes(describes));
    Files.writeString(
        logins(),
        """
        # Two logins.
        name: first
        source: {url: "%s", user: %s, password: "${SOURCE_PASSWORD}", sessions: 2}
        target:
          loginUrl: %s
          instance: "%s"
          auth: {flow: client-credentials, clientId: "%s", clientSecret: "%s"}
          poll: {first: 50ms, max: 200ms}
        staging: {directory: "%s"}
        ledger: {url: "jdbc:sqlite:%s"}
        """
            .formatted(
                url,
                user,
                org.loginUrl(),
                URI.create(org.instanceUrl()).getAuthority(),
                org.clientId(),
                org.clientSecret(),
                directory.resolve("staging"),
                directory.resolve("ledger.db"))
            .replace("${SOURCE_PASSWORD}", OracleFile.PASSWORD));
  }

  static InitSite of(PublishedSchema schema, Path directory) throws IOException {
    OracleFile source = new OracleFile(directory.resolve("source")).run(schema.statements());
    return new InitSite(
        directory, source.url(), "SA", schema.describe(directory.resolve("describes")));
  }

  Path logins() {
    return directory.resolve("logins.yaml");
  }

  Path config() {
    return directory.resolve("migration.yaml");
  }

  SimulatedOrg org() {
    return org;
  }

  public Shell.Result init(String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("init", "-c", logins().toString(), "-o", config().toString(), "--no-ask"));
    words.addAll(List.of(options));
    return Shell.run(words.toArray(String[]::new));
  }

  public Shell.Result run(String command, String... options) {
    List<String> words = new ArrayList<>(List.of(command, "-c", config().toString()));
    words.addAll(List.of(options));
    return Shell.run(words.toArray(String[]::new));
  }

  @Override
  public void close() {
    org.close();
  }
}
