package io.initload.staging.gzip;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * ISA-L through the JDK's own foreign-function API. The code is compiled by JDK 17, which does not
 * know that API: its objects are made by name, once. What is called a million times are method
 * handles from a number to a number, which cost the same as from code that names the API.
 */
final class ForeignIsal implements IsalLibrary {
  /** The first JDK in which the API is final. */
  static final int SINCE = 22;

  private static final String API = "java.lang.foreign.";

  private final MethodHandle init;
  private final MethodHandle deflate;

  private ForeignIsal(MethodHandle init, MethodHandle deflate) {
    this.init = init;
    this.deflate = deflate;
  }

  static Optional<IsalLibrary> open(String name) {
    try {
      Object linker = type("Linker").getMethod("nativeLinker").invoke(null);
      Object library =
          type("SymbolLookup")
              .getMethod("libraryLookup", String.class, type("Arena"))
              .invoke(null, name, type("Arena").getMethod("global").invoke(null));
      Object number = type("ValueLayout").getField("JAVA_INT").get(null);
      Object address = type("ValueLayout").getField("JAVA_LONG").get(null);
      Class<?> layouts = type("MemoryLayout").arrayType();
      Object one = Array.newInstance(type("MemoryLayout"), 1);
      Array.set(one, 0, address);
      Class<?> shape = type("FunctionDescriptor");
      return Optional.of(
          new ForeignIsal(
              handle(
                  linker,
                  library,
                  "isal_deflate_init",
                  shape.getMethod("ofVoid", layouts).invoke(null, one)),
              handle(
                  linker,
                  library,
                  "isal_deflate",
                  shape.getMethod("of", type("MemoryLayout"), layouts).invoke(null, number, one))));
    } catch (InvocationTargetException | NoSuchElementException absent) {
      // Not installed under this name, without these functions, or native access is not allowed.
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("This JDK's foreign-function API is not the one of JDK 22", e);
    }
  }

  private static MethodHandle handle(Object linker, Object library, String function, Object shape)
      throws ReflectiveOperationException {
    Optional<?> symbol =
        (Optional<?>)
            type("SymbolLookup").getMethod("find", String.class).invoke(library, function);
    Class<?> options = type("Linker$Option").arrayType();
    return (MethodHandle)
        type("Linker")
            .getMethod("downcallHandle", type("MemorySegment"), type("FunctionDescriptor"), options)
            .invoke(
                linker, symbol.orElseThrow(), shape, Array.newInstance(type("Linker$Option"), 0));
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(API + name);
  }

  @Override
  public String way() {
    return "foreign functions";
  }

  @Override
  public void init(long stream) {
    try {
      init.invokeExact(stream);
    } catch (Throwable e) {
      throw new IllegalStateException("isal_deflate_init cannot be called", e);
    }
  }

  @Override
  public int deflate(long stream) {
    try {
      return (int) deflate.invokeExact(stream);
    } catch (Throwable e) {
      throw new IllegalStateException("isal_deflate cannot be called", e);
    }
  }

  @Override
  public Block allocate(int bytes) {
    try {
      // Shared: one thread may write what another closes.
      AutoCloseable arena = (AutoCloseable) type("Arena").getMethod("ofShared").invoke(null);
      Object segment =
          type("Arena")
              .getMethod("allocate", long.class, long.class)
              .invoke(arena, (long) bytes, (long) Long.BYTES);
      return new ArenaBlock(
          arena,
          (long) type("MemorySegment").getMethod("address").invoke(segment),
          (ByteBuffer) type("MemorySegment").getMethod("asByteBuffer").invoke(segment));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("No memory outside the heap can be had", e);
    }
  }

  /** A block in an arena of its own. */
  private record ArenaBlock(AutoCloseable arena, long address, ByteBuffer all) implements Block {
    @Override
    public ByteBuffer bytes(int from, int length) {
      return all.slice(from, length).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
      try {
        arena.close();
      } catch (Exception e) {
        throw new IllegalStateException("Memory outside the heap cannot be given back", e);
      }
    }
  }
}
