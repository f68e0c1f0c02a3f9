package io.initload.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An org as its clients see it, real or simulated, and a plain HTTP client to talk to it. */
final class Org implements AutoCloseable {
  static final String VERSION = "60.0";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int POLLS_MAX = 3_000;

  private final @Nullable SimulatedOrg simulated;
  private final String instanceUrl;
  private final String token;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String run = "ct" + Long.toString(System.nanoTime(), 36);
  private final List<String> writtenIds = new ArrayList<>();

  private Org(@Nullable SimulatedOrg simulated, String instanceUrl, String token) {
    this.simulated = simulated;
    this.instanceUrl = instanceUrl;
    this.token = token;
  }

  static boolean isReal() {
    return System.getenv("SF_CONTRACT_URL") != null && System.getenv("SF_CONTRACT_TOKEN") != null;
  }

  /** The real org if one is named, else a new simulated one. */
  static Org open() {
    if (isReal()) {
      return new Org(null, System.getenv("SF_CONTRACT_URL"), System.getenv("SF_CONTRACT_TOKEN"));
    }
    return simulated(OrgOptions.defaults());
  }

  /** A new simulated org. */
  static Org simulated(OrgOptions options) {
    SimulatedOrg org = SimulatedOrg.start(options);
    return new Org(org, org.instanceUrl(), org.accessToken());
  }

  /** The same org with another token. */
  Org with(String otherToken) {
    return new Org(null, instanceUrl, otherToken);
  }

  SimulatedOrg simulator() {
    return Optional.ofNullable(simulated).orElseThrow();
  }

  String instanceUrl() {
    return instanceUrl;
  }

  String token() {
    return token;
  }

  /** A key that no other run uses. */
  String key(String name) {
    return run + "-" + name;
  }

  HttpRequest.Builder request(String path) {
    String absolute = path.startsWith("/") ? path : "/services/data/v" + VERSION + "/" + path;
    return HttpRequest.newBuilder(URI.create(instanceUrl + absolute))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> send(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json; charset=UTF-8")
            .method(method, BodyPublishers.ofString(json)));
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + response.statusCode() + " " + response.body(), e);
    }
  }

  /** The one error of an error answer. */
  static JsonNode error(HttpResponse<String> response) {
    JsonNode body = json(response);
    if (!body.isArray() || body.size() != 1) {
      throw new AssertionError(
          "not an error array: " + response.statusCode() + " " + response.body());
    }
    return body.get(0);
  }

  HttpResponse<String> tryCreate(String json) {
    return send("POST", "jobs/ingest", json);
  }

  JsonNode create(String object, String operation, String more) {
    HttpResponse<String> response =
        tryCreate(
            "{\"object\":\"%s\",\"operation\":\"%s\"%s}"
                .formatted(object, operation, more.isEmpty() ? "" : "," + more));
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return json(response);
  }

  String open(String object, String operation) {
    return create(object, operation, "").path("id").asText();
  }

  HttpResponse<String> upload(String job, String csv) {
    return upload(job, BodyPublishers.ofString(csv));
  }

  HttpResponse<String> upload(String job, BodyPublisher csv) {
    return send(
        request("jobs/ingest/" + job + "/batches")
            .header("Content-Type", "text/csv; charset=UTF-8")
            .PUT(csv));
  }

  HttpResponse<String> state(String job, String state) {
    return send("PATCH", "jobs/ingest/" + job, "{\"state\":\"" + state + "\"}");
  }

  JsonNode job(String id) {
    return json(get("jobs/ingest/" + id));
  }

  /** Creates, uploads, closes and waits; answers the id. */
  String load(String object, String operation, String more, String csv) {
    String id = start(object, operation, more, csv);
    await("jobs/ingest/" + id);
    remember(id, operation);
    return id;
  }

  /** Creates, uploads and closes; answers the id. */
  String start(String object, String operation, String more, String csv) {
    String id = create(object, operation, more).path("id").asText();
    HttpResponse<String> put = upload(id, csv);
    if (put.statusCode() != 201) {
      throw new AssertionError(put.statusCode() + " " + put.body());
    }
    HttpResponse<String> closed = state(id, "UploadComplete");
    if (closed.statusCode() != 200) {
      throw new AssertionError(closed.statusCode() + " " + closed.body());
    }
    return id;
  }

  String upsert(String object, String csv) {
    return load(object, "upsert", "\"externalIdFieldName\":\"External_ID__c\"", csv);
  }

  JsonNode await(String path) {
    for (int i = 0; i < POLLS_MAX; i++) {
      JsonNode job = json(get(path));
      String state = job.path("state").asText();
      if (state.equals("JobComplete") || state.equals("Failed") || state.equals("Aborted")) {
        return job;
      }
      try {
        Thread.sleep(isReal() ? 2_000 : 10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError(path + " does not end");
  }

  private void remember(String job, String operation) {
    if (isReal() && !operation.contains("elete")) {
      results(job, "successfulResults").stream()
          .skip(1)
          .filter(row -> row.get(1).equals("true"))
          .forEach(row -> writtenIds.add(row.get(0)));
    }
  }

  /** A result as rows of values, the header first. */
  List<List<String>> results(String job, String which) {
    return Csv.parse(get("jobs/ingest/" + job + "/" + which).body());
  }

  JsonNode query(String soql) {
    HttpResponse<String> response = tryQuery(soql);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return json(response);
  }

  HttpResponse<String> tryQuery(String soql) {
    return get("query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8));
  }

  /** Creates a Bulk query job and waits for it; answers the id. */
  String bulkQuery(String soql) {
    String body = JSON.createObjectNode().put("operation", "query").put("query", soql).toString();
    String id = json(send("POST", "jobs/query", body)).path("id").asText();
    await("jobs/query/" + id);
    return id;
  }

  /** Deletes what was written to a real org; ends a simulated one. */
  @Override
  public void close() {
    if (!writtenIds.isEmpty()) {
      for (String prefix : List.of("003", "001")) {
        List<String> ids = writtenIds.stream().filter(id -> id.startsWith(prefix)).toList();
        if (!ids.isEmpty()) {
          load(
              prefix.equals("003") ? "Contact" : "Account",
              "delete",
              "",
              "Id\n" + String.join("\n", ids) + "\n");
        }
      }
    }
    if (simulated != null) {
      simulated.close();
    }
  }
}
