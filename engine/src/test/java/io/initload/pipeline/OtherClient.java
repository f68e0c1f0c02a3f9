package io.initload.pipeline;

import io.initload.simulator.SimulatedOrg;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Somebody else who loads into the same org, by HTTP alone, and knows nothing of us. */
final class OtherClient {
  private final SimulatedOrg org;
  private final HttpClient http = HttpClient.newHttpClient();

  OtherClient(SimulatedOrg org) {
    this.org = org;
  }

  /** Uses up one batch after the other, each for a single row. */
  void load(int batches) throws IOException, InterruptedException {
    for (int i = 0; i < batches; i++) {
      job("{\"object\":\"Lead\",\"operation\":\"insert\"}", "LastName,Company\nOther,Other\n");
    }
  }

  /** Loads rows of its own into accounts, by their external id. */
  void upsertAccounts(String rows) throws IOException, InterruptedException {
    job(
        "{\"object\":\"Account\",\"operation\":\"upsert\","
            + "\"externalIdFieldName\":\"External_ID__c\"}",
        rows);
  }

  private void job(String request, String rows) throws IOException, InterruptedException {
    String job = call("POST", "", request).replaceAll("^\\{\"id\":\"(\\w+)\".*$", "$1");
    call("PUT", "/" + job + "/batches", rows);
    call("PATCH", "/" + job, "{\"state\":\"UploadComplete\"}");
    await(job);
  }

  private void await(String job) throws IOException, InterruptedException {
    while (!call("GET", "/" + job, "").contains("\"JobComplete\"")) {
      Thread.sleep(5);
    }
  }

  /** Ends somebody else's job, as an administrator may. */
  void abort(String job) throws IOException, InterruptedException {
    call("PATCH", "/" + job, "{\"state\":\"Aborted\"}");
  }

  /** Removes somebody else's job with all its results. */
  void delete(String job) throws IOException, InterruptedException {
    call("DELETE", "/" + job, "");
  }

  /** Lets somebody else's job go. */
  void submit(String job) throws IOException, InterruptedException {
    call("PATCH", "/" + job, "{\"state\":\"UploadComplete\"}");
  }

  /** What the org says of the rows that the only job has loaded, once it has. */
  String loadedByTheOnlyJob() throws IOException, InterruptedException {
    String job = call("GET", "", "").replaceAll("(?s)^.*?\"id\":\"(\\w+)\".*$", "$1");
    await(job);
    return call("GET", "/" + job + "/successfulResults", "");
  }

  /** Makes or changes a record by its external id. */
  void upsert(String object, String externalId, String key, String fields)
      throws IOException, InterruptedException {
    send("PATCH", "/sobjects/%s/%s/%s".formatted(object, externalId, key), fields);
  }

  /** Changes a record by its id. */
  void update(String object, String id, String fields) throws IOException, InterruptedException {
    send("PATCH", "/sobjects/%s/%s".formatted(object, id), fields);
  }

  /** Deletes a record by its external id. */
  void delete(String object, String externalId, String key)
      throws IOException, InterruptedException {
    send("DELETE", "/sobjects/%s/%s/%s".formatted(object, externalId, key), "");
  }

  /** What another client does in the middle of a run. */
  void quietly(Act act) {
    try {
      act.run();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something another client does. */
  @FunctionalInterface
  interface Act {
    void run() throws IOException, InterruptedException;
  }

  private String call(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, "/jobs/ingest" + path, body);
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(org.instanceUrl() + "/services/data/v60.0" + path))
            .header("Authorization", "Bearer " + org.accessToken())
            .header("Content-Type", method.equals("PUT") ? "text/csv" : "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + answer.statusCode() + answer.body());
    }
    return answer.body();
  }
}
