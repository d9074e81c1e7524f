package dev.lockstep.testing;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.first;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.populationVariance;
import static dev.lockstep.define.Aggregations.previous;
import static dev.lockstep.define.Aggregations.rate;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Aggregations.variance;
import static dev.lockstep.define.Expressions.distance;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.literal;
import static dev.lockstep.define.Expressions.lookup;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Expressions.timeFeature;
import static dev.lockstep.define.Expressions.when;
import static java.time.Duration.ofDays;

import dev.lockstep.aggregate.Average;
import dev.lockstep.aggregate.Deviation;
import dev.lockstep.aggregate.Rate;
import dev.lockstep.define.Aggregate;
import dev.lockstep.define.AskedView;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.define.Window;
import dev.lockstep.define.WindowedAggregate;
import dev.lockstep.plan.FeaturePlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** Random feature sets over a fixed cast of records: every aggregation, window and kind of part. */
public final class RandomDefinitions {
  /** The requests. */
  public record Swipe(
      String id,
      String card,
      Long merchant,
      double amount,
      Double tip,
      BigDecimal fee,
      Long points,
      int items,
      Boolean online,
      String note,
      Instant at,
      Instant known,
      Integer seq,
      Channel channel,
      UUID device,
      LocalDate day,
      Optional<Channel> asked) {}

  /** The channel of a swipe, with a constant that has a body of its own. */
  public enum Channel {
    WEB,
    APP {
      // A class of its own: what is asked for is its name.
      @Override
      public String toString() {
        return "the app";
      }
    },
    SHOP
  }

  /** A second source. */
  public record Refund(
      Long number,
      String card,
      Long merchant,
      Double amount,
      float share,
      String why,
      Instant at,
      Channel channel,
      LocalDate day) {}

  /** A table's version. */
  public record Account(
      String card, Instant since, Instant stamped, boolean gone, Double limit, String tier) {}

  /** What a table's field is the key of, and so on. */
  public record Tier(String name, Instant since, String above, Double fee, Boolean open) {}

  /** A table's version under a key of two parts. */
  public record Price(String card, Long merchant, Instant since, Instant stamped, Integer cents) {}

  /** A label's event. */
  public record Chargeback(String swipe, Double lost, Instant at) {}

  public static final Entity<String> CARD = Entity.string("card");
  public static final Entity<Number> MERCHANT = Entity.integer("merchant");
  public static final Entity<Entity.Pair<String, Number>> AT =
      Entity.pair("card_at_merchant", CARD, MERCHANT);
  private static final Entity<UUID> DEVICE = Entity.of("the_device", UUID.class);
  private static final Entity<Entity.Pair<Channel, LocalDate>> CHANNEL_DAY =
      Entity.of("channel_day", Channel.class, LocalDate.class);
  private static final Entity<Entity.Triple<String, Integer, Boolean>> BASKET =
      Entity.of("basket", String.class, int.class, boolean.class);
  private static final Entity<Entity.Parts> FIVE =
      Entity.of("five", LocalDate.class, Channel.class, String.class, Number.class, Boolean.class);

  private final SplittableRandom random;
  private final boolean onTime;
  private EventSource<Refund> refunds = EventSource.of(Refund.class);
  private Table<Price> prices;
  private int names;

  private RandomDefinitions(long seed, boolean onTime) {
    this.random = new SplittableRandom(seed);
    this.onTime = onTime;
  }

  public static FeaturePlan plan(long seed) {
    RandomDefinitions definitions = new RandomDefinitions(seed, false);
    return definitions.labelled(definitions.next());
  }

  /** The set of such a plan. */
  public static FeatureSet<Swipe> set(long seed) {
    return new RandomDefinitions(seed, false).next();
  }

  /** The same set, but each source and table says that it is available when it happens. */
  public static FeatureSet<Swipe> setOnTime(long seed) {
    return new RandomDefinitions(seed, true).next();
  }

  /** A small set with a random label. */
  public static FeaturePlan labelled(long seed) {
    RandomDefinitions random = new RandomDefinitions(seed, false);
    EventSource<Swipe> swipes = random.swipes();
    FeatureSet<Swipe> set =
        FeatureSet.named("labelled")
            .forEach(swipes)
            .entity(CARD, Swipe::card)
            .request("amount", Swipe::amount);
    return FeaturePlan.of(set, RandomLabels.next(random.random, swipes, random.refunds()));
  }

  private FeatureSet<Swipe> next() {
    EventSource<Swipe> swipes = swipes();
    refunds = refunds();
    FeatureSet<Swipe> set = FeatureSet.named("random").forEach(swipes).entity(CARD, Swipe::card);
    set = set.entity(MERCHANT, Swipe::merchant).entity(AT, Swipe::card, Swipe::merchant);
    FeatureView<Swipe> always =
        swiped(FeatureView.named("v_card").over(swipes).by(CARD, Swipe::card))
            .feature("swipes", dev.lockstep.define.Aggregations.<Swipe>count().over(window()));
    set = set.with(always);
    set = inRoles(set, swipes);
    if (random.nextBoolean()) {
      set =
          set.with(
              swiped(FeatureView.named("v_merchant").over(swipes).by(MERCHANT, Swipe::merchant)));
    }
    if (random.nextBoolean()) {
      set =
          set.with(
              swiped(FeatureView.named("v_at").over(swipes).by(AT, Swipe::card, Swipe::merchant)));
    }
    set = set.with(keyed(swipes));
    if (random.nextBoolean()) {
      set =
          set.entity(CHANNEL_DAY, Swipe::channel, Swipe::day)
              .with(
                  refunded(
                      FeatureView.named("r_day")
                          .over(refunds)
                          .by(CHANNEL_DAY, Refund::channel, Refund::day)));
    }
    if (random.nextBoolean()) {
      set = set.with(refunded(FeatureView.named("r_card").over(refunds).by(CARD, Refund::card)));
    }
    if (random.nextBoolean()) {
      set =
          set.with(
              refunded(
                  FeatureView.named("r_at").over(refunds).by(AT, Refund::card, Refund::merchant)));
    }
    if (random.nextBoolean()) {
      Table<Account> accounts = accounts();
      set = set.lookup(accounts, "limit", "tier");
      set = set.lookup(accounts.via("noted", Swipe::note), "limit");
      set = set.derive("over_limit", request(Swipe::amount).dividedBy(feature("limit")));
      set = chained(set, accounts);
    }
    if (random.nextBoolean()) {
      set = set.lookup(prices(), Price::cents);
      set = set.lookup(prices.via("noted", Swipe::note, Swipe::merchant), Price::cents);
    }
    return derived(set);
  }

  /** Views asked by several keys of the request, which are equal now and then. */
  private FeatureSet<Swipe> inRoles(FeatureSet<Swipe> set, EventSource<Swipe> swipes) {
    FeatureSet<Swipe> more = set;
    if (random.nextBoolean()) {
      FeatureView<Swipe> ofCard = FeatureView.named("w_card").over(swipes).by(CARD, Swipe::card);
      AskedView<Swipe> asked = swiped(ofCard).askedBy(Swipe::card, "own");
      more = more.with(random.nextBoolean() ? asked : asked.askedBy(Swipe::note, "noted"));
    }
    if (random.nextBoolean()) {
      FeatureView<Refund> ofCard = FeatureView.named("q_card").over(refunds).by(CARD, Refund::card);
      AskedView<Swipe> asked = refunded(ofCard).askedBy(Swipe::note, "noted");
      more = more.with(random.nextBoolean() ? asked : asked.askedBy(Swipe::card, "own"));
    }
    if (random.nextBoolean()) {
      FeatureView<Swipe> at =
          FeatureView.named("w_at").over(swipes).by(AT, Swipe::card, Swipe::merchant);
      more =
          more.with(
              swiped(at)
                  .askedBy(Swipe::card, Swipe::merchant, "here")
                  .askedBy(Swipe::note, Swipe::merchant, "there")
                  .askedBy(Swipe::card, Swipe::points, "then"));
    }
    return more;
  }

  /** By keys of other types and more parts. */
  private FeatureView<Swipe> keyed(EventSource<Swipe> swipes) {
    FeatureView.Over<Swipe> over = FeatureView.named("v_keyed").over(swipes);
    return swiped(
        switch (random.nextInt(3)) {
          case 0 -> over.by(DEVICE, Swipe::device);
          case 1 -> over.by(BASKET, Swipe::card, Swipe::items, Swipe::online);
          default ->
              over.by(
                  FIVE, Swipe::day, Swipe::channel, Swipe::card, Swipe::merchant, Swipe::online);
        });
  }

  private FeaturePlan labelled(FeatureSet<Swipe> set) {
    return random.nextBoolean()
        ? FeaturePlan.of(set)
        : FeaturePlan.of(set, RandomLabels.next(random, set.requests(), refunds));
  }

  private Duration lateness() {
    return List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1)).get(random.nextInt(3));
  }

  private EventSource<Swipe> swipes() {
    EventSource<Swipe> s =
        EventSource.of(Swipe.class).named("swipes").eventTime(Swipe::at).id(Swipe::id);
    boolean says = random.nextBoolean();
    s = onTime ? s.availableAt(Swipe::at) : says ? s.availableAt(Swipe::known) : s;
    s = random.nextBoolean() ? s.sequence(Swipe::seq) : s;
    return random.nextBoolean() ? s.lateness(lateness()) : s;
  }

  private EventSource<Refund> refunds() {
    EventSource<Refund> s = EventSource.of(Refund.class).named("refunds").eventTime(Refund::at);
    s = random.nextBoolean() ? s.id(Refund::number) : s;
    s = onTime ? s.availableAt(Refund::at) : s;
    return random.nextBoolean() ? s.lateness(lateness()) : s;
  }

  private Table<Account> accounts() {
    Table<Account> t = Table.of(Account.class).named("accounts").by(CARD, Account::card);
    boolean takesEffect = random.nextInt(3) > 0;
    t = takesEffect ? t.effectiveFrom(Account::since) : t;
    boolean says = random.nextBoolean();
    t = onTime && takesEffect ? t.availableAt(Account::since) : t;
    t = says && !onTime ? t.availableAt(Account::stamped) : t;
    return random.nextBoolean() ? t.deleted(Account::gone) : t;
  }

  /** Lookups by the fields of others, some of them in expressions alone. */
  private FeatureSet<Swipe> chained(FeatureSet<Swipe> set, Table<Account> accounts) {
    Table<Tier> tiers = Table.of(Tier.class).named("tiers").by(Entity.string("tier"), Tier::name);
    tiers = random.nextInt(3) > 0 ? tiers.effectiveFrom(Tier::since) : tiers;
    FeatureSet<Swipe> more = set;
    Table.KeyedTable<Swipe, Tier> own = tiers.via("tier", lookup(accounts, Account::tier));
    if (random.nextBoolean()) {
      more = more.lookup(own, Tier::fee, Tier::open);
      more = more.derive("tier_fee_known", lookup(own, Tier::fee).isNull().not());
    }
    if (random.nextBoolean()) {
      Table.KeyedTable<Swipe, Tier> above = tiers.via("above", lookup(own, Tier::above));
      more = more.derive("above_fee", lookup(above, Tier::fee).orElse(request(Swipe::tip)));
      more = more.lookup(above, Tier::above);
    }
    if (random.nextBoolean()) {
      Table.KeyedTable<Swipe, Price> paid =
          prices().via("paid", lookup(accounts, Account::tier), request(Swipe::merchant));
      more = more.lookup(paid, Price::cents);
      more =
          more.derive(
              "limit_left",
              lookup(accounts.via(Swipe::note), Account::limit).minus(request(Swipe::amount)));
    }
    return more;
  }

  private Table<Price> prices() {
    if (prices == null) {
      prices = Table.of(Price.class).named("prices").by(AT, Price::card, Price::merchant);
      prices = random.nextInt(3) > 0 ? prices.effectiveFrom(Price::since) : prices;
      prices = random.nextBoolean() && !onTime ? prices.availableAt(Price::stamped) : prices;
    }
    return prices;
  }

  private Window window() {
    return RandomWindows.next(random);
  }

  private <T> WindowedAggregate<T> over(Aggregate<T> aggregate) {
    Window window = window();
    boolean isAt = aggregate.category() != null && aggregate.category().asked() != null;
    boolean isMap =
        !isAt && aggregate.category() != null && aggregate.category().values().isEmpty();
    while ((isAt && (window instanceof Window.LastEvents || window instanceof Window.Session))
        || (aggregate.aggregation() instanceof Rate && !RandomWindows.hasLength(window))
        || (isMap && window instanceof Window.Lifetime)) {
      window = window();
    }
    WindowedAggregate<T> value = aggregate.over(window);
    if (isMap && random.nextInt(3) == 0) {
      value = value.orElse("{}");
    } else if (!isMap && isDouble(aggregate) && random.nextInt(2) == 0) {
      value = random.nextBoolean() ? value.orElse(0) : value.orElse(-0.5);
    }
    return random.nextInt(3) == 0 ? value.excludingRequest() : value;
  }

  private static boolean isDouble(Aggregate<?> aggregate) {
    return aggregate.aggregation() instanceof Average
        || aggregate.aggregation() instanceof Deviation
        || aggregate.aggregation() instanceof Rate;
  }

  private FeatureView<Swipe> swiped(FeatureView<Swipe> view) {
    FeatureView<Swipe> more = view;
    for (int i = 0; i < 6; i++) {
      more = more.feature("f" + names++, over(modified(ofSwipes())));
    }
    return more;
  }

  /** Under a condition, or by a category, or neither. */
  private Aggregate<Swipe> modified(Aggregate<Swipe> aggregate) {
    return switch (random.nextInt(15)) {
      case 13 -> aggregate.by(Swipe::channel).at(Swipe::channel);
      case 14 -> aggregate.by(Swipe::card).at(Swipe::note);
      case 10 -> aggregate.by(Swipe::channel, Channel.APP, Channel.WEB);
      case 11 -> aggregate.by(Swipe::asked);
      case 12 -> aggregate.by(Swipe::day);
      case 0 -> aggregate.where(field(Swipe::online));
      case 1 -> aggregate.where(field(Swipe::amount).greaterThan(field(Swipe::tip)));
      case 2 -> aggregate.where(field(Swipe::items).lessThan(3)).where(field(Swipe::online).not());
      case 3 -> aggregate.by(Swipe::items, 1, 2);
      case 4 -> aggregate.by(Swipe::online);
      case 5 ->
          aggregate.where(
              field(Swipe::fee).lessThan(field(Swipe::tip)).or(field(Swipe::items).equalTo(2)));
      default -> aggregate;
    };
  }

  private FeatureView<Refund> refunded(FeatureView<Refund> view) {
    FeatureView<Refund> more = view;
    for (int i = 0; i < 4; i++) {
      Aggregate<Refund> aggregate = ofRefunds();
      boolean isAt = random.nextInt(4) == 0;
      more =
          more.feature(
              "f" + names++,
              over(isAt ? aggregate.by(Refund::channel).at(Swipe::channel) : aggregate));
    }
    return more;
  }

  private Aggregate<Swipe> ofSwipes() {
    return switch (random.nextInt(26)) {
      case 0 -> random.nextBoolean() ? count() : ofExpressions();
      case 1 -> sum(Swipe::amount);
      case 2 -> sum(Swipe::points);
      case 3 -> sum(Swipe::items);
      case 4 -> avg(Swipe::tip);
      case 5 -> avg(Swipe::points);
      case 6 -> min(Swipe::amount);
      case 7 -> max(Swipe::tip);
      case 8 -> min(Swipe::points);
      case 9 -> max(Swipe::known);
      case 10 -> stddev(Swipe::amount);
      case 11 -> stddev(Swipe::points);
      case 12 -> distinct(Swipe::note);
      case 13 -> distinct(Swipe::tip);
      case 14 -> distinct(Swipe::online);
      case 15 -> first(Swipe::note);
      case 16 -> last(Swipe::tip);
      case 17 -> rate();
      case 18 -> previous(Swipe::amount);
      case 19 -> populationVariance(Swipe::tip);
      case 20 -> variance(Swipe::points);
      case 21 -> sum(Swipe::fee);
      case 22 -> avg(Swipe::fee);
      case 23 -> max(Swipe::fee);
      case 24 -> variance(Swipe::fee);
      default -> last(Swipe::online);
    };
  }

  /** Over what is computed of a row, of each type. */
  private Aggregate<Swipe> ofExpressions() {
    return switch (random.nextInt(10)) {
      case 0 -> sum(field(Swipe::amount).times(field(Swipe::items)));
      case 1 -> sum(field(Swipe::points).times(field(Swipe::points)));
      case 2 -> avg(field(Swipe::points).minus(field(Swipe::items).abs()));
      case 3 -> max(field(Swipe::known).minus(Duration.ofHours(3)));
      case 4 -> last(field(Swipe::note).lower());
      case 5 -> distinct(field(Swipe::fee).greaterThan(1));
      case 6 -> stddev(field(Swipe::known).secondsSince(field(Swipe::at)));
      case 7 -> min(field(Swipe::fee).max(new BigDecimal("0.5")));
      case 8 -> first(field(Swipe::online).and(field(Swipe::tip).greaterThan(1)));
      default -> sum(field(Swipe::tip).orElse(field(Swipe::amount).dividedBy(7)));
    };
  }

  private Aggregate<Refund> ofRefunds() {
    return switch (random.nextInt(9)) {
      case 8 -> sum(field(Refund::amount).times(field(Refund::share)).round());
      case 0 -> count();
      case 1 -> sum(Refund::amount);
      case 2 -> avg(Refund::share);
      case 3 -> stddev(Refund::share);
      case 4 -> max(Refund::merchant);
      case 5 -> first(Refund::amount);
      case 6 -> last(Refund::why);
      default -> distinct(Refund::why);
    };
  }

  private FeatureSet<Swipe> derived(FeatureSet<Swipe> set) {
    return set.derive("doubled", feature("ratio").plus(feature("ratio")))
        .derive("ratio", request(Swipe::tip).dividedBy(feature("swipes")))
        .request("online", Swipe::online)
        .request("fee", Swipe::fee)
        .derive("fee_part", request(Swipe::fee).dividedBy(request(Swipe::amount)))
        .derive("least_fee", feature("fee").min(request(Swipe::fee)))
        .request("note", Swipe::note)
        .request("channel", Swipe::channel)
        .request("device", Swipe::device)
        .request("day", Swipe::day)
        .request("asked", Swipe::asked)
        .derive("points_squared", request(Swipe::points).times(request(Swipe::points)))
        .derive("logged", request(Swipe::amount).log1p().orElse(-1))
        .derive(
            "hour", request(Swipe::at).hourOfDay(ZoneId.of("America/New_York")).plus(literal(1)))
        .derive("weekday", request(Swipe::at).dayOfWeek())
        .derive("month_day", request(Swipe::at).dayOfMonth(ZoneId.of("Asia/Tokyo")))
        .derive("month", request(Swipe::at).month())
        .derive("weekend", request(Swipe::at).isWeekend(ZoneId.of("America/New_York")))
        .request("known_at", Swipe::known)
        .derive("delay", timeFeature("known_at").secondsSince(request(Swipe::at)))
        .derive("days", request(Swipe::at).daysUntil(request(Swipe::known).plus(ofDays(30))))
        .derive(
            "dates", request(Swipe::at).daysUntil(request(Swipe::known), ZoneId.of("Asia/Tokyo")))
        .derive(
            "risky",
            when(request(Swipe::online).and(request(Swipe::tip).greaterThan(10)))
                .then(feature("ratio"))
                .otherwise(request(Swipe::items)))
        .derive("either", request(Swipe::online).or(feature("swipes").greaterThan(3)).not())
        .derive("score", request(Swipe::amount).zScore("ratio", "swipes").clip(-5.0, 5.0))
        .derive("bucket", feature("ratio").bucketise(0, 1, 100).max(feature("swipes")))
        .derive("whole", request(Swipe::tip).abs().pow(0.5).round())
        .derive("note_hash", request(Swipe::note).lower().hash(1000))
        .derive("known", request(Swipe::tip).isNull().or(request(Swipe::note).isIn("a", "b")))
        .derive("daytime", request(Swipe::at).timeOfDaySine(ZoneId.of("America/New_York")))
        .derive("way", distance(feature("ratio"), literal(0), literal(0), request(Swipe::tip)))
        .oneHot("items", request(Swipe::items), 1, 2);
  }
}
