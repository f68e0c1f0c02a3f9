package io.initload.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP relay on the loopback interface that can cut or stall what the server sends. */
public final class FaultyProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicLong budget = new AtomicLong(Long.MAX_VALUE);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean stall;

  private FaultyProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  public static FaultyProxy to(int port) throws IOException {
    FaultyProxy proxy =
        new FaultyProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    proxy.start("faulty-proxy-accept", proxy::accept);
    return proxy;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Closes a connection once the server has sent that many bytes through it from now on. */
  public void cutAfter(long bytes) {
    stall = false;
    budget.set(bytes);
  }

  /** Lets a connection fall silent, as {@link #cutAfter}. */
  public void stallAfter(long bytes) {
    stall = true;
    budget.set(bytes);
  }

  public void heal() {
    budget.set(Long.MAX_VALUE);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        start("faulty-proxy-up", () -> relay(client, server, false));
        start("faulty-proxy-down", () -> relay(server, client, true));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void relay(Socket from, Socket to, boolean down) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (down && budget.get() != Long.MAX_VALUE && budget.addAndGet(-n) < 0) {
          if (stall) {
            closed.await();
          }
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Either side went away.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
