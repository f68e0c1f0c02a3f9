package io.initload.salesforce.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that opens a way through for CONNECT and understands nothing else. */
final class TunnelProxy implements AutoCloseable {
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Closeable> open = new CopyOnWriteArrayList<>();

  TunnelProxy() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(
        () -> {
          while (!server.isClosed()) {
            try {
              Socket client = server.accept();
              threads.execute(() -> serve(client));
            } catch (IOException closed) {
              return;
            }
          }
        });
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** The first line of each request. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void serve(Socket client) {
    open.add(client);
    try {
      InputStream in = client.getInputStream();
      OutputStream out = client.getOutputStream();
      String line = line(in);
      asked.add(line);
      String[] words = line.split(" ", -1);
      while (!line.isEmpty()) {
        line = line(in);
      }
      if (!words[0].equals("CONNECT")) {
        out.write("HTTP/1.1 405 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        client.close();
        return;
      }
      int colon = words[1].lastIndexOf(':');
      Socket there =
          new Socket(words[1].substring(0, colon), Integer.parseInt(words[1].substring(colon + 1)));
      open.add(there);
      out.write("HTTP/1.1 200 Established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      threads.execute(() -> pump(there, client));
      pump(client, there);
    } catch (IOException closed) {
      // one of both sides is gone, and the other is told when the test closes
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      // as above
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Closeable one : open) {
      one.close();
    }
    threads.shutdownNow();
  }
}
