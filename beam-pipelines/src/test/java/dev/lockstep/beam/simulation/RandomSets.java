package dev.lockstep.beam.simulation;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.median;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Durations.seconds;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.lookup;
import static dev.lockstep.define.Expressions.request;

import dev.lockstep.define.Aggregate;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.define.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small random feature sets, for what a stream does with them rather than for their values: one
 * view or several, over one source or two, asked in roles, with tables looked up by fields of the
 * request or of others, both emissions, several latenesses and promises of order.
 */
final class RandomSets {
  record Swipe(
      String id,
      String card,
      String merchant,
      Double amount,
      Integer cents,
      Channel channel,
      Instant at,
      Instant known) {}

  enum Channel {
    WEB,
    APP
  }

  record Refund(
      String id, String card, String merchant, BigDecimal fee, Instant at, Instant booked) {}

  record Account(String card, Integer grade, String city, Instant from, Instant known) {}

  record City(String name, Long size, Instant from) {}

  private static final Entity<String> CARD = Entity.string("card");
  private static final Entity<String> MERCHANT = Entity.string("merchant");
  private static final Entity<Entity.Pair<String, String>> BOTH =
      Entity.pair("both", CARD, MERCHANT);

  private final SplittableRandom random;
  private int names;

  private RandomSets(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * A set whose requests are of one source, one entity by which that is partitioned, in knowledge
   * order: under {@code onArrival()} it equals the oracle (C5).
   */
  static FeatureSet<Swipe> ofOneEntity(long seed) {
    RandomSets sets = new RandomSets(seed);
    EventSource<Swipe> swipes =
        sets.lateness(named("swipes", Swipe.class, Swipe::at).id(Swipe::id));
    return FeatureSet.named("simulated")
        .forEach(swipes)
        .with(sets.swiped(FeatureView.named("by_card").over(swipes).by(CARD, Swipe::card)))
        .emit(Emission.onArrival());
  }

  /** Any set. */
  static FeatureSet<Swipe> next(long seed, Emission emission) {
    return new RandomSets(seed).next(emission);
  }

  private static <T extends Record> EventSource<T> named(
      String name, Class<T> type, dev.lockstep.define.Column<T, Instant> at) {
    return EventSource.of(type).named(name).eventTime(at);
  }

  private <T> EventSource<T> lateness(EventSource<T> source) {
    return source.lateness(
        List.of(Duration.ZERO, minutes(5), hours(1), days(1)).get(random.nextInt(4)));
  }

  private FeatureSet<Swipe> next(Emission emission) {
    EventSource<Swipe> swipes = lateness(named("swipes", Swipe.class, Swipe::at).id(Swipe::id));
    if (emission == Emission.ORDERED && random.nextInt(3) == 0) {
      swipes = swipes.availableAt(Swipe::known);
    }
    if (random.nextInt(3) == 0) {
      swipes = swipes.disorder(seconds(30));
    }
    EventSource<Refund> refunds = lateness(named("refunds", Refund.class, Refund::at));
    refunds = random.nextInt(3) == 0 ? refunds : refunds.id(Refund::id);
    refunds = random.nextBoolean() ? refunds : refunds.availableAt(Refund::booked);
    FeatureSet<Swipe> set =
        FeatureSet.named("simulated")
            .forEach(swipes)
            .with(swiped(FeatureView.named("by_card").over(swipes).by(CARD, Swipe::card)));
    if (random.nextBoolean()) {
      set =
          set.with(refunded(FeatureView.named("refunds_of").over(refunds).by(CARD, Refund::card)));
    }
    if (random.nextInt(3) == 0) {
      set =
          set.with(
              swiped(
                  FeatureView.named("by_both")
                      .over(swipes)
                      .by(BOTH, Swipe::card, Swipe::merchant)));
    }
    if (random.nextInt(3) == 0) {
      set =
          set.entity(MERCHANT, Swipe::merchant)
              .with(refunded(FeatureView.named("at").over(refunds).by(MERCHANT, Refund::merchant)));
    }
    if (random.nextInt(3) == 0) {
      set =
          set.with(
              swiped(FeatureView.named("paid").over(swipes).by(CARD, Swipe::card))
                  .askedBy(Swipe::card, "payer")
                  .askedBy(Swipe::merchant, "payee"));
    }
    return (random.nextInt(3) == 0 ? looking(set) : set).emit(emission);
  }

  private static FeatureSet<Swipe> looking(FeatureSet<Swipe> set) {
    Table<Account> accounts =
        Table.of(Account.class)
            .named("accounts")
            .by(CARD, Account::card)
            .effectiveFrom(Account::from)
            .availableAt(Account::known);
    Table<City> cities =
        Table.of(City.class)
            .named("cities")
            .by(Entity.string("city"), City::name)
            .effectiveFrom(City::from);
    return set.request("amount", Swipe::amount)
        .lookup(accounts, Account::grade)
        .lookup(cities.via("city", lookup(accounts, Account::city)), City::size)
        .derive("amount_by_grade", request(Swipe::amount).dividedBy(feature("grade")));
  }

  private FeatureView<Swipe> swiped(FeatureView<Swipe> view) {
    FeatureView<Swipe> more = view;
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      String name = "f" + names++;
      Aggregate<Swipe> aggregate =
          switch (random.nextInt(6)) {
            case 0 -> count();
            case 1 -> sum(Swipe::amount);
            case 2 -> sum(Swipe::cents).where(field(Swipe::cents).greaterThan(1));
            case 3 -> distinct(Swipe::merchant);
            case 4 -> Aggregations.last(Swipe::merchant);
            default -> median(Swipe::amount);
          };
      Window window = window();
      more =
          more.feature(
              name,
              random.nextInt(3) == 0
                  ? aggregate.over(window).excludingRequest()
                  : aggregate.over(window));
    }
    return more;
  }

  private FeatureView<Refund> refunded(FeatureView<Refund> view) {
    FeatureView<Refund> more = view;
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      String name = "f" + names++;
      Aggregate<Refund> aggregate =
          switch (random.nextInt(4)) {
            case 0 -> count();
            case 1 -> sum(Refund::fee);
            case 2 -> avg(Refund::fee);
            default -> max(Refund::fee);
          };
      more = more.feature(name, aggregate.over(window()));
    }
    return more;
  }

  private Window window() {
    return switch (random.nextInt(9)) {
      case 0 -> Window.last(minutes(1));
      case 1 -> Window.last(days(1)).hop(hours(1));
      case 2 -> Window.lastEvents(2);
      case 3 -> Window.lastEvents(3).within(hours(1));
      case 4 -> Window.lifetime();
      case 5 -> Window.session(minutes(10), hours(6));
      case 6 -> Window.tumbling(hours(1));
      case 7 -> Window.last(hours(1)).endingBefore(minutes(5));
      default -> Window.last(hours(1));
    };
  }
}
