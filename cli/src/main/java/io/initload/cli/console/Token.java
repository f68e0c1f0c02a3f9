package io.initload.cli.console;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.cli.shell.FileTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** What somebody must know to see the console. */
final class Token {
  /** 256 bits: nobody guesses it, however often they try. */
  private static final int BYTES = 32;

  /** As many letters as 128 bits take. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22,512}");

  private static final int FILE_BYTES_MAX = 1_024;

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  static Token random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * The token in a file; where there is no such file, one is made in it, for its owner alone.
   *
   * @throws Failure {@code CONSOLE_TOKEN} when the file cannot be used, or holds no token
   */
  static Token file(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        Token made = random(random);
        PrivateFile.write(file, made.text + "\n");
        return made;
      }
      String text = Files.size(file) > FILE_BYTES_MAX ? "" : Files.readString(file).strip();
      if (!FORM.matcher(text).matches()) {
        throw wrong(file, "holds no token: at least 22 letters, digits, - and _, and nothing else");
      }
      return new Token(text);
    } catch (IOException e) {
      throw wrong(file, "cannot be used: " + FileTrouble.words(e));
    }
  }

  /** Takes as long whatever is given. */
  boolean is(String given) {
    return MessageDigest.isEqual(digest(text), digest(given));
  }

  /** The secret itself. */
  String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Failure wrong(Path file, String what) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "CONSOLE_TOKEN",
        "The token file %s %s.".formatted(file.toAbsolutePath(), what),
        "Name a file that is not there yet, in a directory that may be written: a token is made in"
            + " it.");
  }
}
