package dev.lockstep.cli;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.last;

import dev.lockstep.beam.write.RecordParquetWriter;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Table;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A project that is no example: payments ask about themselves, refunds and a table of limits. */
abstract class Till implements Project {
  record Payment(String id, String card, double amount, Instant at) {}

  record Refund(String id, String card, double amount, Instant at) {}

  record Limit(String card, Instant since, double limit) {}

  /** On live topics. */
  public static final class Live extends Till {
    public Live() {
      super("till_live", Emission.ORDERED);
    }
  }

  /** On topics that are replayed into. */
  public static final class Replayed extends Till {
    public Replayed() {
      super("till_replayed", Emission.ORDERED);
    }
  }

  static final int PAYMENTS = 600;
  static final int REFUNDS = 100;
  static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  static final Duration DAY = Duration.ofHours(12);
  private static final int CARDS = 20;
  private static final long SEED = 13;
  private static final Entity<String> CARD = Entity.string("card");

  private final String name;
  private final Emission emission;

  Till(String name, Emission emission) {
    this.name = name;
    this.emission = emission;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "payments, refunds and limits";
  }

  String payments() {
    return name + "_payments";
  }

  String refunds() {
    return name + "_refunds";
  }

  @Override
  public FeatureSet<?> featureSet() {
    EventSource<Payment> payments =
        EventSource.of(Payment.class)
            .named(payments())
            .id(Payment::id)
            .eventTime(Payment::at)
            .lateness(minutes(30))
            .visibleWithin(Duration.ofMillis(50));
    EventSource<Refund> refunds =
        EventSource.of(Refund.class)
            .named(refunds())
            .id(Refund::id)
            .eventTime(Refund::at)
            .lateness(minutes(30))
            .visibleWithin(Duration.ofMillis(50));
    Table<Limit> limits =
        Table.of(Limit.class)
            .named(name + "_limits")
            .by(CARD, Limit::card)
            .effectiveFrom(Limit::since);
    return FeatureSet.named(name)
        .forEach(payments)
        .request("amount", Payment::amount)
        .with(
            FeatureView.named("paid")
                .over(payments)
                .by(CARD, Payment::card)
                .features("paid", count().over(last(minutes(10), hours(2))))
                .feature("paid_avg_1h", avg(Payment::amount).over(last(hours(1)))),
            FeatureView.named("returned")
                .over(refunds)
                .by(CARD, Refund::card)
                .feature("returned_2h", sum(Refund::amount).over(last(hours(2)))))
        .lookup(limits, Limit::limit)
        .derive("amount_over_avg", request(Payment::amount).ratioTo("paid_avg_1h"))
        .emit(emission);
  }

  @Override
  public Label<?> label() {
    return Label.column("is_any", Payment::at);
  }

  @Override
  public String action() {
    return "none";
  }

  static String card(int number) {
    return "card" + number % CARDS;
  }

  @Override
  public History history(Path directory) throws IOException {
    Files.createDirectories(directory);
    Random random = new Random(SEED);
    Path limits = directory.resolve("limits.parquet");
    Path payments = directory.resolve("payments.parquet");
    Path refunds = directory.resolve("refunds.parquet");
    if (!Files.exists(limits)) {
      try (RecordParquetWriter<Payment> writer =
          RecordParquetWriter.open(Payment.class, payments)) {
        for (int i = 0; i < PAYMENTS; i++) {
          Instant at = START.plus(DAY.multipliedBy(i).dividedBy(PAYMENTS));
          writer.write(new Payment("p" + i, card(random.nextInt(CARDS)), random.nextDouble(), at));
        }
      }
      try (RecordParquetWriter<Refund> writer = RecordParquetWriter.open(Refund.class, refunds)) {
        for (int i = 0; i < REFUNDS; i++) {
          Instant at = START.plus(DAY.multipliedBy(i).dividedBy(REFUNDS));
          writer.write(new Refund("r" + i, card(random.nextInt(CARDS)), random.nextDouble(), at));
        }
      }
      try (RecordParquetWriter<Limit> writer = RecordParquetWriter.open(Limit.class, limits)) {
        for (int i = 0; i < CARDS; i++) {
          writer.write(new Limit(card(i), START.minusSeconds(86_400), 100 + i));
        }
      }
    }
    Instant end = START.plus(DAY);
    return new History(
        Map.of(
            payments(),
            List.of(payments),
            refunds(),
            List.of(refunds),
            name + "_limits",
            List.of(limits)),
        START,
        START,
        end);
  }
}
