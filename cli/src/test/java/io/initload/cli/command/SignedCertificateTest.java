package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Launched;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signature that anybody verifies with standard tools, by the commands of the documentation. */
@Tag("system")
class SignedCertificateTest {
  private static final Path PAGE = Path.of("../docs/certificate.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  /** The commands below a heading, as they stand there. */
  private static List<String> commands() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf("### Signed\n");
    return BLOCK
        .matcher(page.substring(from, page.indexOf("\n## ", from)))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private Shell.Result shell(String commands) {
    try (Launched shell = Launched.start(directory, Map.of(), List.of("bash", "-ec", commands))) {
      return shell.end();
    }
  }

  private Site signing(String keyMaking) {
    shell(keyMaking).exits(0);
    Site site = Site.open(directory);
    site.config(text -> text + "reconcile: {signingKeyFile: %s}\n".formatted(key()));
    site.run("run").exits(0);
    return site;
  }

  private Path key() {
    return directory.resolve("seal.pem");
  }

  private Path certificate() {
    return directory.resolve("certificate.json");
  }

  @Test
  void theDocumentedCommandsVerifyItAndNothingElse() throws IOException {
    List<String> documented = commands();
    try (Site site = signing(documented.get(0))) {
      assertThat(site.run("report", "--certificate", certificate().toString()).exits(0).out())
          .contains("Its signature is in " + certificate() + ".sig");
      assertThat(shell(documented.get(1)).exits(0).out())
          .contains("Signature Verified Successfully");

      String kept = Files.readString(certificate());
      Files.writeString(certificate(), Shell.parse(kept).toString());
      shell(documented.get(1)).exits(0);
      String forged = kept.replace("\"created\" : 2000", "\"created\" : 2001");
      assertThat(forged).isNotEqualTo(kept);
      Files.writeString(certificate(), forged);
      assertThat(shell(documented.get(1)).exits(1).out())
          .contains("Signature Verification Failure");
    }
  }

  /** The digest is signed; and the certificate of a deletion as that of a load. */
  @Test
  void aKeyOfAnotherKindSignsTheDigest() throws IOException {
    List<String> documented = commands();
    String making =
        documented
            .get(0)
            .replace("-algorithm ed25519", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    try (Site site = signing(making)) {
      site.run("undo", "--confirm", "crm-history", "--certificate", certificate().toString())
          .exits(0);
      String canonical = documented.get(1).lines().findFirst().orElseThrow();
      assertThat(shell(canonical + "\n" + documented.get(2)).exits(0).out())
          .contains("Verified OK");
      String digest = Shell.parse(Files.readString(certificate())).path("digest").asText();
      assertThat(shell("sha256sum < canonical.json").exits(0).out()).startsWith(digest);
    }
  }

  @Test
  void aKeyThatCannotBeUsedIsToldBeforeAnythingIsDone() throws IOException {
    try (Site site = signing(commands().get(0))) {
      String[] report = {"--certificate", certificate().toString()};
      Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(site.run("report", report).exits(1).err())
          .contains("CERTIFICATE_KEY", "every user of this machine", "chmod 600");
      Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
      String pem = Files.readString(key());
      for (String wrong : List.of("", pem.replaceAll("\n[A-Za-z0-9+/=]+\n", "\nAAAA\n"))) {
        Files.writeString(key(), wrong);
        assertThat(site.run("report", report).exits(1).err()).contains("CERTIFICATE_KEY");
      }
      shell("openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out seal.pem");
      assertThat(site.run("report", report).exits(1).err())
          .contains("CERTIFICATE_KEY", "1,024 bits");
      assertThat(certificate()).doesNotExist();
    }
  }
}
