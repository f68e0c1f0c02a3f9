package io.initload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A private key in a file: PKCS#8, PEM, without a passphrase.
 *
 * @param file where it is
 * @param code of the failure when it cannot be used
 * @param setting that names the file
 */
public record PemKey(Path file, String code, String setting) {
  private static final long SIZE_MAX = 1_000_000;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /**
   * The key as it is encoded.
   *
   * @throws Failure of that code when the file cannot be read, is open to every user of the
   *     machine, or holds no key
   */
  public byte[] bytes() {
    String text;
    try {
      inspect();
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "it does not exist" : e.toString();
      throw bad(why, "Check " + setting + " and the file's permissions.", e);
    }
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      throw bad(
          "it holds no PKCS#8 key (-----BEGIN PRIVATE KEY-----)",
          "Convert the key: openssl pkcs8 -topk8 -nocrypt -in OLD.pem -out NEW.pem");
    }
    try {
      return Base64.getMimeDecoder().decode(pem.group(1));
    } catch (IllegalArgumentException e) {
      throw bad("its content is no key", "Make a new key pair.");
    }
  }

  /** A pipe would never end, and a key that everybody may read is no secret. */
  private void inspect() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    if (!attributes.isRegularFile() || attributes.size() > SIZE_MAX) {
      throw bad("it is no file of that kind", "Name the file of the key itself.");
    }
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw bad(
          "every user of this machine may read or change it",
          "Keep it for the user that runs initload: chmod 600 " + file + ".");
    }
  }

  /** What is wrong with it. */
  public Failure bad(String why, String remedy) {
    return bad(why, remedy, null);
  }

  private Failure bad(String why, String remedy, @Nullable Throwable cause) {
    String message = "The private key file " + file + " cannot be used: " + why + ".";
    return cause == null
        ? new Failure(Failure.Reach.RUN, Failure.Kind.CONFIGURATION, code, message, remedy)
        : new Failure(Failure.Reach.RUN, Failure.Kind.CONFIGURATION, code, message, remedy, cause);
  }
}
