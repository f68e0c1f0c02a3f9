package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Audit;
import io.initload.Failure;
import io.initload.Nearest;
import io.initload.config.TargetConfig;
import io.initload.mapping.org.TargetObject;
import io.initload.retry.Backoff;
import io.initload.retry.Retry;
import io.initload.retry.Sleeper;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.StrangeAnswer;
import io.initload.salesforce.wire.AnswerJson;
import io.initload.salesforce.wire.Call;
import io.initload.salesforce.wire.HttpWire;
import io.initload.salesforce.wire.Login;
import io.initload.salesforce.wire.OrgSession;
import io.initload.salesforce.wire.RequestBudget;
import io.initload.salesforce.wire.RestClient;
import io.initload.salesforce.wire.Wire;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A Salesforce org with a session. Every call may throw {@link OrgException} and is ended by an
 * interrupt. Safe for several threads; close it when nobody uses it or its {@link #jobs()} any
 * more.
 */
public final class Org implements AutoCloseable {
  /** Salesforce refuses requests whose address and headers are longer than 16,384 bytes. */
  public static final int QUERY_BYTES_MAX = 14_000;

  private final Wire wire;
  private final RestClient calls;
  private final RequestBudget budget;
  private final String apiVersion;
  private final String api;
  private final IngestJobs jobs;
  private final QueryJobs queryJobs;

  private Org(
      String apiVersion,
      Wire wire,
      RestClient calls,
      RequestBudget budget,
      Sleeper sleeper,
      RandomGenerator jitter) {
    this.wire = wire;
    this.calls = calls;
    this.budget = budget;
    this.apiVersion = apiVersion;
    this.api = "/services/data/v" + apiVersion;
    this.jobs = new IngestJobs(calls, api);
    this.queryJobs = new QueryJobs(calls, api, sleeper, jitter);
  }

  /**
   * Logs in over HTTP.
   *
   * @param clock for the life of the assertion
   * @param sleeper waits between tries
   * @param jitter spreads the waits
   * @throws Failure {@code ORG_LOGIN}, {@code ORG_KEY}, {@code ORG_INSTANCE}: the token leads to
   *     another org than the configured one, {@code ORG_VERSION}: the org does not speak the API's
   *     version
   */
  public static Org connect(
      TargetConfig config, Clock clock, Sleeper sleeper, RandomGenerator jitter)
      throws InterruptedException {
    return connect(config, clock, sleeper, jitter, Audit.NONE);
  }

  /**
   * As {@link #connect(TargetConfig, Clock, Sleeper, RandomGenerator)}.
   *
   * @param audit is told of each login, and of each call that is no mere look
   */
  public static Org connect(
      TargetConfig config, Clock clock, Sleeper sleeper, RandomGenerator jitter, Audit audit)
      throws InterruptedException {
    return connect(config, clock, sleeper, jitter, audit, new HttpWire(config.http()));
  }

  /**
   * As {@link #connect(TargetConfig, Clock, Sleeper, RandomGenerator, Audit)}, and takes over the
   * wire.
   */
  public static Org connect(
      TargetConfig config,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator jitter,
      Audit audit,
      Wire wire)
      throws InterruptedException {
    TargetConfig.Http http = config.http();
    Retry retry =
        new Retry(http.attempts(), new Backoff(http.backoff(), http.maxBackoff(), jitter), sleeper);
    boolean connected = false;
    try {
      OrgSession session =
          new OrgSession(
              new Login(config, clock, wire, retry),
              () -> audit.about(Audit.Act.ORG_SESSION, config.loginUrl().toString()));
      RequestBudget budget = new RequestBudget();
      RestClient calls = new RestClient(session, wire, retry, clock, budget, audit);
      String version = ApiVersion.of(config, calls);
      Org org = new Org(version, wire, calls, budget, sleeper, jitter);
      connected = true;
      return org;
    } finally {
      if (!connected) {
        wire.close();
      }
    }
  }

  /** The version of the API that is spoken, such as {@code 67.0}. */
  public String apiVersion() {
    return apiVersion;
  }

  /** The org's id, 18 characters. */
  public String orgId() {
    return calls.session().token().orgId();
  }

  /** The id of the user who loads, 18 characters. */
  public String userId() {
    return calls.session().token().userId();
  }

  /** The page of the org's setup that shows an ingest job to an administrator. */
  public static String jobPage(String instance, String jobId) {
    return "https://" + instance + "/lightning/setup/AsyncApiJobStatus/page?address=%2F" + jobId;
  }

  /** Ingest jobs of the Bulk API 2.0. */
  public IngestJobs jobs() {
    return jobs;
  }

  /**
   * The rows that a bulk query has, which has hours; none is fetched. Empty when it did not end
   * well.
   */
  public Optional<Long> bulkCount(String soql) throws InterruptedException {
    return queryJobs.count(soql);
  }

  /** What is known of the org's daily requests. */
  public RequestBudget requests() {
    return budget;
  }

  /**
   * The object as the loading user sees it.
   *
   * @throws Failure {@code ORG_OBJECT} when there is none of that name, with the nearest one
   */
  public TargetObject describe(String object) throws InterruptedException {
    return Describe.parse(describeDocument(object));
  }

  /** The describe document of an object as the org sends it. */
  public JsonNode describeDocument(String object) throws InterruptedException {
    if (object.matches("[A-Za-z][A-Za-z0-9_]*")) {
      try {
        return calls.listing(Call.get(api + "/sobjects/" + object + "/describe"), "fields");
      } catch (OrgException.Refused e) {
        if (!e.isNotFound()) {
          throw e;
        }
      }
    }
    throw new Failure(
        Failure.Kind.CONFIGURATION,
        "ORG_OBJECT",
        "The org has no object %s that the loading user can see%s".formatted(object, hint(object)),
        "Correct tables[].object (custom objects end in __c) or grant the object to the user.");
  }

  /**
   * The values that picklists have for records of a record type (docs/reference/salesforce.md,
   * "Record types"), by field; none where the org does not tell them of this object.
   */
  public Map<String, List<String>> picklists(String object, String recordType)
      throws InterruptedException {
    String path = "/ui-api/object-info/%s/picklist-values/%s".formatted(object, recordType);
    try {
      return calls.fetch(Call.get(api + path), body -> Describe.picklists(AnswerJson.any(body)));
    } catch (OrgException.Refused e) {
      return Map.of();
    }
  }

  private String hint(String object) throws InterruptedException {
    String hint = Nearest.hint(object, objects());
    return hint.isEmpty() ? "." : hint;
  }

  /** The API names of all objects the loading user can see. */
  public List<String> objects() throws InterruptedException {
    List<String> names = new ArrayList<>();
    calls
        .listing(Call.get(api + "/sobjects"), "sobjects")
        .path("sobjects")
        .forEach(object -> names.add(object.path("name").asText()));
    return names;
  }

  /** The API names of the objects of which the loading user may create and change records. */
  public List<String> loadableObjects() throws InterruptedException {
    List<String> names = new ArrayList<>();
    for (JsonNode object :
        calls.listing(Call.get(api + "/sobjects"), "sobjects").path("sobjects")) {
      if (object.path("createable").asBoolean() && object.path("updateable").asBoolean()) {
        names.add(object.path("name").asText());
      }
    }
    return names;
  }

  /** The allowances the org reports now. */
  public OrgLimits limits() throws InterruptedException {
    OrgLimits limits =
        calls.fetch(Call.get(api + "/limits"), body -> OrgLimits.parse(AnswerJson.small(body)));
    limits.dailyApiRequests().ifPresent(day -> budget.observe(day.max(), day.remaining()));
    return limits;
  }

  /**
   * Any request, once, and what comes of it, whatever its status.
   *
   * @param path below {@code /services/data/vNN.0/}
   * @param contentType empty where there is no body
   * @param gzip whether the body travels compressed, and says so
   */
  public PlainAnswer ask(String method, String path, String contentType, boolean gzip, String body)
      throws InterruptedException {
    return PlainAnswer.to(calls, method, api + "/" + path, contentType, gzip, body);
  }

  /** What time it is there, as an answer is dated; empty where none is. */
  public Optional<Instant> time() throws InterruptedException {
    return calls.plainly(
        Call.get(api + "/limits"), answer -> answer.header("date").flatMap(Org::instant));
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The count a {@code SELECT COUNT() ...} or {@code SELECT COUNT(Id) ...} gives. Counting tens of
   * millions of records may take the org too long: {@code records.RecordCount} then counts
   * otherwise.
   */
  public long count(String soql) throws InterruptedException {
    return calls.fetch(queryCall(soql), body -> counted(AnswerJson.small(body)));
  }

  private static long counted(JsonNode answer) throws StrangeAnswer {
    JsonNode count = answer.path("totalSize");
    for (JsonNode value : answer.path("records").path(0)) {
      if (value.isNumber()) {
        count = value;
        break;
      }
    }
    if (!count.isIntegralNumber() || !count.canConvertToLong() || count.asLong() < 0) {
      throw new StrangeAnswer("is no count");
    }
    return count.asLong();
  }

  /** The rows of a query; the first page is asked for by the first {@link QueryRows#next}. */
  public QueryRows query(String soql) {
    return new QueryRows(calls, queryCall(soql));
  }

  /**
   * The rows of a bulk query, which has hours; empty when it did not end well. The caller closes
   * them.
   *
   * @param soql selects fields; bulk queries take no aggregates
   * @param directory for a private temporary copy of one page of them
   */
  public Optional<BulkRows> export(String soql, Path directory) throws InterruptedException {
    return queryJobs.rows(soql, directory);
  }

  /**
   * A bulk query that begins now, which has hours.
   *
   * @param soql selects fields; bulk queries take no aggregates
   */
  public BulkQuery beginQuery(String soql) throws InterruptedException {
    return knownQuery(queryJobs.create(soql));
  }

  /** A bulk query that was begun before, perhaps by another process. */
  public BulkQuery knownQuery(String id) {
    return new BulkQuery(queryJobs, calls, id);
  }

  /** How a text stands in an address. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Call queryCall(String soql) {
    String encoded = encoded(soql);
    if (encoded.length() > QUERY_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a query of %d bytes does not fit into an address; split it".formatted(encoded.length()));
    }
    return Call.get(api + "/query?q=" + encoded);
  }

  @Override
  public void close() {
    wire.close();
  }
}
