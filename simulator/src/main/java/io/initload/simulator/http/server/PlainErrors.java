package io.initload.simulator.http.server;

import io.initload.simulator.http.Json;
import io.initload.simulator.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what is no proper HTTP request, and what went wrong inside, in the org's JSON. */
final class PlainErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String message = HttpStatus.getMessage(status);
    String code = message.toUpperCase(java.util.Locale.ROOT).replace(' ', '_').replace('-', '_');
    byte[] body =
        Json.print(
            Json.error(status == 500 ? "UNKNOWN_EXCEPTION" : code, message, List.of()), false);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Reply.JSON);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    Content.Sink.write(response, true, new String(body, StandardCharsets.UTF_8), callback);
    return true;
  }
}
