package dev.lockstep.cli.replay;

import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A definition over payments, and records that files hold of them. */
final class Card {
  private Card() {}

  /** A payment; nothing reads the note, the weight and the count. */
  record Pay(
      String id,
      @Nullable String card,
      double amount,
      Instant at,
      @Nullable String note,
      float weight,
      int count) {}

  /** As an archive of Kafka's has it; of the count it has numbers that no int holds. */
  record Archived(
      String id,
      @Nullable String card,
      @Nullable Double amount,
      Instant at,
      @Nullable String note,
      float weight,
      long count,
      @Nullable Instant kafka_timestamp,
      @Nullable Integer kafka_partition,
      @Nullable Long kafka_offset) {}

  static final Entity<String> CARD = Entity.string("card");

  static final EventSource<Pay> PAYS =
      EventSource.of(Pay.class).named("pays").id(Pay::id).eventTime(Pay::at);

  static final FeatureSet<Pay> SET =
      FeatureSet.named("pay_set")
          .forEach(PAYS)
          .with(
              FeatureView.named("pay_view")
                  .over(PAYS)
                  .by(CARD, Pay::card)
                  .feature("spent", sum(Pay::amount).over(last(hours(1)))));
}
