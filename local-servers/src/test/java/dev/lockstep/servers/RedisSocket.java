package dev.lockstep.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A plain socket that speaks Redis's inline commands: one line out, one line back. */
final class RedisSocket implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader replies;

  RedisSocket(String uri) throws IOException {
    URI address = URI.create(uri);
    socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(10_000);
    replies =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Sends one command and returns the first line of the reply. */
  String send(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    return replies.readLine();
  }

  /** Returns the next line of a reply of several lines. */
  String nextLine() throws IOException {
    return replies.readLine();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
