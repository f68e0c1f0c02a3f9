package io.initload.simulator.http.server;

import io.initload.simulator.http.Faults;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** Ends connections rudely. */
final class Connections {
  private Connections() {}

  /** Ends the connection of a request, with or without a reset. */
  static void end(Request request, Faults.Ending ending) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    if (ending == Faults.Ending.RESET && endPoint.getTransport() instanceof SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException e) {
        // the client closed it first, which is as good
      }
    }
    endPoint.close();
  }
}
