package io.initload.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks into an org over plain HTTP, without anything of the engine. */
public final class OrgApi {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String instanceUrl;
  private final String token;

  private OrgApi(String instanceUrl, String token) {
    this.instanceUrl = instanceUrl;
    this.token = token;
  }

  /** Logs in to the org that a simulator announced. */
  public static OrgApi login(JsonNode ready) {
    return login(
        ready.path("loginUrl").asText(),
        ready.path("clientId").asText(),
        ready.path("clientSecret").asText());
  }

  /** Logs in by the client-credentials flow. */
  public static OrgApi login(String loginUrl, String clientId, String clientSecret) {
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(clientId)
            + "&client_secret="
            + encoded(clientSecret);
    JsonNode token =
        exchange(
            HttpRequest.newBuilder(URI.create(loginUrl + "/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    return new OrgApi(token.path("instance_url").asText(), token.path("access_token").asText());
  }

  /** All records of a query, page by page. */
  public List<JsonNode> query(String soql) {
    List<JsonNode> records = new ArrayList<>();
    String next = "/services/data/v60.0/query?q=" + encoded(soql);
    while (!next.isEmpty()) {
      JsonNode page = get(next);
      page.path("records").forEach(records::add);
      next = page.path("nextRecordsUrl").asText("");
    }
    return records;
  }

  public long count(String object) {
    return get("/services/data/v60.0/query?q=" + encoded("SELECT COUNT() FROM " + object))
        .path("totalSize")
        .asLong(-1);
  }

  /** Inserts rows by an ingest job and waits for its end. */
  public void insert(String object, String csv) {
    load(object, "insert", csv);
  }

  /** Does something with rows by an ingest job and waits for its end. */
  public void load(String object, String operation, String csv) {
    String jobs = "/services/data/v60.0/jobs/ingest";
    String job =
        jobs
            + "/"
            + exchange(
                    json(jobs)
                        .POST(
                            BodyPublishers.ofString(
                                "{\"object\":\""
                                    + object
                                    + "\",\"operation\":\""
                                    + operation
                                    + "\"}")))
                .path("id")
                .asText();
    exchange(
        authorized(job + "/batches")
            .header("Content-Type", "text/csv")
            .PUT(BodyPublishers.ofString(csv)));
    exchange(json(job).method("PATCH", BodyPublishers.ofString("{\"state\":\"UploadComplete\"}")));
    JsonNode state = get(job);
    while (!state.path("state").asText().equals("JobComplete")) {
      if (state.path("state").asText().matches("Failed|Aborted")) {
        throw new AssertionError(state);
      }
      Thread.onSpinWait();
      state = get(job);
    }
    if (state.path("numberRecordsFailed").asInt() > 0) {
      throw new AssertionError(state);
    }
  }

  /** The document at a path of the instance; any other answer than success is a fault. */
  public JsonNode get(String path) {
    return exchange(authorized(path).GET());
  }

  private HttpRequest.Builder json(String path) {
    return authorized(path).header("Content-Type", "application/json");
  }

  private HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(URI.create(instanceUrl + path))
        .header("Authorization", "Bearer " + token);
  }

  private static JsonNode exchange(HttpRequest.Builder request) {
    HttpRequest built = request.timeout(Duration.ofMinutes(2)).build();
    try {
      HttpResponse<String> answer = HTTP.send(built, BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(
            built.uri() + " gave " + answer.statusCode() + " " + answer.body());
      }
      return Shell.parse(answer.body().isEmpty() ? "{}" : answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
