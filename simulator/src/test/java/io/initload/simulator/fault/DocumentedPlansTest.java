package io.initload.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The plans in the documentation are plans. */
class DocumentedPlansTest {
  private static final Path PAGE = Path.of("..", "docs", "simulator-faults.md");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyPlanOnThePageIsRead() throws IOException {
    Matcher blocks = YAML.matcher(Files.readString(PAGE));
    List<Integer> rules = new ArrayList<>();
    while (blocks.find()) {
      rules.add(FaultPlan.yaml(blocks.group(1)).rules().size());
    }
    assertThat(rules).hasSize(2).allMatch(count -> count > 3);
  }

  @Test
  void everyNamedAnswerAndLimitIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    for (NamedAnswers answer : NamedAnswers.values()) {
      assertThat(page).contains("`" + answer.planName() + "`");
    }
    for (AllocationNames name : AllocationNames.values()) {
      assertThat(page).contains("`" + name.wireName() + "`");
    }
  }
}
