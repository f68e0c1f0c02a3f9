package io.initload.simulator.setup;

import io.initload.simulator.model.ObjectSetup;
import io.initload.simulator.settings.Settings;
import io.initload.simulator.settings.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator has set up in an org, as a file says it (docs/simulator.md, "What an
 * administrator sets up"). Immutable.
 *
 * @param objects by API name
 */
public record OrgSetup(
    Map<String, ObjectSetup> objects, List<UserSetup> users, List<QueueSetup> queues) {
  private static final String WHOLE = "setup";

  public OrgSetup(
      @Nullable Map<String, ObjectSetup> objects,
      @Nullable List<UserSetup> users,
      @Nullable List<QueueSetup> queues) {
    this.objects = objects == null ? Map.of() : Map.copyOf(objects);
    this.users = users == null ? List.of() : List.copyOf(users);
    this.queues = queues == null ? List.of() : List.copyOf(queues);
  }

  /** Nothing. */
  public static OrgSetup nothing() {
    return new OrgSetup(Map.of(), List.of(), List.of());
  }

  /**
   * Reads a setup.
   *
   * @throws IllegalArgumentException if it is none; the message names the key
   */
  public static OrgSetup yaml(String text) {
    return Settings.read(WHOLE, Settings.tree(Yaml.load(WHOLE, text)), OrgSetup.class);
  }

  /**
   * Reads a setup from a file.
   *
   * @throws IllegalArgumentException if it is none; the message names the file and the key
   */
  public static OrgSetup file(Path file) {
    try {
      return yaml(Yaml.text(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the setup %s: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
