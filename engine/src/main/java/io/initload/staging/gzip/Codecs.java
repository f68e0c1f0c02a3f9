package io.initload.staging.gzip;

/** The compressors that are at hand. */
public final class Codecs {
  private Codecs() {}

  /**
   * The JDK's zlib at level 1: everywhere at hand (docs/reference/performance.md, "Compression").
   */
  public static Codec deflate() {
    return new DeflateCodec();
  }

  /** The fastest one that works here: ISA-L where it is installed, else {@link #deflate()}. */
  public static Codec fastest() {
    return IgzipCodec.find().orElseGet(Codecs::deflate);
  }

  /**
   * The same, in a thread beside the one that writes, which gains a second core where there are
   * more cores than writers and is of no use elsewhere.
   */
  public static Codec beside(Codec codec) {
    return new OverlappedCodec(codec);
  }
}
