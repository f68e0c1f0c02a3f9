package io.initload.cli.task;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.TryLater;
import io.initload.cli.shell.FileTrouble;
import io.initload.cli.text.Console;
import io.initload.cli.text.FailureJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The result of a step. It is there from the start, saying that the step was interrupted, and is
 * replaced as a whole at the end: who reads it never sees half of it, nor an older one.
 */
final class ResultFile {
  private final Path file;
  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Writes the first version. */
  ResultFile(Path file, TaskStep step) {
    this.file = file.toAbsolutePath();
    set("step", Console.name(step));
    set("status", "failed");
    set(
        "failure",
        new FailureJson(
            "INTERRUPTED",
            "The step did not come to its end.",
            "Run the same step again; it goes on from there."));
    write();
  }

  void set(String name, Object value) {
    fields.put(name, value);
  }

  void done() {
    set("status", "done");
    fields.remove("failure");
  }

  void waiting() {
    set("status", "waiting");
    fields.remove("failure");
  }

  void failed(Failure failure) {
    set("status", "failed");
    set("failure", FailureJson.json(failure));
    if (failure instanceof TryLater later) {
      set("retryAt", later.at().toString());
    }
  }

  void write() {
    try {
      PrivateFile.write(file, Console.text(fields));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "RESULT_FILE",
          "The result cannot be written to %s: %s.".formatted(file, FileTrouble.words(e)),
          "Name a file in a directory that exists and may be written.",
          e);
    }
  }
}
