package io.initload.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A page of HTML from a template beside this class. */
final class HtmlPage {
  private HtmlPage() {}

  /**
   * The page; every value is escaped.
   *
   * @param template its file
   * @param values how values are written
   * @param seen what the template sees
   */
  static String of(String template, Mustache.Formatter values, Object seen) {
    try (Reader text =
        new InputStreamReader(
            Objects.requireNonNull(HtmlPage.class.getResourceAsStream(template), template),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler().escapeHTML(true).withFormatter(values).compile(text).execute(seen);
    } catch (IOException e) {
      throw new UncheckedIOException("the template " + template + " cannot be read", e);
    }
  }
}
