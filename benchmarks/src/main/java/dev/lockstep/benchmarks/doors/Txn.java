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

/**
 * A transaction: six fields, all of which the definition reads.
 *
 * @param amount with two digits behind the point
 */
public record Txn(String id, String card, double amount, int qty, float price, Instant at) {
  private static final long START_MILLIS = 1_767_225_600_000L; // 2026-01-01 UTC

  static final EventSource<Txn> SOURCE =
      EventSource.of(Txn.class).named("txns").id(Txn::id).eventTime(Txn::at);

  static FeatureSet<Txn> set() {
    Window hour = Window.last(Durations.hours(1));
    return FeatureSet.named("bench_doors")
        .forEach(SOURCE)
        .with(
            FeatureView.named("by_card")
                .over(SOURCE)
                .by(Entity.string("card"), Txn::card)
                .feature("amount", Aggregations.sum(Txn::amount).over(hour))
                .feature("qty", Aggregations.sum(Txn::qty).over(hour))
                .feature("price", Aggregations.max(Txn::price).over(hour)));
  }

  /** The transaction of a place, a second after the one before. */
  static Txn of(int place, SplittableRandom random) {
    return new Txn(
        "txn-" + (1_000_000_000L + place),
        "card-" + random.nextInt(50_000),
        random.nextInt(500_000) / 100.0,
        random.nextInt(100),
        random.nextInt(10_000) / 100f,
        Instant.ofEpochMilli(START_MILLIS + place * 1_000L + random.nextInt(1_000)));
  }
}
