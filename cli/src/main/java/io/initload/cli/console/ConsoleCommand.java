package io.initload.cli.console;

import io.initload.Failure;
import io.initload.cli.command.TriedCommand;
import io.initload.cli.metrics.Otlp;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.pipeline.view.LedgerView;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "console",
    description = {
      "Serves a page on which the migration is looked at in a browser, live, until Ctrl-C: tables,"
          + " chunks, jobs, allowances, rows that need a person. It reads the ledger and changes"
          + " nothing.",
      "Example: initload console -c migration.yaml --report report.html"
    })
public final class ConsoleCommand extends TriedCommand {
  private static final Duration EVERY = Duration.ofSeconds(2);

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Its port, 0 for any free one; default ${DEFAULT-VALUE}.")
  private int port = 8470;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description =
          "Where it listens; default ${DEFAULT-VALUE}. On any but a loopback address it asks for a"
              + " token. It does not encrypt: put a proxy before it, or reach it by ssh -L.")
  private String address = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Ask for the token in this file, on a loopback address too; it is made where there is no"
              + " such file.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description = "A name under which browsers reach it, as a proxy's; may be repeated.")
  private List<String> names = List.of();

  @Option(
      names = "--certificate",
      paramLabel = "FILE.json",
      description = "The certificate to show, which report --certificate writes.")
  private @Nullable Path certificate;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "The report to link to, which report -o writes.")
  private @Nullable Path report;

  public ConsoleCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Clock clock = Clock.systemUTC();
    InetAddress listening = listening();
    Optional<Token> token = token(listening);
    try (Ledger ledger = Ledger.openToRead(config.ledger(), config.name(), clock)) {
      KeptCertificate kept =
          new KeptCertificate(
              config.name(), Optional.ofNullable(certificate), Optional.ofNullable(report));
      Facts facts = new Facts(LedgerView.of(ledger, config), config.target(), kept, clock);
      Access access = new Access(known(listening), token);
      try (Otlp metrics = Otlp.of(System.getenv(), () -> Optional.of(facts.metrics()));
          LiveFacts live = new LiveFacts(facts::line, EVERY);
          ConsoleServer server =
              ConsoleServer.start(listening, port, new Door(access, Assets.load(), facts, live))) {
        metrics.begin();
        announce(config, console, listening, server.port(), token);
        termination.await();
        live.end();
      }
    }
    next(console, "status", "");
    return ExitCode.DONE.code();
  }

  private InetAddress listening() {
    try {
      return InetAddress.getAllByName(address)[0];
    } catch (UnknownHostException e) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "CONSOLE_ADDRESS",
          "There is no address %s.".formatted(address),
          "Name an address of this machine by --address.",
          e);
    }
  }

  private Optional<Token> token(InetAddress listening) {
    SecureRandom random = new SecureRandom();
    if (tokenFile != null) {
      return Optional.of(Token.file(tokenFile, random));
    }
    return listening.isLoopbackAddress() ? Optional.empty() : Optional.of(Token.random(random));
  }

  private Set<String> known(InetAddress listening) {
    Set<String> known = new HashSet<>(Set.of("localhost"));
    names.forEach(name -> known.add(name.toLowerCase(Locale.ROOT)));
    if (!listening.isLoopbackAddress()) {
      known.add(address.toLowerCase(Locale.ROOT));
      try {
        known.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
      } catch (UnknownHostException e) {
        // A machine without a name is reached by its addresses.
      }
    }
    return known;
  }

  private void announce(
      MigrationConfig config,
      Console console,
      InetAddress listening,
      int at,
      Optional<Token> token) {
    String url = "http://%s:%d/".formatted(host(listening), at);
    console.line("The console of %s is at %s (Ctrl-C ends it)", config.name(), url);
    if (tokenFile != null) {
      console.line("It asks for the token in %s", tokenFile.toAbsolutePath());
    } else {
      // The part behind the # is not sent by a browser, so it gets into no log on the way.
      token.ifPresent(t -> console.line("With its token: %s#token=%s", url, t.reveal()));
    }
    String secret = tokenFile == null ? token.map(Token::reveal).orElse("") : "";
    console.record(Map.of("url", url, "token", secret));
    console.out().flush();
  }

  private static String host(InetAddress listening) {
    if (listening.isAnyLocalAddress()) {
      return "localhost";
    }
    String text = listening.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }
}
