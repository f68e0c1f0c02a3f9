package io.initload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What comments and pages cite is there. They cite a page and a heading of it, or several headings:
 * {@code docs/adr/README.md, "Decisions"}.
 */
class CitationsTest {
  /** The ends of lines in a comment, with what begins the next one. */
  private static final Pattern BREAK = Pattern.compile("\\s*\\n\\s*(?:(?:\\*(?!/)|//|#|--) ?)?");

  private static final Pattern CITATION =
      Pattern.compile("\\b(docs/[\\w/.-]+?\\.md)((?:,? and \"[^\"]{2,60}\"|, \"[^\"]{2,60}\")*)");

  private static final Pattern HEADING = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern DECISION = Pattern.compile("\\bADR (\\d+)");

  /** Ways to cite that do not say where. */
  private static final List<Pattern> VAGUE =
      List.of(
          Pattern.compile(
              "(?i)(?<!Language )\\b(reference|architecture)('s)?[,:]? (sections? )?\\d"),
          Pattern.compile("(?i)(?<!RFC \\d{4},? )\\bsections? \\d"),
          Pattern.compile("(?i)\\b(extraction|salesforce|oracle|performance) reference\\b"),
          Pattern.compile("(?i)\\b(from|in|of) the (reference|architecture)\\b(?! (field|to|of))"));

  private final Map<String, Page> pages = new HashMap<>();

  @Test
  void everyCitationNamesAFileAndAHeading() {
    List<String> wrong = new ArrayList<>();
    int headings = 0;
    for (String file : Project.texts()) {
      for (MatchResult cited : found(CITATION, file)) {
        if (!Project.exists(cited.group(1))) {
          wrong.add(file + ": there is no " + cited.group(1));
          continue;
        }
        for (MatchResult heading : HEADING.matcher(cited.group(2)).results().toList()) {
          headings++;
          if (!page(cited.group(1)).headings().contains(heading.group(1))) {
            wrong.add(file + ": " + cited.group(1) + " has no heading " + heading.group());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(headings).as("headings that are cited").isGreaterThan(100);
  }

  @Test
  void whatIsCitedIsSaid() {
    List<String> vague = new ArrayList<>();
    for (String file : Project.texts()) {
      for (Pattern pattern : VAGUE) {
        found(pattern, file).forEach(m -> vague.add(file + ": " + m.group()));
      }
    }
    assertThat(vague).as("cite a file and a heading instead").isEmpty();
  }

  @Test
  void everyDecisionThatIsCitedWasTaken() {
    List<String> wrong = new ArrayList<>();
    for (String file : Project.texts()) {
      for (MatchResult cited : found(DECISION, file)) {
        String number = "%04d-".formatted(Integer.parseInt(cited.group(1)));
        if (Project.pages().stream().noneMatch(p -> p.startsWith("docs/adr/" + number))) {
          wrong.add(file + ": " + cited.group());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<MatchResult> found(Pattern pattern, String file) {
    String text = BREAK.matcher(Project.read(file)).replaceAll(" ");
    return pattern.matcher(text).results().toList();
  }

  private Page page(String path) {
    return pages.computeIfAbsent(path, Page::of);
  }
}
