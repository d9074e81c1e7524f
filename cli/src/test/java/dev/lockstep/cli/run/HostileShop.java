package dev.lockstep.cli.run;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.ParentWatch;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.define.Column;
import dev.lockstep.define.ComputedColumn;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.RecordCode;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A shop whose code throws whatever code can throw, when a note tells it to. */
final class HostileShop implements Project {
  /** An order; the note is what a customer may write at any length. */
  record Order(
      String id, String card, @Nullable String note, double amount, Instant at, Instant known) {}

  /** A refund, with code of its own. */
  @RecordCode(version = 1)
  record Refund(String id, String card, String note, Instant at) {
    Refund {
      if (note.equals("constructor")) {
        throw new IllegalArgumentException("refused ".repeat(50_000));
      }
    }

    @Override
    public String card() {
      if (note.equals("accessor")) {
        throw new StackOverflowError("deep");
      }
      return card;
    }
  }

  /** The producer's queue is long while large records are before. */
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(20);

  private static final Entity<String> CARD = Entity.string("card");

  private static final EventSource<Order> ORDERS =
      EventSource.of(Order.class)
          .named("orders")
          .id(Order::id)
          .eventTime(Order::at)
          .availableAt(Order::known)
          .availableAhead(hours(1))
          .disorder(hours(1))
          .visibleWithin(VISIBLE_WITHIN);

  private static final EventSource<Refund> REFUNDS =
      EventSource.of(Refund.class)
          .named("refunds")
          .id(Refund::id)
          .eventTime(Refund::at)
          .disorder(hours(1))
          .visibleWithin(VISIBLE_WITHIN);

  private static final ComputedColumn<Order, Double> RISK =
      Column.computed("risk", 1, Double.class, Order::note, HostileShop::risk);

  static final FeatureSet<Order> SET =
      FeatureSet.named("hostile")
          .forEach(ORDERS)
          .request("note", Order::note)
          .request("amount", Order::amount)
          .with(
              FeatureView.named("ordered_by_card")
                  .over(ORDERS)
                  .by(CARD, Order::card)
                  .feature("orders_1h", count().over(last(hours(1))))
                  .feature("last_note", last(Order::note).over(last(hours(1))))
                  .feature("risk_1h", max(RISK).over(last(hours(1)))),
              FeatureView.named("refunded_by_card")
                  .over(REFUNDS)
                  .by(CARD, Refund::card)
                  .feature("refunds_1h", count().over(last(hours(1)))))
          .emit(Emission.ordered());

  private static double risk(@Nullable String note) {
    return switch (note == null ? "" : note) {
      case "exception" -> throw new IllegalStateException("long ".repeat(100_000));
      case "overflow" -> 1 + risk(note);
      case "assertion" -> throw new AssertionError("never");
      default -> 0;
    };
  }

  @Override
  public String name() {
    return "hostile";
  }

  @Override
  public String description() {
    return "a shop that is sent what can't be meant";
  }

  @Override
  public FeatureSet<?> featureSet() {
    return SET;
  }

  @Override
  public Label<?> label() {
    return Label.column("is_dear", Order::amount);
  }

  @Override
  public String action() {
    return "none";
  }

  @Override
  public History history(Path directory) {
    throw new UnsupportedOperationException("it lives");
  }

  /** Its stream on live topics, in a process of its own. */
  static final class Stream {
    private Stream() {}

    /** Arguments: Kafka, Redis, a folder for Flink, one of schemas. */
    public static void main(String[] arguments) throws Exception {
      ParentWatch.startIfChild();
      StreamRun run =
          new StreamRun(
              Definition.of(new HostileShop(), null),
              new Addresses(arguments[0], arguments[1]),
              JobOptions.local(2, Duration.ofSeconds(5)),
              Path.of(arguments[2]));
      run.check(true, Duration.ofMillis(10), false);
      run.readSchemas(Path.of(arguments[3]));
      try (Cleanup cleanup = new Cleanup()) {
        var unused =
            run.run(cleanup, () -> System.out.println("READY streaming"), System.out::println);
      }
    }
  }
}
