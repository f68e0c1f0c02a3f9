package io.initload.simulator.http.server;

import io.initload.simulator.http.Faults;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.Reply;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Puts an answer on the wire. For the thread of the request. */
final class Replies {
  private final Request request;
  private final Response response;

  Replies(Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  void send(Reply reply, @Nullable Faults faults) throws IOException {
    response.setStatus(reply.status());
    HttpFields.Mutable headers = response.getHeaders();
    reply.headers().forEach(headers::put);
    if (!reply.contentType().isEmpty()) {
      headers.put(HttpHeader.CONTENT_TYPE, reply.contentType());
    }
    Reply.Body body = reply.body();
    if (body instanceof Reply.Empty) {
      if (reply.status() != 204 && reply.status() != 304) {
        headers.put(HttpHeader.CONTENT_LENGTH, 0);
      }
      return;
    }
    boolean gzip = accepts("gzip");
    if (gzip) {
      headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    byte @Nullable [] whole = whole(body);
    if (whole != null && !gzip) {
      headers.put(HttpHeader.CONTENT_LENGTH, whole.length);
    }
    OutputStream wire = Content.Sink.asOutputStream(response);
    OutputStream plain = faults == null ? wire : new Faulty(wire, faults);
    try (OutputStream out = gzip ? new Gzip(plain) : plain) {
      if (whole != null) {
        out.write(whole);
      } else if (body instanceof Reply.Stream stream) {
        stream.writer().writeTo(out);
      }
    }
  }

  private byte @Nullable [] whole(Reply.Body body) {
    if (body instanceof Reply.Document document) {
      String pretty = request.getHeaders().get("X-PrettyPrint");
      return Json.print(document.json(), "1".equals(pretty) || "true".equals(pretty));
    }
    return body instanceof Reply.Text text ? text.bytes() : null;
  }

  private boolean accepts(String coding) {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
    if (accepted == null) {
      return false;
    }
    for (String part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] pieces = part.strip().split(";", 2);
      boolean refused = pieces.length > 1 && pieces[1].strip().matches("q=0(\\.0*)?");
      if (pieces[0].strip().equals(coding) && !refused) {
        return true;
      }
    }
    return false;
  }

  /** Quick compression: the answer is read by a program on the same machine. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, 1 << 15);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Breaks off or slows down where the hooks want it. */
  private static final class Faulty extends FilterOutputStream {
    private final Faults faults;
    private long sent;
    private boolean cut;

    Faulty(OutputStream out, Faults faults) {
      super(out);
      this.faults = faults;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int at, int length) throws IOException {
      long room = faults.truncateAt() - sent;
      if (length >= room) {
        out.write(data, at, (int) Math.max(0, room));
        out.flush();
        cut = true;
        throw new Faults.Cut(Faults.Ending.CLOSED);
      }
      faults.sending(length);
      out.write(data, at, length);
      sent += length;
    }

    /** Leaves a body that broke off without its end. */
    @Override
    public void close() throws IOException {
      if (!cut) {
        super.close();
      }
    }
  }
}
