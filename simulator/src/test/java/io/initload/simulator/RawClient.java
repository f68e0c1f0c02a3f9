package io.initload.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import java.util.stream.Collectors;

/** Speaks plain HTTP to an org and knows nothing of the classes behind it. */
final class RawClient {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String V = "/services/data/v60.0/";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String instanceUrl;
  private final String token;

  RawClient(String instanceUrl, String token) {
    this.instanceUrl = instanceUrl;
    this.token = token;
  }

  static RawClient of(SimulatedOrg org) {
    return new RawClient(org.instanceUrl(), org.accessToken());
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  static HttpResponse<String> post(String url, Map<String, String> fields) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(fields)))
            .build();
    return exchange(HttpClient.newHttpClient(), request);
  }

  private static HttpResponse<String> exchange(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path) {
    String url = path.startsWith("/") ? instanceUrl + path : instanceUrl + V + path;
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest request) {
    return exchange(http, request);
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  JsonNode json(String path) {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " gave " + response.statusCode() + " " + response.body());
    }
    return parse(response.body());
  }

  static JsonNode parse(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(body, e);
    }
  }

  HttpResponse<String> send(String method, String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json; charset=UTF-8")
            .method(method, BodyPublishers.ofString(json))
            .build());
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE().build());
  }

  HttpResponse<String> upload(String jobId, String csv) {
    return upload(jobId, BodyPublishers.ofString(csv));
  }

  HttpResponse<String> upload(String jobId, BodyPublisher csv) {
    return send(
        request("jobs/ingest/" + jobId + "/batches")
            .header("Content-Type", "text/csv")
            .PUT(csv)
            .build());
  }

  /** Creates a job and answers its id. */
  String create(String object, String operation, String... more) {
    HttpResponse<String> response = tryCreate(object, operation, more);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return parse(response.body()).path("id").asText();
  }

  HttpResponse<String> tryCreate(String object, String operation, String... more) {
    StringBuilder json =
        new StringBuilder("{\"object\":\"%s\",\"operation\":\"%s\"".formatted(object, operation));
    for (int i = 0; i < more.length; i += 2) {
      json.append(",\"%s\":\"%s\"".formatted(more[i], more[i + 1]));
    }
    return send("POST", "jobs/ingest", json.append("}").toString());
  }

  HttpResponse<String> state(String jobId, String state) {
    return send("PATCH", "jobs/ingest/" + jobId, "{\"state\":\"" + state + "\"}");
  }

  JsonNode job(String jobId) {
    return json("jobs/ingest/" + jobId);
  }

  /** Creates, uploads, closes; answers the id. */
  String start(String object, String operation, String key, String csv) {
    String id =
        key.isEmpty()
            ? create(object, operation)
            : create(object, operation, "externalIdFieldName", key);
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

  /** As {@link #start}, then waits for the end of the job. */
  String load(String object, String operation, String key, String csv) {
    String id = start(object, operation, key, csv);
    await(id);
    return id;
  }

  JsonNode await(String jobId) {
    for (int i = 0; i < 6000; i++) {
      JsonNode job = job(jobId);
      String state = job.path("state").asText();
      if (state.equals("JobComplete") || state.equals("Failed") || state.equals("Aborted")) {
        return job;
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("Job " + jobId + " does not end: " + job(jobId));
  }

  String successful(String jobId) {
    return get("jobs/ingest/" + jobId + "/successfulResults").body();
  }

  String failed(String jobId) {
    return get("jobs/ingest/" + jobId + "/failedResults").body();
  }

  String unprocessed(String jobId) {
    return get("jobs/ingest/" + jobId + "/unprocessedrecords").body();
  }
}
