package io.initload.simulator.dml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.settings.Settings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The file of texts has what the code asks for, in each language the same. */
class MessagesTest {
  private static final Pattern PLACE = Pattern.compile("%[a-z]");

  private static JsonNode file() {
    return Settings.tree(
        new Load(LoadSettings.builder().build())
            .loadFromInputStream(
                Objects.requireNonNull(Messages.class.getResourceAsStream("messages.yaml"))));
  }

  private static List<String> places(JsonNode message, DmlRules.Language language) {
    String text = message.path(language.name().toLowerCase(Locale.ROOT)).asText();
    assertThat(text).as("%s of %s", language, message).isNotBlank();
    return PLACE.matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void everyLanguageSaysTheSameWithTheSameValues() {
    for (JsonNode message : file()) {
      List<String> english = places(message, DmlRules.Language.ENGLISH);
      for (DmlRules.Language language : DmlRules.Language.values()) {
        assertThat(places(message, language)).as("%s", message).isEqualTo(english);
      }
      assertThat(message.path("german")).isNotEqualTo(message.path("english"));
    }
  }

  @Test
  void theFileHoldsOneMessageForEachThatIsAskedFor() {
    List<String> asked =
        Stream.of(Messages.class.getDeclaredMethods())
            .filter(m -> m.getReturnType() == String.class && !m.isSynthetic())
            .filter(m -> !Modifier.isPrivate(m.getModifiers()))
            .map(Method::getName)
            .toList();
    assertThat(file().fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(asked);
  }
}
