package io.initload.cli.task;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.initload.cli.text.Console;
import io.initload.cli.text.FailureJson;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.TableBooks;
import io.initload.mapping.Finding;
import io.initload.pipeline.prove.Certificate;
import io.initload.salesforce.Org;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step says to the orchestrator that asked for it; docs/task.md documents it. Filled while
 * the step goes on, as it has to be told at whatever point the step ends; members that a step has
 * nothing to say about are left out.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
final class TaskResult {
  final String step;
  Status status = Status.FAILED;

  @Nullable FailureJson failure =
      new FailureJson(
          "INTERRUPTED",
          "The step did not come to its end.",
          "Run the same step again; it goes on from there.");

  /** When to ask again, ISO 8601 in UTC. */
  @Nullable String retryAt;

  @Nullable String table;
  @Nullable Long chunk;
  @Nullable List<Piece> chunks;
  @Nullable List<OrgJob> jobs;
  @Nullable List<Book> books;

  /** What a person should know: findings before the load, sentences of a certificate after it. */
  @Nullable List<?> findings;

  /** The certificate's page. */
  @Nullable String report;

  /** The certificate for people. */
  @Nullable String text;

  @Nullable Boolean closed;

  /** Staged files that were removed. */
  @Nullable Integer files;

  TaskResult(TaskStep step) {
    this.step = Console.name(step);
  }

  void found(List<Finding> found) {
    findings = found;
  }

  void certified(Certificate certificate, String words) {
    text = words;
    closed = certificate.booksClosed();
    findings = certificate.findings();
  }

  /** How a step ended. */
  enum Status {
    DONE,
    /** The org has work that is not at its end: ask again. */
    WAITING,
    FAILED;

    @JsonValue
    String json() {
      return Console.name(this);
    }
  }

  /** A chunk, as an orchestrator lists it. */
  record Piece(String table, long chunk, String name, long rows, String state) {
    static Piece of(Chunk chunk) {
      return new Piece(
          chunk.table(),
          chunk.no(),
          chunk.label(),
          chunk.expectedRows(),
          Console.name(chunk.state()));
    }
  }

  /**
   * A job of the org.
   *
   * @param url its page in the org's setup
   * @param state as the org names it
   */
  record OrgJob(String id, String url, String state) {
    static OrgJob of(String instance, Job job) {
      String id = job.sfId().orElse("");
      String state =
          switch (job.state()) {
            case SUBMITTED -> "UploadComplete";
            case COMPLETE -> "JobComplete";
            case FAILED -> "Failed";
            default -> "Aborted";
          };
      return new OrgJob(id, Org.jobPage(instance, id), state);
    }
  }

  /** The books of a table, with what follows from them. */
  record Book(@JsonUnwrapped TableBooks books, String name, boolean closed) {
    static Book of(TableBooks books) {
      return new Book(books, books.table(), books.closed());
    }
  }
}
