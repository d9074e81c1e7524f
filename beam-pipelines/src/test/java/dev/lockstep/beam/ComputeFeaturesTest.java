package dev.lockstep.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.beam.coder.RecordCoder;
import dev.lockstep.beam.read.Rejected;
import dev.lockstep.define.Aggregations;
import dev.lockstep.define.Durations;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Table;
import dev.lockstep.define.Window;
import dev.lockstep.value.FeatureVector;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;

/** Features in a plain pipeline of someone else's, with all of the Direct runner's checks on. */
class ComputeFeaturesTest {
  private static final Instant NOON = Instant.parse("2001-02-03T12:00:00Z");

  record Visit(String id, String page, Integer seconds, Instant at, Instant known) {}

  record Purchase(String page, double price, Instant at) {}

  record Page(String page, String topic) {}

  private static final EventSource<Visit> VISITS =
      EventSource.of(Visit.class)
          .named("visits")
          .id(Visit::id)
          .eventTime(Visit::at)
          .availableAt(Visit::known);

  private static final EventSource<Purchase> PURCHASES =
      EventSource.of(Purchase.class).named("purchases").eventTime(Purchase::at);

  private static final Entity<String> PAGE = Entity.string("page");

  private static final Table<Page> PAGES = Table.of(Page.class).named("pages").by(PAGE, Page::page);

  private static final FeatureSet<Visit> SET =
      FeatureSet.named("visits_v1")
          .forEach(VISITS)
          .with(
              FeatureView.named("page_visits")
                  .over(VISITS)
                  .by(PAGE, Visit::page)
                  .feature("visits", Aggregations.count().over(Window.last(Durations.hours(1))))
                  .feature(
                      "seconds",
                      Aggregations.sum(Visit::seconds).over(Window.last(Durations.hours(1)))),
              FeatureView.named("page_purchases")
                  .over(PURCHASES)
                  .by(PAGE, Purchase::page)
                  .feature(
                      "price",
                      Aggregations.avg(Purchase::price).over(Window.last(Durations.days(1)))))
          .lookup(PAGES, "topic");

  private static Visit visit(String id, String page, Integer seconds, int minute) {
    Instant at = NOON.plusSeconds(60L * minute);
    return new Visit(id, page, seconds, at, at);
  }

  private final Pipeline pipeline = Pipeline.create();

  private final PCollection<Visit> visits =
      pipeline.apply(
          "Visits",
          Create.of(
                  visit("a", "home", 10, 0),
                  visit("b", "home", 5, 30),
                  visit("b", "home", 5, 31),
                  visit("c", "home", null, 60),
                  visit("d", null, 1, 61),
                  new Visit("e", "home", 7, NOON, NOON.plusSeconds(2 * 86_400)))
              .withCoder(RecordCoder.of(Visit.class)));

  private final PCollection<Purchase> purchases =
      pipeline.apply(
          "Purchases",
          Create.of(
                  new Purchase("home", 2, NOON),
                  new Purchase("home", 5, NOON.plusSeconds(60)),
                  new Purchase("other", Double.NaN, NOON))
              .withCoder(RecordCoder.of(Purchase.class)));

  private final PCollection<Page> pages =
      pipeline.apply(
          "Pages", Create.of(new Page("home", "start")).withCoder(RecordCoder.of(Page.class)));

  private ComputeFeatures<Visit> compute() {
    return ComputeFeatures.of(SET)
        .withEvents(PURCHASES, purchases)
        .withTable(PAGES, pages)
        .withShards(3);
  }

  private static PCollection<String> texts(PCollection<FeatureVector> vectors) {
    return vectors.apply(
        MapElements.into(TypeDescriptors.strings())
            .via(v -> v.requestId() + v.entities() + v.values()));
  }

  @Test
  void givesAVectorForEachRequest() {
    PAssert.that(texts(visits.apply(compute())))
        .containsInAnyOrder(
            "a{page=home}[1, 10, null, start]",
            "b{page=home}[2, 15, 3.5, start]",
            "c{page=home}[2, 5, 3.5, start]");
    pipeline.run().waitUntilFinish();
  }

  /** The same transform on an unbounded collection, whose watermark says when requests are due. */
  @Test
  void givesTheSameVectorsOfUnboundedCollections() {
    TestStream.Builder<Visit> stream = TestStream.create(RecordCoder.of(Visit.class));
    for (Visit visit :
        List.of(
            visit("c", "home", null, 60),
            visit("b", "home", 5, 31),
            visit("a", "home", 10, 0),
            visit("b", "home", 5, 30),
            visit("d", null, 1, 61))) {
      stream =
          stream.addElements(
              TimestampedValue.of(
                  visit, org.joda.time.Instant.ofEpochMilli(visit.known().toEpochMilli())));
    }
    PCollection<Visit> unbounded = pipeline.apply("Stream", stream.advanceWatermarkToInfinity());
    PAssert.that(
            texts(
                unbounded.apply(
                    ComputeFeatures.of(SET.emit(Emission.ordered()))
                        .withEvents(PURCHASES, purchases)
                        .withTable(PAGES, pages))))
        .containsInAnyOrder(
            "a{page=home}[1, 10, null, start]",
            "b{page=home}[2, 15, 3.5, start]",
            "c{page=home}[2, 5, 3.5, start]");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void tellsWhatWasRejected() {
    PCollectionTuple outputs = visits.apply(compute().withRejected());
    PAssert.that(
            outputs
                .get(ComputeFeatures.REJECTED)
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via((Rejected r) -> r.kind() + " " + r.source() + " " + r.reason())))
        .containsInAnyOrder(
            "DEAD_LETTER visits every key it could have is null",
            "LATE visits available 2001-02-05T12:00:00Z by its known, 2 days after at; lateness"
                + " 24 h");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void namesTheSourcesThatAreMissing() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> visits.apply(ComputeFeatures.of(SET)));
    assertTrue(refused.getMessage().contains("also reads [purchases, pages]"));
  }

  @Test
  void recordsComeBackAsTheyWere() throws CoderException {
    RecordCoder<Purchase> coder = RecordCoder.of(Purchase.class);
    for (Purchase purchase :
        List.of(
            new Purchase(null, -0.0, null),
            new Purchase("", Double.NaN, Instant.parse("1969-12-31T23:59:59.999999Z")))) {
      byte[] bytes = CoderUtils.encodeToByteArray(coder, purchase);
      assertEquals(purchase, CoderUtils.decodeFromByteArray(coder, bytes));
    }
  }
}
