import io.initload.retry.AdaptiveConcurrency;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.clock.VirtualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What order and concurrency are worth, in the org's own time: the simulated org with its lock model
 * and a cost model, a virtual clock, jobs over HTTP. Every load ends with all its rows written; rows
 * refused for a lock are loaded again.
 */
public final class Pace {
  private static final int JOBS = 40;
  private static final int JOB_ROWS = 5_000;
  private static final int PARENTS = 4_000;
  private static final int ROUNDS_TOGETHER = 4;
  private static final int CEILING = 15;
  private static final Duration TICK = Duration.ofSeconds(1);

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));
  private final HttpClient http = HttpClient.newHttpClient();
  private final SimulatedOrg org;
  private final String token;

  /** How many jobs may be in flight; null where it is learned. */
  private record Policy(String name, Integer fixed) {}

  private record Outcome(double minutes, long refused, int jobs, double waiting) {}

  private Pace(int capacity) {
    CostModel cost = new CostModel(Duration.ofSeconds(3), Duration.ofSeconds(1), 250, capacity);
    this.org = SimulatedOrg.start(OrgOptions.defaults().clock(clock).cost(cost));
    this.token = org.accessToken();
  }

  public static void main(String[] arguments) throws Exception {
    Policy fifteen = new Policy("fixed 15", 15);
    System.out.println("| order of the children | rows refused for a lock | jobs | minutes of org time |");
    System.out.println("|---|---|---|---|");
    for (boolean ordered : new boolean[] {true, false}) {
      Outcome all = load(5, fifteen, rows(ordered, 7));
      System.out.printf(
          "| %s | %,d | %d | %.1f |%n",
          ordered ? "by parent" : "random", all.refused, all.jobs, all.minutes);
    }
    List<Policy> policies =
        List.of(
            new Policy("fixed 1", 1),
            new Policy("fixed 5", 5),
            fifteen,
            new Policy("adaptive, ceiling 15", null));
    for (boolean ordered : new boolean[] {true, false}) {
      System.out.printf("%nChildren %s:%n%n", ordered ? "ordered by parent" : "in random order");
      System.out.println("| hidden capacity | concurrency | minutes of org time | share of its life a job waited | rows refused for a lock |");
      System.out.println("|---|---|---|---|---|");
      for (int capacity : new int[] {1, 4, 12}) {
        for (Policy policy : policies) {
          Outcome all = load(capacity, policy, rows(ordered, 7));
          System.out.printf(
              "| %d | %s | %.1f | %.0f %% | %,d |%n",
              capacity, policy.name, all.minutes, 100 * all.waiting, all.refused);
        }
      }
    }
  }

  private static List<String> rows(boolean ordered, long seed) {
    List<String> rows = new ArrayList<>();
    int all = JOBS * JOB_ROWS;
    for (int i = 0; i < all; i++) {
      rows.add("s-" + i + ",a-" + (int) ((long) i * PARENTS / all));
    }
    if (!ordered) {
      Collections.shuffle(rows, new Random(seed));
    }
    return rows;
  }

  private static Outcome load(int capacity, Policy policy, List<String> rows) throws Exception {
    Pace pace = new Pace(capacity);
    try (SimulatedOrg closed = pace.org) {
      List<String> parents = new ArrayList<>();
      for (int i = 0; i < PARENTS; i++) {
        parents.add("a-" + i + ",Account " + i);
      }
      pace.submit("Account", "External_ID__c,Name", parents);
      pace.clock.advance(Duration.ofHours(1));
      Outcome all = pace.loadAll(policy, rows);
      if (closed.records("Sale__c").count() != rows.size()) {
        throw new IllegalStateException(closed.records("Sale__c").count() + " records");
      }
      return all;
    }
  }

  private Outcome loadAll(Policy policy, List<String> rows) throws Exception {
    AdaptiveConcurrency learned = new AdaptiveConcurrency(CEILING);
    Instant begun = clock.instant();
    long refused = 0;
    int jobs = 0;
    double waited = 0;
    List<String> left = rows;
    for (int round = 0; !left.isEmpty(); round++) {
      List<List<String>> waiting = new ArrayList<>();
      for (int at = 0; at < left.size(); at += JOB_ROWS) {
        waiting.add(left.subList(at, Math.min(left.size(), at + JOB_ROWS)));
      }
      left = new ArrayList<>();
      Map<String, List<String>> flying = new LinkedHashMap<>();
      while (!waiting.isEmpty() || !flying.isEmpty()) {
        int most = policy.fixed == null ? learned.limit() : policy.fixed;
        if (round >= ROUNDS_TOGETHER) {
          most = 1;
        }
        while (flying.size() < most && !waiting.isEmpty()) {
          List<String> next = waiting.remove(0);
          flying.put(submit("Sale__c", "External_ID__c,Account__r.External_ID__c", next), next);
        }
        clock.advance(TICK);
        for (JobInfo job : org.jobs()) {
          if (!flying.containsKey(job.id()) || !job.state().isTerminal()) {
            continue;
          }
          int inFlight = flying.size();
          List<String> again = unfinished(job, flying.remove(job.id()));
          left.addAll(again);
          refused += job.failed();
          jobs++;
          waited += job.totalMillis() == 0 ? 0 : 1 - (double) job.activeMillis() / job.totalMillis();
          learned.ended(
              new AdaptiveConcurrency.Observation(
                  inFlight,
                  job.processed(),
                  job.failed(),
                  Duration.ofMillis(job.totalMillis()),
                  Duration.ofMillis(job.activeMillis()),
                  AdaptiveConcurrency.End.CLEAN));
        }
      }
    }
    double minutes = Duration.between(begun, clock.instant()).toSeconds() / 60.0;
    return new Outcome(minutes, refused, jobs, waited / jobs);
  }

  /** The rows that the job did not write, in their order. */
  private List<String> unfinished(JobInfo job, List<String> rows) throws Exception {
    if (job.failed() == 0 && job.processed() == job.rows()) {
      return List.of();
    }
    Map<String, Boolean> written = new HashMap<>();
    call("GET", "jobs/ingest/" + job.id() + "/successfulResults", "")
        .lines()
        .skip(1)
        .forEach(line -> written.put(line.split("\"", -1)[5], true));
    return rows.stream().filter(row -> !written.containsKey(row.substring(0, row.indexOf(',')))).toList();
  }

  private String submit(String object, String header, List<String> rows) throws Exception {
    String job =
        call(
                "POST",
                "jobs/ingest",
                "{\"object\":\"%s\",\"operation\":\"upsert\",\"externalIdFieldName\":\"External_ID__c\"}"
                    .formatted(object))
            .replaceAll("^\\{\"id\":\"(\\w+)\".*$", "$1");
    call("PUT", "jobs/ingest/" + job + "/batches", header + "\n" + String.join("\n", rows) + "\n");
    call("PATCH", "jobs/ingest/" + job, "{\"state\":\"UploadComplete\"}");
    return job;
  }

  private String call(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(org.instanceUrl() + "/services/data/v60.0/" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", method.equals("PUT") ? "text/csv" : "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
