package io.initload.simulator.http.bulk;

import io.initload.simulator.bulk.ingest.Upload;
import io.initload.simulator.hook.RequestHook.Point;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.RequestBody;
import io.initload.simulator.http.Route;
import io.initload.simulator.http.WireRules;
import io.initload.simulator.model.OrgException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Takes the data of a job from the wire, with or without gzip (docs/reference/salesforce.md,
 * "Compression").
 */
final class UploadReader {
  private final OrgParts org;

  UploadReader(OrgParts org) {
    this.org = org;
  }

  Route.Pending read(Exchange exchange, String jobId) throws IOException {
    RequestBody body = exchange.body();
    if (body.gzip() && org.rules().uploadGzip() == WireRules.UploadGzip.REJECT) {
      throw new OrgException(
          OrgException.Kind.UNSUPPORTED_MEDIA,
          "UNSUPPORTED_MEDIA_TYPE",
          "Content encoding not supported: gzip");
    }
    boolean raw = org.rules().uploadGzip() == WireRules.UploadGzip.STORE_RAW;
    Upload upload = org.ingest().upload(jobId, exchange.session().user().id());
    try {
      receive(exchange, raw ? body.raw() : body.decoded(), upload);
    } catch (IOException | RuntimeException e) {
      try (upload) {
        if (body.brokenOff()) {
          upload.breakOff();
        }
      }
      throw e;
    }
    return new Route.Pending() {
      @Override
      public Reply commit() {
        upload.commit();
        return Reply.empty(201);
      }

      @Override
      public void close() {
        upload.close();
      }
    };
  }

  private void receive(Exchange exchange, InputStream in, Upload upload) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        upload.write(buffer, 0, n);
        exchange.faults().apply(Point.UPLOAD, exchange.body().bytesRead());
      }
    } catch (ZipException e) {
      throw RequestBody.invalidGzip();
    } catch (EOFException e) {
      if (exchange.body().gzip() && !exchange.body().brokenOff()) {
        throw RequestBody.invalidGzip();
      }
      throw e;
    }
  }
}
