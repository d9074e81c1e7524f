package dev.lockstep.servers;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

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

  /**
   * Returns the free ports from 20000 to 31999, each once before any comes again.
   *
   * <p>They lie below the ranges from which Linux and macOS serve {@code bind} to port 0 and
   * outgoing connections, so nothing takes one by accident. Processes begin at different places.
   */
  static LoopbackPorts free() {
    return Unassigned::next;
  }

  /** The counter behind {@link #free}, one for the JVM. */
  final class Unassigned {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    /** Spreads neighbouring process ids; any number without a factor in common with COUNT does. */
    private static final long STRIDE = 97;

    private static final AtomicInteger POSITION =
        new AtomicInteger((int) (ProcessHandle.current().pid() * STRIDE % COUNT));

    private Unassigned() {}

    private static int next() {
      for (int tried = 0; tried < COUNT; tried++) {
        int port = FIRST + Math.floorMod(POSITION.getAndIncrement(), COUNT);
        if (isFree(port)) {
          return port;
        }
      }
      throw new ServerStartException(
          "No free port on " + HOST + " from " + FIRST + " to " + (FIRST + COUNT - 1));
    }

    private static boolean isFree(int port) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
        return socket.isBound();
      } catch (BindException e) {
        return false;
      } catch (IOException e) {
        throw new ServerStartException("Can't listen on " + HOST + ":" + port, e);
      }
    }
  }
}
