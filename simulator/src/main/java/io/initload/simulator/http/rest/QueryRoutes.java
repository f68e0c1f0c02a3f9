package io.initload.simulator.http.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.model.Schema;
import io.initload.simulator.query.QueryPage;
import io.initload.simulator.query.RestQueries;
import io.initload.simulator.soql.RecordSource.Visibility;
import io.initload.simulator.soql.run.PreparedQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SOQL over REST: first pages and further ones (docs/reference/salesforce.md, "REST query and
 * counts").
 */
public final class QueryRoutes {
  private static final Pattern BATCH_SIZE = Pattern.compile("batchsize\\s*=\\s*(\\d{1,9})");

  private final RestQueries queries;
  private final Schema schema;
  private final ObjectMapper mapper = new ObjectMapper();

  public QueryRoutes(RestQueries queries, Schema schema) {
    this.queries = queries;
    this.schema = schema;
  }

  public List<Route> routes() {
    return List.of(
        Route.data("GET", "query", "query", exchange -> query(exchange, Visibility.LIVE, "query")),
        Route.data(
            "GET",
            "queryAll",
            "queryAll",
            exchange -> query(exchange, Visibility.WITH_DELETED, "queryAll")),
        Route.data("GET", "query/{locator}", "queryMore", exchange -> more(exchange, "query")),
        Route.data(
            "GET", "queryAll/{locator}", "queryMore", exchange -> more(exchange, "queryAll")));
  }

  private Reply query(Exchange exchange, Visibility visibility, String resource)
      throws IOException {
    String soql = exchange.query("q");
    if (soql.isEmpty() && !exchange.query("explain").isEmpty()) {
      throw OrgException.bad("API_ERROR", "query plans are not offered by the simulator");
    }
    if (soql.isBlank()) {
      throw OrgException.bad("MALFORMED_QUERY", "A query string has to be specified");
    }
    if (exchange.query("columns").equalsIgnoreCase("true")) {
      return columns(soql);
    }
    int size = batchSize(exchange);
    return reply(
        exchange,
        queries.query(
            soql,
            visibility,
            size == 0 ? RestQueries.PAGE_ROWS_MAX : size,
            exchange.base(),
            resource));
  }

  private Reply columns(String soql) {
    PreparedQuery query = queries.prepare(soql);
    return schema
        .object(query.object().name())
        .map(type -> Reply.json(200, QueryColumns.of(query, type)))
        .orElseThrow(OrgException::notFound);
  }

  private Reply more(Exchange exchange, String resource) throws IOException {
    return reply(
        exchange,
        queries.more(exchange.variable("locator"), batchSize(exchange), exchange.base(), resource));
  }

  private Reply reply(Exchange exchange, QueryPage page) throws IOException {
    String pretty = exchange.header("X-PrettyPrint");
    if (pretty.equals("1") || pretty.equals("true")) {
      ByteArrayOutputStream compact = new ByteArrayOutputStream();
      page.writeTo(compact);
      return Reply.json(200, mapper.readTree(compact.toByteArray()));
    }
    return new Reply(200, Reply.JSON, Map.of(), new Reply.Stream(page::writeTo));
  }

  /** What {@code Sforce-Query-Options} asks for; 0 if nothing. */
  private static int batchSize(Exchange exchange) {
    Matcher size =
        BATCH_SIZE.matcher(exchange.header("Sforce-Query-Options").toLowerCase(Locale.ROOT));
    return size.find() ? Integer.parseInt(size.group(1)) : 0;
  }
}
