package dev.lockstep.cli.run;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.sum;
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
import dev.lockstep.define.Label;
import dev.lockstep.define.RecordCode;
import dev.lockstep.define.Table;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One definition over a plain and a strict record of the same components, and a table; nothing
 * reads a plain one's quantity.
 */
final class TxnDoors implements Project {
  record Txn(String id, String card, double amount, int qty, float price, Instant at) {}

  @RecordCode(version = 1)
  record StrictTxn(String id, String card, double amount, int qty, float price, Instant at) {
    StrictTxn {
      if (amount < 0) {
        throw new IllegalArgumentException("a negative amount");
      }
      card = card.toLowerCase(Locale.ROOT);
    }
  }

  record Limit(String card, Instant from, double limit) {}

  static final Entity<String> CARD = Entity.string("card");
  static final EventSource<Txn> PLAIN =
      EventSource.of(Txn.class).named("txns").id(Txn::id).eventTime(Txn::at);
  static final EventSource<StrictTxn> STRICT =
      EventSource.of(StrictTxn.class)
          .named("strict_txns")
          .id(StrictTxn::id)
          .eventTime(StrictTxn::at);
  static final Table<Limit> LIMITS =
      Table.of(Limit.class).named("limits").by(CARD, Limit::card).effectiveFrom(Limit::from);

  static final FeatureSet<Txn> SET =
      FeatureSet.named("doors")
          .forEach(PLAIN)
          .with(
              FeatureView.named("plain_activity")
                  .over(PLAIN)
                  .by(CARD, Txn::card)
                  .feature("plain_count", count().over(last(hours(1))))
                  .feature("plain_amount", sum(Txn::amount).over(last(hours(1))))
                  .feature("plain_price", max(Txn::price).over(last(hours(1)))),
              FeatureView.named("strict_activity")
                  .over(STRICT)
                  .by(CARD, StrictTxn::card)
                  .feature("strict_count", count().over(last(hours(1))))
                  .feature("strict_amount", sum(StrictTxn::amount).over(last(hours(1))))
                  .feature("strict_qty", sum(StrictTxn::qty).over(last(hours(1))))
                  .feature("strict_price", max(StrictTxn::price).over(last(hours(1)))))
          .lookup(LIMITS, "limit")
          .request("amount", Txn::amount)
          .emit(Emission.ordered());

  @Override
  public String name() {
    return "doors";
  }

  @Override
  public String description() {
    return "one row at every door";
  }

  @Override
  public FeatureSet<?> featureSet() {
    return SET;
  }

  @Override
  public Label<?> label() {
    return Label.column("is_dear", Txn::amount);
  }

  @Override
  public String action() {
    return "none";
  }

  @Override
  public History history(Path directory) {
    throw new UnsupportedOperationException("the test writes it");
  }

  static Definition definition() {
    return Definition.of(new TxnDoors(), null);
  }

  /** The stream, in a process of its own. */
  static final class Stream {
    private Stream() {}

    /** Arguments: Kafka, Redis, a folder for Flink. */
    public static void main(String[] arguments) throws Exception {
      ParentWatch.startIfChild();
      StreamRun run =
          new StreamRun(
              definition(),
              new Addresses(arguments[0], arguments[1]),
              JobOptions.local(1, Duration.ofSeconds(1)),
              Path.of(arguments[2]));
      run.check(false, Duration.ZERO, false);
      try (Cleanup cleanup = new Cleanup()) {
        run.run(cleanup, () -> System.out.println("READY streaming"), System.out::println);
      }
    }
  }
}
