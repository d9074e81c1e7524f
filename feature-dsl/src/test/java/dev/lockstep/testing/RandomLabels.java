package dev.lockstep.testing;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.Label;
import dev.lockstep.define.Window;
import dev.lockstep.testing.RandomDefinitions.Chargeback;
import dev.lockstep.testing.RandomDefinitions.Refund;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/** Random labels of every kind over the cast of {@link RandomDefinitions}. */
final class RandomLabels {
  private static final List<Duration> TIMES =
      List.of(
          Duration.of(1, ChronoUnit.MICROS),
          Duration.ofSeconds(7),
          Duration.ofHours(1),
          Duration.ofDays(30));

  private RandomLabels() {}

  static Label<?> next(
      SplittableRandom random, EventSource<Swipe> swipes, EventSource<Refund> refunds) {
    Duration time = TIMES.get(random.nextInt(TIMES.size()));
    Label.On<Chargeback> named = Label.from(chargebacks(random)).on(Chargeback::swipe);
    return switch (random.nextInt(12)) {
      case 0 -> named.is("lost", field(Chargeback::lost).plus(1));
      case 9 ->
          named
              .within(time)
              .is("after", field(Chargeback::at).plus(time).secondsSince(request(Swipe::at)));
      case 10 ->
          named.is(
              "part",
              field(Chargeback::lost)
                  .orElse(2)
                  .dividedBy(request(Swipe::amount).plus(field(Chargeback::lost).abs()))
                  .orElse(request(Swipe::items)));
      case 1 -> named.within(time).is("lost", field(Chargeback::lost));
      case 2 -> named.within(time).happened("lost");
      case 3 -> named.within(time).happened("lost", field(Chargeback::lost).greaterThan(0));
      case 4 -> Label.from(swipes).on(Swipe::id).within(time).is("own", field(Swipe::tip));
      case 5 -> Label.column("own", Swipe::online);
      case 6 -> Label.column("own", Swipe::fee);
      case 7 ->
          Label.of("later", ofRefund(random).over(Window.next(time)))
              .from(refunds)
              .by(RandomDefinitions.CARD, Refund::card);
      case 8 ->
          Label.of("later", ofSwipe(random).over(Window.next(time)))
              .from(swipes)
              .by(RandomDefinitions.AT, Swipe::card, Swipe::merchant);
      default ->
          Label.of("later", ofSwipe(random).over(Window.next(time)))
              .from(swipes)
              .by(RandomDefinitions.CARD, Swipe::card);
    };
  }

  private static EventSource<Chargeback> chargebacks(SplittableRandom random) {
    EventSource<Chargeback> source =
        EventSource.of(Chargeback.class).named("chargebacks").eventTime(Chargeback::at);
    return random.nextBoolean() ? source.lateness(Duration.ofHours(1)) : source;
  }

  private static Aggregate<Swipe> ofSwipe(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> count();
      case 1 ->
          Aggregations.<Swipe>sum(field(Swipe::amount).times(field(Swipe::items)))
              .where(field(Swipe::online));
      case 2 -> avg(Swipe::fee);
      case 3 -> distinct(Swipe::note);
      case 4 -> last(Swipe::online);
      default -> stddev(Swipe::points);
    };
  }

  private static Aggregate<Refund> ofRefund(SplittableRandom random) {
    return random.nextBoolean() ? sum(Refund::amount) : count();
  }
}
