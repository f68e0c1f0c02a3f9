package io.initload.report;

import com.samskivert.mustache.Mustache;
import io.initload.evidence.rows.DataFinding;
import io.initload.evidence.rows.DataProfile;
import io.initload.evidence.rows.TableProfile;
import io.initload.mapping.Finding.Severity;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What was seen of the rows as one self-contained HTML page: no script, nothing to load. */
public final class ProfilePage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ProfilePage() {}

  /** The page; every value is escaped. */
  public static String html(DataProfile profile) {
    try (Reader text =
        new InputStreamReader(
            Objects.requireNonNull(ProfilePage.class.getResourceAsStream("data.html"), "data.html"),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler()
          .escapeHTML(true)
          .withFormatter(ProfilePage::text)
          .compile(text)
          .execute(new Page(profile));
    } catch (IOException e) {
      throw new UncheckedIOException("the page's template cannot be read", e);
    }
  }

  private static String text(Object value) {
    return value instanceof Long || value instanceof Integer
        ? String.format(Locale.ROOT, "%,d", ((Number) value).longValue())
        : String.valueOf(value);
  }

  /** What the template sees. */
  private record Page(DataProfile profile) {
    @SuppressWarnings("unused") // named in the template
    String at() {
      return TIME.format(profile.at());
    }

    @SuppressWarnings("unused") // named in the template
    boolean sound() {
      return profile.sound();
    }

    @SuppressWarnings("unused") // named in the template
    long lost() {
      return profile.lost();
    }

    @SuppressWarnings("unused") // named in the template
    List<Table> tables() {
      return profile.tables().stream().map(Table::new).toList();
    }
  }

  /** A table, as the template sees it. */
  private record Table(TableProfile seen) {
    @SuppressWarnings("unused") // named in the template
    List<Row> findings() {
      return seen.findings().stream().map(Row::new).toList();
    }

    @SuppressWarnings("unused") // named in the template
    boolean anyFindings() {
      return !seen.findings().isEmpty();
    }
  }

  /** A finding, as the template sees it. */
  private record Row(DataFinding finding) {
    @SuppressWarnings("unused") // named in the template
    String keys() {
      return String.join(", ", finding.examples());
    }

    @SuppressWarnings("unused") // named in the template
    String style() {
      return finding.severity() == Severity.ERROR || finding.lost() > 0 ? "no" : "soft";
    }
  }
}
