package io.initload.source.session;

import java.util.regex.Pattern;

/** URLs of databases and the secrets people write into them. */
public final class JdbcUrl {
  /** {@code //user:password@}, {@code jdbc:vendor:driver:user/password@}, {@code password=}. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "//[^?;]*:[^?;]*@|^jdbc:\\w+:\\w+:[^@/(]*/[^@]+@|(password|passwd|pwd)=",
          Pattern.CASE_INSENSITIVE);

  private JdbcUrl() {}

  /** Whether a password stands in the URL. */
  public static boolean holdsPassword(String url) {
    return PASSWORD.matcher(url).find();
  }

  /** The URL without anything that may be a secret. */
  public static String shown(String url) {
    return url.replaceAll("//[^?;]*:[^?;]*@", "//")
        .replaceAll("^(jdbc:\\w+:\\w+:)[^@;]+@", "$1@")
        .replaceAll("(?i)(password|passwd|pwd|user)=[^;&)]*", "$1=***");
  }
}
