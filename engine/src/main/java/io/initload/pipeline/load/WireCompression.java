package io.initload.pipeline.load;

import io.initload.ledger.entry.Part;
import io.initload.salesforce.wire.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** How part files go over the wire; the files themselves are gzip in either case. */
public final class WireCompression {
  private final Supplier<Upload.Encoding> encoding;

  /**
   * @param encoding asked for each upload: what was believed of the org may be taken back
   */
  WireCompression(Supplier<Upload.Encoding> encoding) {
    this.encoding = encoding;
  }

  Upload body(Part part) {
    try {
      return switch (encoding.get()) {
        case GZIP -> Upload.gzip(part.path(), part.sha256());
        case IDENTITY -> Upload.inflated(part.path(), part.csvBytes(), part.sha256());
      };
    } catch (IOException e) {
      throw new UncheckedIOException("the staged file " + part.path() + " cannot be read", e);
    }
  }
}
