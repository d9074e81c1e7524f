package dev.lockstep.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A source of TCP ports on 127.0.0.1 that nothing listened on a moment ago. */
@FunctionalInterface
interface LoopbackPorts {

  /** The only address the servers listen on. */
  String HOST = "127.0.0.1";

  /**
   * How often a server is started on fresh ports: between the choice of a port and its use another
   * process may take it.
   */
  int ATTEMPTS = 5;

  /** Returns a port; the caller must expect it to be taken by the time it is used. */
  int next();

  /** Returns the ports the operating system gives out, which doesn't soon repeat itself. */
  static LoopbackPorts ofSystem() {
    return () -> {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException("No free port on " + HOST, e);
      }
    };
  }
}
