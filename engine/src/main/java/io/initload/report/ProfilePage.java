package io.initload.report;

import io.initload.Times;
import io.initload.evidence.rows.DataFinding;
import io.initload.evidence.rows.DataProfile;
import io.initload.evidence.rows.TableProfile;
import io.initload.mapping.Finding.Severity;
import java.util.List;
import java.util.Locale;

/** What was seen of the rows as one self-contained HTML page: no script, nothing to load. */
public final class ProfilePage {
  private ProfilePage() {}

  /** The page; every value is escaped. */
  public static String html(DataProfile profile, Times times) {
    return HtmlPage.of("data.html", ProfilePage::text, new Page(profile, times));
  }

  private static String text(Object value) {
    return value instanceof Long || value instanceof Integer
        ? String.format(Locale.ROOT, "%,d", ((Number) value).longValue())
        : String.valueOf(value);
  }

  /** What the template sees. */
  private record Page(DataProfile profile, Times times) {
    @SuppressWarnings("unused") // named in the template
    String at() {
      return times.page(profile.at());
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
