package dev.lockstep.cli.run;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.ParentWatch;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.History;
import dev.lockstep.define.Label;
import dev.lockstep.define.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A shop whose payments are asked about while refunds may be silent for days.
 *
 * @param suffix of the names of its set and topics, so that one broker serves several tests
 */
record LiveShop(String suffix, Emission emission) implements Project {
  record Payment(String id, String card, Instant at) {}

  record Refund(String id, String card, Instant at) {}

  private static final Entity<String> CARD = Entity.string("card");

  String payments() {
    return "payments" + suffix;
  }

  String refunds() {
    return "refunds" + suffix;
  }

  @Override
  public FeatureSet<?> featureSet() {
    EventSource<Payment> payments =
        EventSource.of(Payment.class)
            .named(payments())
            .id(Payment::id)
            .eventTime(Payment::at)
            .visibleWithin(Duration.ofMillis(50));
    EventSource<Refund> refunds =
        EventSource.of(Refund.class)
            .named(refunds())
            .id(Refund::id)
            .eventTime(Refund::at)
            .visibleWithin(Duration.ofMillis(50));
    return FeatureSet.named("shop" + suffix)
        .forEach(payments)
        .with(
            FeatureView.named("paid")
                .over(payments)
                .by(CARD, Payment::card)
                .feature("paid_1h", count().over(last(hours(1)))),
            FeatureView.named("returned")
                .over(refunds)
                .by(CARD, Refund::card)
                .feature("returned_1h", count().over(last(hours(1)))))
        .emit(emission);
  }

  @Override
  public String name() {
    return "shop" + suffix;
  }

  @Override
  public String description() {
    return "payments and refunds, live";
  }

  @Override
  public Label<?> label() {
    return Label.column("is_any", Payment::at);
  }

  @Override
  public String action() {
    return "none";
  }

  @Override
  public History history(Path directory) {
    throw new UnsupportedOperationException("it lives");
  }

  Definition definition() {
    return Definition.of(this, null);
  }

  /** The stream on live topics, in a process of its own. */
  static final class Stream {
    private Stream() {}

    /** Arguments: the suffix, the emission, Kafka, Redis, a folder for Flink. */
    public static void main(String[] arguments) throws Exception {
      ParentWatch.startIfChild();
      LiveShop shop = new LiveShop(arguments[0], Emission.valueOf(arguments[1]));
      StreamRun run =
          new StreamRun(
              shop.definition(),
              new Addresses(arguments[2], arguments[3]),
              "[local]",
              2,
              Path.of(arguments[4]),
              Duration.ofSeconds(1));
      run.check(true, Duration.ofMillis(10), false);
      try (Cleanup cleanup = new Cleanup()) {
        run.run(cleanup, () -> System.out.println("READY streaming"), System.out::println);
      }
    }
  }
}
