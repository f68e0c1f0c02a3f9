package io.initload.salesforce.wire;

import io.initload.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the RSA key of the JWT bearer flow: PKCS#8, PEM, without a passphrase. */
final class PrivateKeyFile {
  private static final int BITS_MIN = 2_048;
  private static final long SIZE_MAX = 1_000_000;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private PrivateKeyFile() {}

  /**
   * The key.
   *
   * @throws Failure {@code ORG_KEY} when the file cannot be read, is open to every user of the
   *     machine, or holds no such key of 2,048 bits or more
   */
  static PrivateKey read(Path file) {
    String text;
    try {
      inspect(file);
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
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      return strong(file, key);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw bad(file, "its content is not an RSA key", "Make a new key pair of type RSA.", null);
    }
  }

  /** A pipe would never end, and a key that everybody may read is no secret. */
  private static void inspect(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    if (!attributes.isRegularFile() || attributes.size() > SIZE_MAX) {
      throw bad(file, "it is no file of that kind", "Name the file of the key itself.", null);
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw bad(
          file,
          "every user of this machine may read or change it",
          "Keep it for the user that runs initload: chmod 600 " + file + ".",
          null);
    }
  }

  private static PrivateKey strong(Path file, PrivateKey key) {
    int bits = key instanceof RSAKey rsa ? rsa.getModulus().bitLength() : 0;
    if (bits < BITS_MIN) {
      throw bad(
          file,
          "it is an RSA key of %,d bits".formatted(bits),
          "Make a new key pair of at least %,d bits and give its certificate to the app."
              .formatted(BITS_MIN),
          null);
    }
    return key;
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
