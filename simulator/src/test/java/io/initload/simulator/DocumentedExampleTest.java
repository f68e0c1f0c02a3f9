package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java example of the documentation, compiled and run as it stands there. */
@Tag("system")
public class DocumentedExampleTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  /** What the example calls {@code myLoader}. */
  @FunctionalInterface
  public interface Loader {
    /** Loads 10,000 accounts. */
    void run(String loginUrl, String clientId, String clientSecret);
  }

  @Test
  void theJavaExampleRuns() throws Exception {
    Path source =
        Files.writeString(
            directory.resolve("Example.java"),
            """
            import static org.assertj.core.api.Assertions.assertThat;
            import io.initload.simulator.DocumentedExampleTest.Loader;
            import io.initload.simulator.OrgOptions;
            import io.initload.simulator.SimulatedOrg;
            public class Example {
              public static void run(Loader myLoader) {
            %s
              }
            }
            """
                .formatted(example()));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                source.toString());
    assertThat(compiled).as("javac").isZero();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {directory.toUri().toURL()}, DocumentedExampleTest.class.getClassLoader())) {
      loader
          .loadClass("Example")
          .getMethod("run", Loader.class)
          .invoke(null, (Loader) DocumentedExampleTest::load);
    }
  }

  private static String example() throws IOException {
    Matcher block = JAVA.matcher(Files.readString(Path.of("..", "docs", "simulator.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static void load(String loginUrl, String clientId, String clientSecret) {
    JsonNode token =
        RawClient.parse(
            RawClient.post(
                    loginUrl + "/services/oauth2/token",
                    Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        clientId,
                        "client_secret",
                        clientSecret))
                .body());
    RawClient client =
        new RawClient(token.path("instance_url").asText(), token.path("access_token").asText());
    client.load(
        "Account",
        "upsert",
        "External_ID__c",
        IntStream.range(0, 10_000)
            .mapToObj(i -> "a-" + i + ",Name " + i + "\n")
            .collect(Collectors.joining("", "External_ID__c,Name\n", "")));
  }
}
