package dev.lockstep.beam.stream;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.countBy;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.first;
import static dev.lockstep.define.Aggregations.lastKDistinct;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.median;
import static dev.lockstep.define.Aggregations.min;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.days;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.feature;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.lookup;
import static dev.lockstep.define.Expressions.request;
import static dev.lockstep.define.Window.dayToDate;
import static dev.lockstep.define.Window.last;
import static dev.lockstep.define.Window.lastEvents;
import static dev.lockstep.define.Window.lifetime;
import static dev.lockstep.define.Window.previousDay;
import static dev.lockstep.define.Window.session;
import static dev.lockstep.define.Window.tumbling;
import static dev.lockstep.define.Window.weekToDate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.flink.FlinkConfiguration;
import dev.lockstep.beam.testing.Arrivals;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.value.FeatureVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The stream against the oracle, to the bit, on nasty events: C2 to C5, C7, C9, C10. Under {@code
 * ordered()} in several arrival orders and parallelisms; under {@code onArrival()} in the order of
 * processing.
 */
class StreamParityTest {
  record Swipe(
      String id,
      String card,
      String merchant,
      Double amount,
      Integer cents,
      Channel channel,
      UUID device,
      LocalDate day,
      boolean online,
      Instant at) {}

  enum Channel {
    WEB,
    APP,
    SHOP
  }

  record Refund(
      String id, String merchant, BigDecimal fee, Instant at, Instant booked, long sequence) {}

  record Account(
      String card, Integer grade, String city, Instant from, Instant known, boolean closed) {}

  record City(String name, Long size, String near, Instant from) {}

  record Price(String place, String merchant, Integer cents, Instant from, Instant known) {}

  static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);

  private static final EventSource<Refund> REFUNDS =
      EventSource.of(Refund.class)
          .named("refunds")
          .id(Refund::id)
          .eventTime(Refund::at)
          .availableAt(Refund::booked)
          .sequence(Refund::sequence)
          .lateness(hours(6));

  static final Entity<String> CARD = Entity.string("card");
  private static final Entity<String> MERCHANT = Entity.string("merchant");
  private static final Entity<Entity.Pair<String, String>> BOTH =
      Entity.pair("both", CARD, MERCHANT);

  private static final Entity<Entity.Triple<UUID, LocalDate, Boolean>> DEVICE_DAY =
      Entity.of("device_day", UUID.class, LocalDate.class, Boolean.class);
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static final Table<Account> ACCOUNTS =
      Table.of(Account.class)
          .named("accounts")
          .by(CARD, Account::card)
          .effectiveFrom(Account::from)
          .availableAt(Account::known)
          .deleted(Account::closed);
  private static final Table<City> CITIES =
      Table.of(City.class)
          .named("cities")
          .by(Entity.string("city"), City::name)
          .effectiveFrom(City::from);
  private static final Table<Price> PRICES =
      Table.of(Price.class)
          .named("prices")
          .by(BOTH, Price::place, Price::merchant)
          .effectiveFrom(Price::from)
          .availableAt(Price::known);
  private static final Table.KeyedTable<Swipe, City> CITY_OF_CARD =
      CITIES.via(lookup(ACCOUNTS, Account::city));

  /**
   * Without lookups by others: of those a request is longer on its way than the versions, and under
   * {@code onArrival()} it may know more than what was sent before it (C5).
   */
  static final FeatureSet<Swipe> UNCHAINED =
      FeatureSet.named("parity_v1")
          .forEach(SWIPES)
          .request("amount", Swipe::amount)
          .with(
              FeatureView.named("by_card")
                  .over(SWIPES)
                  .by(CARD, Swipe::card)
                  .feature("n_10m", count().over(last(minutes(10))))
                  .feature("sum_1h", sum(Swipe::amount).over(last(hours(1))))
                  .feature("cents_1d", sum(Swipe::cents).over(last(days(1))).excludingRequest())
                  .feature("stddev_1d", stddev(Swipe::amount).over(last(days(1))))
                  .feature("merchants_1h", distinct(Swipe::merchant).over(last(hours(1))))
                  .feature("last_1d", Aggregations.last(Swipe::merchant).over(last(days(1))))
                  .feature(
                      "large_1d",
                      sum(Swipe::amount)
                          .where(field(Swipe::cents).greaterThan(50))
                          .over(last(days(1)).hop(hours(1))))
                  .feature("median_5", median(Swipe::amount).over(lastEvents(5)).excludingRequest())
                  .feature("run", Aggregations.<Swipe>count().over(session(minutes(30), days(1))))
                  .feature("ever", distinct(Swipe::merchant).over(lifetime()))
                  .feature(
                      "earlier", max(Swipe::amount).over(last(hours(1)).endingBefore(hours(1))))
                  .feature(
                      "shops",
                      sum(Swipe::cents).by(Swipe::merchant).over(dayToDate(ZoneOffset.UTC)))
                  .features(
                      "cents",
                      sum(Swipe::cents)
                          .over(
                              lastEvents(3).within(hours(6)),
                              weekToDate(NEW_YORK),
                              previousDay(NEW_YORK),
                              tumbling(hours(6), NEW_YORK),
                              tumbling(days(1), NEW_YORK)))
                  .feature(
                      "here",
                      sum(Swipe::cents).by(Swipe::channel).at(Swipe::channel).over(last(days(1))))
                  .feature(
                      "recent", lastKDistinct(Swipe::merchant, 2).asColumns().over(last(days(1)))),
              FeatureView.named("by_device")
                  .over(SWIPES)
                  .by(DEVICE_DAY, Swipe::device, Swipe::day, Swipe::online)
                  .feature(
                      "device_n",
                      countBy(Swipe::channel, Channel.WEB, Channel.APP).over(lifetime())),
              FeatureView.named("by_merchant")
                  .over(REFUNDS)
                  .by(MERCHANT, Refund::merchant)
                  .feature("fee_max_1h", max(Refund::fee).over(last(hours(1))))
                  .feature("fee_sum_1d", sum(Refund::fee).over(last(days(1))))
                  .feature("fee_avg_1d", avg(Refund::fee).over(last(days(1))))
                  .feature(
                      "fee_there",
                      max(Refund::fee).by(Refund::merchant).at(Swipe::card).over(last(days(1))))
                  .feature("fee_first_1d", first(Refund::fee).over(last(days(1)))),
              FeatureView.named("by_both")
                  .over(SWIPES)
                  .by(BOTH, Swipe::card, Swipe::merchant)
                  .feature("both_min_1d", min(Swipe::amount).over(last(days(1)))))
          .entity(MERCHANT, Swipe::merchant)
          .with(
              FeatureView.named("by_payer")
                  .over(SWIPES)
                  .by(CARD, Swipe::card)
                  .feature("paid_1h", sum(Swipe::cents).over(last(hours(1))))
                  .feature("paid_before", count().over(last(days(1))).excludingRequest())
                  .askedBy(Swipe::card, "payer")
                  .askedBy(Swipe::merchant, "payee"))
          .lookup(ACCOUNTS, Account::grade)
          .lookup(PRICES.via("here", Swipe::card, Swipe::merchant), Price::cents)
          .derive("over_avg", request(Swipe::amount).dividedBy(feature("fee_avg_1d")).log1p());

  static final FeatureSet<Swipe> SET =
      UNCHAINED
          .lookup(CITIES.via("city", lookup(ACCOUNTS, Account::city)), City::size)
          .lookup(
              PRICES.via("near", lookup(CITY_OF_CARD, City::near), request(Swipe::merchant)),
              Price::cents)
          .derive("near_size", lookup(CITIES.via(lookup(CITY_OF_CARD, City::near)), City::size));

  private static final Map<String, ConcurrentLinkedQueue<FeatureVector>> COLLECTED =
      new ConcurrentHashMap<>();

  private static final class Collect extends DoFn<FeatureVector, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    Collect(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element FeatureVector vector) {
      COLLECTED.get(run).add(vector);
    }
  }

  @ParameterizedTest(name = "{0}, parallelism {1}, seed {2}")
  @CsvSource({
    "DirectRunner, 1, 1",
    "DirectRunner, 1, 2",
    "FlinkRunner, 1, 3",
    "FlinkRunner, 2, 4",
    "FlinkRunner, 4, 5"
  })
  void orderedEqualsTheOracle(String runner, int parallelism, long seed) {
    // The Direct runner looks through all keys of all steps after each bundle: once with all steps,
    // and fewer rows.
    boolean isDirect = runner.equals("DirectRunner");
    FeatureSet<Swipe> set = (seed == 1 ? UNCHAINED : SET).emit(Emission.ordered());
    FeaturePlan plan = FeaturePlan.of(set);
    List<SourceRow> rows = usable(plan, NastyEvents.onKafka(plan, seed).rows(isDirect ? 400 : 700));
    List<FeatureVector> streamed =
        run(runner, parallelism, set, Arrivals.inAnyOrder(plan, rows, new Random(seed)));
    compare("seed " + seed, new NaiveOracle(plan).vectors(rows), streamed);
  }

  /**
   * The Direct runner goes on once all steps have seen a row. On Flink a row may overtake what puts
   * right the copies before it (C9): there those of one id come in knowledge order.
   */
  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"DirectRunner, 11", "FlinkRunner, 12", "FlinkRunner, 13"})
  void onArrivalEqualsTheOracleInTheOrderOfProcessing(String runner, long seed) {
    boolean isDirect = runner.equals("DirectRunner");
    FeatureSet<Swipe> set = (isDirect ? SET : UNCHAINED).emit(Emission.onArrival());
    FeaturePlan plan = FeaturePlan.of(set);
    List<SourceRow> rows = usable(plan, NastyEvents.onKafka(plan, seed).rows(400));
    Collections.shuffle(rows, new Random(seed));
    if (!isDirect) {
      Arrivals.putCopiesInOrder(plan, rows);
    }
    compare(
        "seed " + seed,
        new NaiveOracle(plan).vectorsInProcessingOrder(rows),
        run(runner, 1, set, Arrivals.oneByOne(plan, rows)));
  }

  /** What reaches the transform: late and keyless rows were rejected before. */
  private static List<SourceRow> usable(FeaturePlan plan, List<SourceRow> rows) {
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> usable = new ArrayList<>();
    for (SourceRow row : rows) {
      if (!oracle.isLate(row) && !oracle.isKeyless(row)) {
        usable.add(row);
      }
    }
    assertTrue(usable.size() > rows.size() / 4, "too few usable rows to prove anything");
    return usable;
  }

  private static List<FeatureVector> run(
      String runner,
      int parallelism,
      FeatureSet<Swipe> set,
      TestStream<KV<Integer, byte[]>> stream) {
    return run(runner, parallelism, set, StreamSettings.DEFAULT, List.of(), stream);
  }

  static List<FeatureVector> run(
      String runner,
      int parallelism,
      FeatureSet<?> set,
      StreamSettings settings,
      List<String> moreArgs,
      TestStream<KV<Integer, byte[]>> stream) {
    String run = runner + parallelism + System.nanoTime();
    COLLECTED.put(run, new ConcurrentLinkedQueue<>());
    List<String> args = new ArrayList<>(List.of("--runner=" + runner));
    args.addAll(moreArgs);
    if (runner.equals("FlinkRunner")) {
      args.addAll(
          List.of(
              "--flinkMaster=[local]",
              "--flinkConfDir=" + flinkConfiguration(),
              "--streaming=true",
              "--parallelism=" + parallelism,
              "--objectReuse=true",
              "--fasterCopy=false",
              "--maxBundleSize=100",
              "--maxBundleTimeMills=2"));
    } else {
      args.add("--targetParallelism=1");
    }
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(args.toArray(new String[0])).create());
    pipeline
        .apply(stream)
        .apply("Features", StreamFeatures.withoutStore(set, settings))
        .apply("Collect", ParDo.of(new Collect(run)));
    pipeline.run().waitUntilFinish();
    return List.copyOf(COLLECTED.remove(run));
  }

  /** The folder of Flink's settings: its defaults, as any Java can run them. */
  static Path flinkConfiguration() {
    try {
      String process = Long.toString(ProcessHandle.current().pid()); // one of several
      return FlinkConfiguration.write(
          Path.of("target", "flink-conf", process).toAbsolutePath(), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void compare(String where, List<OracleVector> expected, List<FeatureVector> streamed) {
    assertTrue(expected.size() > 50, where + ": too few vectors to prove anything");
    assertEquals(
        byRequest(expected.stream().map(StreamParityTest::text).toList()),
        byRequest(streamed.stream().map(StreamParityTest::text).toList()),
        where);
  }

  /** Bits, not values: what would print alike must be alike. */
  private static String text(OracleVector v) {
    return v.request().id()
        + "@"
        + v.request().availableAtMicros()
        + new TreeMap<>(v.entities())
        + bits(v.values());
  }

  private static String text(FeatureVector v) {
    return v.requestId()
        + "@"
        + v.availableAtMicros()
        + new TreeMap<>(v.entities())
        + bits(v.values());
  }

  private static String bits(dev.lockstep.value.Values values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(' ').append(values.get(i));
      if (!values.isNull(i)) {
        text.append('#').append(Long.toHexString(values.bits(i)));
      }
    }
    return text.toString();
  }

  private static String byRequest(List<String> texts) {
    TreeMap<String, Integer> sorted = new TreeMap<>();
    texts.forEach(t -> sorted.merge(t, 1, Integer::sum));
    StringBuilder all = new StringBuilder();
    sorted.forEach((text, n) -> all.append(n).append(" x ").append(text).append('\n'));
    return all.toString();
  }
}
