package io.initload.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A key with its certificate for {@code localhost}, and a wallet of Oracle's that trusts it: made
 * by the JDK's tool and by Oracle's, which is on board with the driver.
 */
final class TlsFiles {
  private static final String PASSWORD = "changeit-changeit";

  private final Path directory;

  TlsFiles(Path directory) {
    this.directory = directory;
  }

  /** Key and certificate, as a server takes them. */
  Path server() throws Exception {
    Path store = directory.resolve("server.p12");
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost",
            "-storetype",
            "PKCS12"),
        store);
    keytool(
        List.of("-exportcert", "-rfc", "-alias", "server", "-file", certificate().toString()),
        store);
    String pem = key(store) + Files.readString(certificate());
    return Files.writeString(directory.resolve("server.pem"), pem);
  }

  /** A wallet that opens by itself; after {@link #server}. */
  Path wallet() throws Exception {
    Path wallet = directory.resolve("wallet");
    String at = wallet.toString();
    orapki("wallet", "create", "-wallet", at, "-auto_login", "-pwd", PASSWORD);
    orapki(
        "wallet",
        "add",
        "-wallet",
        at,
        "-trusted_cert",
        "-cert",
        certificate().toString(),
        "-pwd",
        PASSWORD);
    return wallet;
  }

  private Path certificate() {
    return directory.resolve("server.crt");
  }

  private static String key(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Key key = keys.getKey("server", PASSWORD.toCharArray());
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(key.getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
  }

  private static void keytool(List<String> arguments, Path store) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    run(command);
  }

  private static void orapki(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("oracle.security.pki.textui.OraclePKITextUI");
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }
}
