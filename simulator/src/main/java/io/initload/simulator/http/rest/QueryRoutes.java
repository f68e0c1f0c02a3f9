package io.initload.simulator.http.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.simulator.http.Call;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.query.QueryPage;
import io.initload.simulator.query.RestQueries;
import io.initload.simulator.soql.RecordSource.Visibility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SOQL over REST: first pages and further ones (reference section 7.2). */
public final class QueryRoutes {
  private static final Pattern BATCH_SIZE = Pattern.compile("batchsize\\s*=\\s*(\\d{1,9})");

  private final RestQueries queries;
  private final ObjectMapper mapper = new ObjectMapper();

  public QueryRoutes(RestQueries queries) {
    this.queries = queries;
  }

  public List<Route> routes() {
    return List.of(
        Route.data("GET", "query", "query", call -> query(call, Visibility.LIVE, "query")),
        Route.data(
            "GET",
            "queryAll",
            "queryAll",
            call -> query(call, Visibility.WITH_DELETED, "queryAll")),
        Route.data("GET", "query/{locator}", "queryMore", call -> more(call, "query")),
        Route.data("GET", "queryAll/{locator}", "queryMore", call -> more(call, "queryAll")));
  }

  private Reply query(Call call, Visibility visibility, String resource) throws IOException {
    String soql = call.query("q");
    if (soql.isEmpty() && !call.query("explain").isEmpty()) {
      throw OrgException.bad("API_ERROR", "query plans are not offered by the simulator");
    }
    int size = batchSize(call);
    return reply(
        call,
        queries.query(
            soql, visibility, size == 0 ? RestQueries.PAGE_ROWS_MAX : size, call.base(), resource));
  }

  private Reply more(Call call, String resource) throws IOException {
    return reply(
        call, queries.more(call.variable("locator"), batchSize(call), call.base(), resource));
  }

  private Reply reply(Call call, QueryPage page) throws IOException {
    String pretty = call.header("X-PrettyPrint");
    if (pretty.equals("1") || pretty.equals("true")) {
      ByteArrayOutputStream compact = new ByteArrayOutputStream();
      page.writeTo(compact);
      return Reply.json(200, mapper.readTree(compact.toByteArray()));
    }
    return new Reply(200, Reply.JSON, Map.of(), new Reply.Stream(page::writeTo));
  }

  /** What {@code Sforce-Query-Options} asks for; 0 if nothing. */
  private static int batchSize(Call call) {
    Matcher size = BATCH_SIZE.matcher(call.header("Sforce-Query-Options").toLowerCase(Locale.ROOT));
    return size.find() ? Integer.parseInt(size.group(1)) : 0;
  }
}
