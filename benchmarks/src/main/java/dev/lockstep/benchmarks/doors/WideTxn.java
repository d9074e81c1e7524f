package dev.lockstep.benchmarks.doors;

import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Window;
import java.time.Instant;
import java.util.SplittableRandom;

/** A transaction as companies have them: forty fields, of which the definition reads six. */
public record WideTxn(
    double number1,
    long count2,
    boolean flag3,
    String id,
    Instant time4,
    String text5,
    double number6,
    String text7,
    double number8,
    long count9,
    String card,
    boolean flag10,
    Instant time11,
    String text12,
    double number13,
    String text14,
    double number15,
    double amount,
    long count16,
    boolean flag17,
    Instant time18,
    String text19,
    double number20,
    String text21,
    int qty,
    double number22,
    long count23,
    boolean flag24,
    Instant time25,
    String text26,
    double number27,
    float price,
    String text28,
    double number29,
    long count30,
    boolean flag31,
    Instant time32,
    String text33,
    Instant at,
    double number34) {

  static final EventSource<WideTxn> SOURCE =
      EventSource.of(WideTxn.class).named("wide_txns").id(WideTxn::id).eventTime(WideTxn::at);

  static FeatureSet<WideTxn> set() {
    Window hour = Window.last(Durations.hours(1));
    return FeatureSet.named("bench_doors_wide")
        .forEach(SOURCE)
        .with(
            FeatureView.named("by_card")
                .over(SOURCE)
                .by(Entity.string("card"), WideTxn::card)
                .feature("amount", Aggregations.sum(WideTxn::amount).over(hour))
                .feature("qty", Aggregations.sum(WideTxn::qty).over(hour))
                .feature("price", Aggregations.max(WideTxn::price).over(hour)));
  }

  static WideTxn of(int place, SplittableRandom random) {
    Txn txn = Txn.of(place, random);
    return new WideTxn(
        random.nextInt(1_000_000) / 1_000.0,
        random.nextInt(1_000_000),
        random.nextBoolean(),
        txn.id(),
        txn.at().minusSeconds(random.nextInt(1_000_000)),
        "value-" + random.nextInt(1_000_000),
        random.nextInt(1_000_000) / 1_000.0,
        "value-" + random.nextInt(1_000_000),
        random.nextInt(1_000_000) / 1_000.0,
        random.nextInt(1_000_000),
        txn.card(),
        random.nextBoolean(),
        txn.at().minusSeconds(random.nextInt(1_000_000)),
        "value-" + random.nextInt(1_000_000),
        random.nextInt(1_000_000) / 1_000.0,
        "value-" + random.nextInt(1_000_000),
        random.nextInt(1_000_000) / 1_000.0,
        txn.amount(),
        random.nextInt(1_000_000),
        random.nextBoolean(),
        txn.at().minusSeconds(random.nextInt(1_000_000)),
        "value-" + random.nextInt(1_000_000),
        random.nextInt(1_000_000) / 1_000.0,
        "value-" + random.nextInt(1_000_000),
        txn.qty(),
        random.nextInt(1_000_000) / 1_000.0,
        random.nextInt(1_000_000),
        random.nextBoolean(),
        txn.at().minusSeconds(random.nextInt(1_000_000)),
        "value-" + random.nextInt(1_000_000),
        random.nextInt(1_000_000) / 1_000.0,
        txn.price(),
        "value-" + random.nextInt(1_000_000),
        random.nextInt(1_000_000) / 1_000.0,
        random.nextInt(1_000_000),
        random.nextBoolean(),
        txn.at().minusSeconds(random.nextInt(1_000_000)),
        "value-" + random.nextInt(1_000_000),
        txn.at(),
        random.nextInt(1_000_000) / 1_000.0);
  }
}
