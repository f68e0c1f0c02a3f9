package io.initload.simulator.behaviour;

import io.initload.simulator.behaviour.Behaviour.Other;
import io.initload.simulator.behaviour.Behaviour.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Holds an org to behaviours, on an object that may be written to, and takes away what it wrote.
 * For one thread.
 */
public final class Trial {
  private static final int LOOKS_MAX = 3_000;

  private final Caller caller;
  private final Map<String, String> given;

  /**
   * @param object whose records may be made and deleted
   * @param key its external id, a text
   * @param text a text of its that is required, or may be given
   * @param run begins the keys of this trial alone; letters and digits
   */
  public Trial(Caller caller, String object, String key, String text, String run) {
    this.caller = caller;
    this.given =
        Map.of("object", object, "key", key, "text", text, "upper", otherCase(text), "run", run);
  }

  private static String otherCase(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
  }

  /** Does what it takes to see one of them. */
  public Outcome of(Behaviour behaviour) throws InterruptedException {
    Values values = new Values(given);
    boolean usual = true;
    String fault = "";
    List<Other> others = new ArrayList<>(behaviour.others());
    for (int i = 0; i < behaviour.steps().size(); i++) {
      Step step = behaviour.steps().get(i);
      Caller.Reply reply = reply(step, values);
      int number = i + 1;
      Optional<String> wrong = step.expect().fault(reply, values);
      if (usual && wrong.isPresent()) {
        usual = false;
        fault = "Of request %d, %s: %s.".formatted(number, shown(step, values), wrong.get());
      }
      others.removeIf(
          other ->
              other.expects().getOrDefault(number, step.expect()).fault(reply, values).isPresent());
      if (!usual && others.isEmpty()) {
        return new Outcome(Outcome.Kind.UNEXPECTED, "", fault);
      }
      if (!usual && others.stream().anyMatch(other -> other.last() == number)) {
        break;
      }
      step.keep().forEach((name, pointer) -> values.put(name, Expect.value(reply, pointer)));
    }
    return usual
        ? new Outcome(Outcome.Kind.AS_EXPECTED, "", "As expected.")
        : new Outcome(Outcome.Kind.OTHERWISE, others.get(0).setting(), fault);
  }

  private static String shown(Step step, Values values) {
    return step.request().method() + " " + values.text(step.request().path());
  }

  private Caller.Reply reply(Step step, Values values) throws InterruptedException {
    Caller.Request template = step.request();
    Caller.Request request =
        new Caller.Request(
            template.method(),
            values.text(template.path()),
            template.contentType(),
            template.gzip(),
            values.text(template.body()));
    Caller.Reply reply = caller.send(request);
    for (int look = 0; step.await() && look < LOOKS_MAX && !ended(reply); look++) {
      caller.pause();
      reply = caller.send(request);
    }
    return reply;
  }

  private static boolean ended(Caller.Reply reply) {
    String state = Expect.value(reply, "/state");
    return !List.of("Open", "UploadComplete", "InProgress").contains(state);
  }

  /**
   * Deletes the records of this trial.
   *
   * @return how many could not be deleted
   */
  public int clean() throws InterruptedException {
    Values values = new Values(given);
    String query = values.text("query?q=SELECT+Id+FROM+${object}+WHERE+${key}+LIKE+'${run}%25'");
    Caller.Reply found = caller.send(request("GET", query));
    int left = 0;
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int i = 0; !Expect.value(found, "/records/" + i + "/Id").isEmpty(); i++) {
      ids.put(Expect.value(found, "/records/" + i + "/Id"), i);
    }
    for (String id : ids.keySet()) {
      int status = caller.send(request("DELETE", values.text("sobjects/${object}/" + id))).status();
      left += status == 204 ? 0 : 1;
    }
    return found.status() == 200 ? left : 1;
  }

  private static Caller.Request request(String method, String path) {
    return new Caller.Request(method, path, "", false, "");
  }
}
