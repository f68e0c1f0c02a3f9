package io.initload.simulator.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.model.BuiltInObjects;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The setup in the documentation is one. */
class DocumentedSetupTest {
  private static final Path PAGE = Path.of("..", "docs", "simulator.md");
  private static final Pattern YAML = Pattern.compile("```yaml\n(objects:.*?)```", Pattern.DOTALL);

  @Test
  void theSetupOnThePageSetsUpAnOrg() throws IOException {
    Matcher block = YAML.matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    OrgSetup setup = OrgSetup.yaml(block.group(1));
    Schema schema = BuiltInObjects.schema().with(setup.objects(), new IdSpace(1));
    assertThat(schema.object("Account").orElseThrow().rules().recordTypes()).hasSize(5);
  }
}
