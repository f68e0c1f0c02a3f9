package io.initload.salesforce.wire;

import io.initload.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the RSA key of the JWT bearer flow: PKCS#8, PEM, without a passphrase. */
final class PrivateKeyFile {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private PrivateKeyFile() {}

  /**
   * The key.
   *
   * @throws Failure {@code ORG_KEY} when the file cannot be read or holds no such key
   */
  static PrivateKey read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "it does not exist" : e.toString();
      throw bad(file, why, "Check target.auth.privateKeyFile and the file's permissions.", e);
    }
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw bad(
          file,
          "it holds no PKCS#8 key (-----BEGIN PRIVATE KEY-----)",
          "Convert the key: openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem",
          null);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw bad(file, "its content is not an RSA key", "Make a new key pair of type RSA.", null);
    }
  }

  private static Failure bad(
      Path file, String why, String remedy, @org.jspecify.annotations.Nullable Throwable cause) {
    String message = "The private key file " + file + " cannot be used: " + why + ".";
    return cause == null
        ? new Failure(Failure.Reach.RUN, Failure.Kind.CONFIGURATION, "ORG_KEY", message, remedy)
        : new Failure(
            Failure.Reach.RUN, Failure.Kind.CONFIGURATION, "ORG_KEY", message, remedy, cause);
  }
}
