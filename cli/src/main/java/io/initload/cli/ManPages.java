package io.initload.cli;

import io.initload.cli.command.CompletionCommand;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes a manual page for each command, as AsciiDoc, into the directory that is named. Runs when
 * the packages are made (tools/package); what it uses is not in the distribution.
 */
final class ManPages {
  /** A synopsis is one line: man breaks it for the reader's terminal. */
  private static final int UNBROKEN = 10_000;

  private ManPages() {}

  public static void main(String[] arguments) throws IOException {
    Wiring wiring = new Wiring(System.out, System.err, Termination.none());
    CommandLine root = InitloadCommand.line(List.of(CompletionCommand.NAME), wiring);
    root.setUsageHelpWidth(UNBROKEN);
    paragraphs(root);
    int code =
        ManPageGenerator.generateManPage(
            Path.of(arguments[0]).toFile(), null, new boolean[0], false, root.getCommandSpec());
    if (code != 0) {
      throw new IOException("no manual pages below " + arguments[0] + ": " + code);
    }
  }

  /** Lines of a description that stand for themselves, as examples do, stay apart. */
  private static void paragraphs(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.footerHeading("Notes%n");
    usage.description(
        Arrays.stream(usage.description())
            .flatMap(text -> Stream.of(text, ""))
            .toArray(String[]::new));
    line.getSubcommands().values().forEach(ManPages::paragraphs);
  }
}
