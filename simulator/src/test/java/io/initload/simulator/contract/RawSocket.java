package io.initload.simulator.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/** HTTP by hand, for what a well-behaved client cannot send. */
public final class RawSocket implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final OutputStream out;
  private final BufferedReader in;

  public RawSocket(URI uri) throws IOException {
    boolean tls = uri.getScheme().equals("https");
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    socket =
        tls
            ? SSLSocketFactory.getDefault().createSocket(uri.getHost(), port)
            : new Socket(uri.getHost(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    out = socket.getOutputStream();
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** The next line; empty at the end. */
  String line() throws IOException {
    String line = in.readLine();
    return line == null ? "" : line;
  }

  /** The status line of the next answer, whose headers are then read away. */
  public String statusLine() throws IOException {
    String status = line();
    String header = line();
    while (!header.isEmpty()) {
      header = line();
    }
    return status;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
