package io.initload.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Shell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code init} asks a person, and what becomes of the answers. */
@Tag("system")
class QuestionsTest {
  private static final InputStream TERMINAL = System.in;

  @TempDir Path directory;

  private InitSite site;

  @BeforeEach
  void open() throws IOException {
    site = InitSite.of(PublishedSchema.northwind(), directory);
  }

  @AfterEach
  void close() {
    System.setIn(TERMINAL);
    site.close();
  }

  @Test
  void tablesAndObjectsAreThoseThatWereAnswered() throws IOException {
    // Tables: Categories, Shippers by number; then of each the object, wrong at first.
    Shell.Result asked = answering("99\n1, 9\n\nShiper__c\nShipper__c\n");
    assertThat(asked.exits(0).out())
        .contains("PUBLIC.Categories", "That is none of them.")
        .contains("did you mean Shipper__c?");
    assertThat(Files.readString(site.config()))
        .contains("source: PUBLIC.Categories", "object: Category__c", "object: Shipper__c")
        .contains("# certain: chosen")
        .doesNotContain("PUBLIC.Orders");
  }

  @Test
  void aTableCanBeLeftOutAndNoAnswerTakesWhatIsProposed() throws IOException {
    answering("1,9\n-\n").exits(0);
    assertThat(Files.readString(site.config()))
        .contains("object: Shipper__c")
        .doesNotContain("Category__c");
  }

  private Shell.Result answering(String answers) {
    System.setIn(new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)));
    return Shell.run(
        "init", "-c", site.logins().toString(), "-o", site.config().toString(), "--ask");
  }
}
