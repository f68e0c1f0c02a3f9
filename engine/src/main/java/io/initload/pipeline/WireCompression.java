package io.initload.pipeline;

import io.initload.ledger.Part;
import io.initload.salesforce.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How part files go over the wire; the files themselves are gzip in either case. */
final class WireCompression {
  private final Upload.Encoding encoding;

  WireCompression(Upload.Encoding encoding) {
    this.encoding = encoding;
  }

  Upload body(Part part) {
    try {
      return switch (encoding) {
        case GZIP -> Upload.gzip(part.path());
        case IDENTITY -> Upload.inflated(part.path(), part.csvBytes());
      };
    } catch (IOException e) {
      throw new UncheckedIOException("the staged file " + part.path() + " cannot be read", e);
    }
  }
}
