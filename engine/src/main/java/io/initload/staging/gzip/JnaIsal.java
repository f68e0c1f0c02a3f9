package io.initload.staging.gzip;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** ISA-L through JNA, for JDKs without a foreign-function API. */
final class JnaIsal implements IsalLibrary {
  private final Function init;
  private final Function deflate;

  private JnaIsal(NativeLibrary library) {
    this.init = library.getFunction("isal_deflate_init");
    this.deflate = library.getFunction("isal_deflate");
  }

  static Optional<IsalLibrary> open(String name) {
    try {
      return Optional.of(new JnaIsal(NativeLibrary.getInstance(name)));
    } catch (LinkageError absent) {
      // Not installed under this name, or JNA has no native part for this platform.
      return Optional.empty();
    }
  }

  @Override
  public String way() {
    return "JNA";
  }

  @Override
  public void init(long stream) {
    init.invokeVoid(new Object[] {stream});
  }

  @Override
  public int deflate(long stream) {
    return deflate.invokeInt(new Object[] {stream});
  }

  @Override
  public Block allocate(int bytes) {
    Memory memory = new Memory(bytes);
    memory.clear();
    return new Block() {
      @Override
      public long address() {
        return Pointer.nativeValue(memory);
      }

      @Override
      public ByteBuffer bytes(int from, int length) {
        return memory.getByteBuffer(from, length).order(ByteOrder.nativeOrder());
      }

      @Override
      public void close() {
        memory.close();
      }
    };
  }
}
