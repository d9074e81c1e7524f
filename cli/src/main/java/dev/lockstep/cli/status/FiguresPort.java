package dev.lockstep.cli.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A stream's figures at a port: {@code /metrics} for Prometheus, {@code /health} and {@code /ready}
 * in words, with 200 for yes and 503 for no.
 */
public final class FiguresPort implements AutoCloseable {
  private final HttpServer server;
  private final StandingWatch watch;

  private FiguresPort(HttpServer server, StandingWatch watch) {
    this.server = server;
    this.watch = watch;
  }

  /**
   * Opens the port.
   *
   * @param host the address to listen on
   * @param port 0 for any
   * @param clock milliseconds since 1970
   * @throws CommandException if the port is taken
   */
  public static FiguresPort open(String host, int port, StandingWatch watch, LongSupplier clock) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (BindException e) {
      throw new CommandException(
          FailureKind.INFRASTRUCTURE,
          "port " + port + " of " + host + " can't be used for figures: " + e.getMessage(),
          "give another one, or 0 for any that is free");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FiguresPort figures = new FiguresPort(server, watch);
    figures.serve("/metrics", standing -> ok(standing.prometheus(clock.getAsLong())));
    figures.serve("/health", standing -> said(standing.health(clock.getAsLong()), h -> h.runs()));
    figures.serve("/ready", standing -> said(standing.health(clock.getAsLong()), h -> h.ready()));
    server.start();
    return figures;
  }

  private record Answer(int code, String text) {}

  private static Answer ok(String text) {
    return new Answer(200, text);
  }

  private static Answer said(
      StreamStanding.Health health, Function<StreamStanding.Health, Boolean> isSo) {
    return new Answer(isSo.apply(health) ? 200 : 503, health.words() + "\n");
  }

  private void serve(String path, Function<StreamStanding, Answer> answer) {
    server.createContext(path, exchange -> answer(exchange, watch.ask(answer)));
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.sendResponseHeaders(answer.code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
