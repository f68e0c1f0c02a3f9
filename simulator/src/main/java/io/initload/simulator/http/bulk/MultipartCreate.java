package io.initload.simulator.http.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.bulk.ingest.JobRequest;
import io.initload.simulator.bulk.ingest.Upload;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Creates a job with its data in one small request (docs/reference/salesforce.md, "Jobs in one
 * request").
 */
final class MultipartCreate {
  private final OrgParts org;

  MultipartCreate(OrgParts org) {
    this.org = org;
  }

  Route.Pending prepare(Exchange exchange) throws IOException {
    String text = new String(exchange.bytes(), StandardCharsets.UTF_8);
    String boundary = boundary(exchange.header("Content-Type"));
    JsonNode job = new ObjectMapper().readTree(part(text, boundary, "job"));
    String content = part(text, boundary, "content");
    if (content.length() > org.rules().multipartMax()) {
      throw OrgException.bad(
          "INVALIDJOB",
          "InvalidJob : Content exceeds " + org.rules().multipartMax() + " characters");
    }
    JobRequest request = IngestForms.request(job, exchange.version());
    return () -> {
      String user = exchange.session().user().id();
      JobInfo created = org.ingest().create(request, user);
      try (Upload upload = org.ingest().upload(created.id(), user)) {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        upload.write(data, 0, data.length);
        upload.commit();
      }
      JobInfo closed = org.ingest().change(created.id(), "UploadComplete", user);
      return Reply.json(org.rules().createStatus(), IngestForms.shortForm(closed, true));
    };
  }

  private static String boundary(String contentType) {
    int at = contentType.toLowerCase(Locale.ROOT).indexOf("boundary=");
    if (at < 0) {
      throw malformed("no boundary");
    }
    String rest = contentType.substring(at + 9);
    int end = rest.indexOf(';');
    return (end < 0 ? rest : rest.substring(0, end)).strip().replace("\"", "");
  }

  private static String part(String text, String boundary, String name) {
    String start = "--" + boundary;
    int at = text.indexOf(start);
    while (at >= 0) {
      int next = text.indexOf(start, at + start.length());
      String part = next < 0 ? text.substring(at) : text.substring(at, next);
      int gap = part.indexOf("\r\n\r\n");
      int length = 4;
      if (gap < 0) {
        gap = part.indexOf("\n\n");
        length = 2;
      }
      if (gap >= 0 && part.substring(0, gap).contains("name=\"" + name + "\"")) {
        return withoutLastBreak(part.substring(gap + length));
      }
      at = next;
    }
    throw malformed("no part named " + name);
  }

  private static String withoutLastBreak(String part) {
    if (part.endsWith("\r\n")) {
      return part.substring(0, part.length() - 2);
    }
    return part.endsWith("\n") ? part.substring(0, part.length() - 1) : part;
  }

  private static OrgException malformed(String why) {
    return OrgException.bad("INVALID_MULTIPART_REQUEST", "Multipart message is malformed: " + why);
  }
}
