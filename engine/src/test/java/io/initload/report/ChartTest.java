package io.initload.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the page and the report draw. */
class ChartTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HOSTILE = "<script>alert('1')</script> & \"quoted\"";

  @Test
  void columnsAreAsHighAsTheirValues() throws Exception {
    Document chart =
        parsed(
            Chart.columns(
                "Rows",
                List.of(
                    new Chart.Column(START, 100, 0),
                    new Chart.Column(START.plus(Duration.ofHours(1)), 0, 0),
                    new Chart.Column(START.plus(Duration.ofHours(2)), 50, 25))));
    List<Element> bars = elements(chart, "rect");
    assertThat(bars)
        .extracting(bar -> bar.getAttribute("class"))
        .containsExactly("chart-good", "chart-good", "chart-bad");
    double whole = height(bars.get(0));
    assertThat(height(bars.get(1))).isEqualTo(whole / 2);
    assertThat(height(bars.get(2))).isEqualTo(whole / 4);
    assertThat(bars.get(2).getTextContent()).isEqualTo("1 Jan 02:00 UTC: 50, of them refused 25");
    assertThat(elements(chart, "text"))
        .extracting(Element::getTextContent)
        .containsExactly("0", "50", "100", "1 Jan 00:00 UTC", "1 Jan 01:00 UTC", "1 Jan 02:00 UTC");
    assertThat(elements(chart, "text").get(5).getAttribute("data-moment"))
        .isEqualTo("2026-01-01T02:00:00Z");
  }

  @Test
  void manyColumnsStayInsideAndNoneMakeAChartToo() throws Exception {
    List<Chart.Column> many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new Chart.Column(START.plusSeconds(i), i, 0))
            .toList();
    for (Element bar : elements(parsed(Chart.columns("Rows", many)), "rect")) {
      double end =
          Double.parseDouble(bar.getAttribute("x")) + Double.parseDouble(bar.getAttribute("width"));
      assertThat(end).isBetween(64.0, 717.0);
    }
    assertThat(elements(parsed(Chart.columns("Rows", List.of())), "rect")).isEmpty();
  }

  @Test
  void sharesFillTheirBar() throws Exception {
    Document chart =
        parsed(
            Chart.shares(
                "Rows",
                List.of(
                    new Chart.Share("created", Chart.Style.GOOD, 3_000),
                    new Chart.Share("refused", Chart.Style.BAD, 1_000))));
    assertThat(width(chart, 0)).isEqualTo(534);
    assertThat(width(chart, 2)).isEqualTo(178);
    assertThat(elements(chart, "text"))
        .extracting(Element::getTextContent)
        .containsExactly("created 3,000", "refused 1,000");
  }

  @Test
  void barsAreAsLongAsTheirValuesAndSayThem() throws Exception {
    Document chart =
        parsed(
            Chart.bars(
                "Refused",
                List.of(
                    new Chart.Share("REQUIRED_FIELD_MISSING", Chart.Style.BAD, 4_000),
                    new Chart.Share("STRING_TOO_LONG", Chart.Style.BAD, 1_000),
                    new Chart.Share("DUPLICATE_VALUE", Chart.Style.BAD, 1))));

    assertThat(width(chart, 0) / width(chart, 1)).isCloseTo(4, offset(0.01));
    assertThat(width(chart, 2)).isPositive();
    assertThat(elements(chart, "text"))
        .extracting(Element::getTextContent)
        .containsExactly(
            "REQUIRED_FIELD_MISSING", "4,000", "STRING_TOO_LONG", "1,000", "DUPLICATE_VALUE", "1");
  }

  @Test
  void whateverATitleIsItStaysText() throws Exception {
    for (String chart :
        List.of(
            Chart.columns(HOSTILE, List.of()),
            Chart.shares(HOSTILE, List.of(new Chart.Share(HOSTILE, Chart.Style.GOOD, 1))),
            Chart.bars(HOSTILE, List.of(new Chart.Share(HOSTILE, Chart.Style.GOOD, 1))))) {
      assertThat(chart.toLowerCase(Locale.ROOT)).doesNotContain("<script");
      Document read = parsed(chart);
      assertThat(read.getDocumentElement().getAttribute("aria-label")).isEqualTo(HOSTILE);
      assertThat(elements(read, "title").get(0).getTextContent()).isEqualTo(HOSTILE);
    }
  }

  private static double height(Element bar) {
    return Double.parseDouble(bar.getAttribute("height"));
  }

  private static double width(Document chart, int rect) {
    return Double.parseDouble(elements(chart, "rect").get(rect).getAttribute("width"));
  }

  private static Document parsed(String chart) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(chart.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document of, String name) {
    NodeList found = of.getElementsByTagName(name);
    return Stream.iterate(0, i -> i + 1)
        .limit(found.getLength())
        .map(i -> (Element) found.item(i))
        .toList();
  }
}
