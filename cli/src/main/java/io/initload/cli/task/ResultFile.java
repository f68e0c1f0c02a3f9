package io.initload.cli.task;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.TryLater;
import io.initload.cli.shell.FileTrouble;
import io.initload.cli.text.Console;
import io.initload.cli.text.FailureJson;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The file of a step's result. It is there from the start, saying that the step was interrupted,
 * and is replaced as a whole at the end: who reads it never sees half of it, nor an older one.
 */
final class ResultFile {
  private final Path file;
  private final TaskResult result;

  /** Writes the first version. */
  ResultFile(Path file, TaskStep step) {
    this.file = file.toAbsolutePath();
    this.result = new TaskResult(step);
    write();
  }

  TaskResult result() {
    return result;
  }

  void done() {
    ended(TaskResult.Status.DONE);
  }

  void waiting() {
    ended(TaskResult.Status.WAITING);
  }

  private void ended(TaskResult.Status status) {
    result.status = status;
    result.failure = null;
  }

  void failed(Failure failure) {
    result.status = TaskResult.Status.FAILED;
    result.failure = FailureJson.json(failure);
    if (failure instanceof TryLater later) {
      result.retryAt = later.at().toString();
    }
  }

  void write() {
    try {
      PrivateFile.write(file, Console.text(result));
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
