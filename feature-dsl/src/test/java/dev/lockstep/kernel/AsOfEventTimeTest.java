package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.DefinitionException;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.testing.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** C16: everything known when it happened, for comparison. */
class AsOfEventTimeTest {
  private static final long FIRST_SEED = 20_261_127;
  private static final int DEFINITIONS = 30;
  private static final int EVENTS = 140;
  private static final Instant T = Instant.parse("2024-05-01T12:00:00Z");

  private static Optional<SourceRow> admitted(FeaturePlan plan, RecordedEvent record) {
    SourcePlan source = plan.sources().get(record.source());
    try {
      return Optional.of(
          RowIntake.of(plan, source)
              .admit(record.value(), record.recordTimestampMicros(), record.position(), 0));
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  /** The same as with availableAt(event time) by hand, in history without record timestamps. */
  @Test
  void equalsTheDefinitionByHand() {
    int differsFromKnown = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DEFINITIONS; seed++) {
      FeaturePlan known = FeaturePlan.of(RandomDefinitions.set(seed));
      FeaturePlan mode = FeaturePlan.of(RandomDefinitions.set(seed).asOfEventTime());
      FeaturePlan byHand = FeaturePlan.of(RandomDefinitions.setOnTime(seed));
      List<SourceRow> rows = new ArrayList<>();
      List<SourceRow> rowsByHand = new ArrayList<>();
      for (RecordedEvent record : NastyEvents.onKafka(known, seed).records(EVENTS)) {
        Optional<SourceRow> row = admitted(mode, record);
        assertEquals(new NaiveOracle(mode).admitted(record), row, "seed " + seed);
        row.ifPresent(rows::add);
        new NaiveOracle(byHand)
            .admitted(record.at(RecordedEvent.NO_RECORD_TIMESTAMP, record.position()))
            .ifPresent(rowsByHand::add);
      }
      KernelRun run = new KernelRun(mode, rows);
      run.run(run.inKnowledgeOrder());
      List<OracleVector> expected = new NaiveOracle(byHand).vectors(rowsByHand);
      assertEquals(
          expected.stream().map(OracleVector::place).toList(), List.copyOf(run.vectors.keySet()));
      for (OracleVector vector : expected) {
        assertEquals(
            vector.values(),
            run.vectors.get(vector.place()).values(),
            "seed " + seed + ", " + vector);
      }
      assertNotEquals(known.fingerprint(), mode.fingerprint());
      assertNotEquals(byHand.fingerprint(), mode.fingerprint());
      for (int v = 0; v < known.views().size(); v++) {
        assertNotEquals(
            byHand.views().get(v).fingerprint(), mode.views().get(v).fingerprint(), "state");
      }
      differsFromKnown += mode.text().contains("emit ON_ARRIVAL as of event time\n") ? 1 : 0;
    }
    assertEquals(DEFINITIONS, differsFromKnown, "the text says it");
  }

  record Flight(String id, String origin, Instant date) {}

  record Landing(String flight, String origin, Long delay, Instant date, Instant landed) {}

  private static final Entity<String> ORIGIN = Entity.string("origin");
  private static final EventSource<Flight> FLIGHTS =
      EventSource.of(Flight.class).named("flights").id(Flight::id).eventTime(Flight::date);
  private static final EventSource<Landing> LANDINGS =
      EventSource.of(Landing.class)
          .named("landings")
          .eventTime(Landing::date)
          .availableAt(Landing::landed)
          .lateness(hours(5));
  private static final FeatureSet<Flight> SET =
      FeatureSet.named("s")
          .forEach(FLIGHTS)
          .entity(ORIGIN, Flight::origin)
          .with(
              FeatureView.named("landed")
                  .over(LANDINGS)
                  .by(ORIGIN, Landing::origin)
                  .feature("n", count().over(last(hours(3)))));
  private static final Label<Landing> LABEL =
      Label.from(LANDINGS).on(Landing::flight).is("delay", field(Landing::delay));

  /** The one vector, with its label; each record goes to every source of its name. */
  private static OracleVector vector(FeatureSet<?> set, Record... records) {
    FeaturePlan plan = FeaturePlan.of(set, LABEL);
    List<RecordedEvent> recorded = new ArrayList<>();
    for (Record record : records) {
      String name = record instanceof Flight ? "flights" : "landings";
      for (SourcePlan source : plan.sources()) {
        if (source.name().equals(name)) {
          recorded.add(
              new RecordedEvent(source.index(), record, RecordedEvent.NO_RECORD_TIMESTAMP, 0));
        }
      }
    }
    List<SourceRow> rows = new NaiveOracle(plan).admitted(recorded);
    List<OracleVector> expected = new NaiveOracle(plan).vectors(rows);
    KernelRun run = new KernelRun(plan, rows);
    run.run(run.inKnowledgeOrder());
    OracleVector only = expected.get(0);
    assertEquals(1, expected.size());
    assertEquals(only.values(), run.vectors.get(only.place()).values());
    assertEquals(only.label(), run.labels.get(only.place()));
    return only;
  }

  private static Landing landing(String flight, long delay, long happened, long known) {
    return new Landing(
        flight, "A", delay, T.plusSeconds(3600 * happened), T.plusSeconds(3600 * known));
  }

  /** Features see what nobody could know; the label is the first known that isn't late, as ever. */
  @Test
  void theLabelStaysAsKnown() {
    Record[] records = {
      new Flight("f", "A", T),
      landing("g", 5, -1, 1),
      landing("f", 1, 0, 6),
      landing("f", 2, 1, 5),
      landing("f", 3, 2, 4)
    };
    OracleVector known = vector(SET, records);
    OracleVector compared = vector(SET.asOfEventTime(), records);
    assertEquals(0L, known.values().get(0));
    assertEquals(1L, compared.values().get(0));
    assertEquals(3L, known.label());
    assertEquals(3L, compared.label());
  }

  @Test
  void itWarnsAndStreamsRefuseIt() {
    FeaturePlan plan = FeaturePlan.of(SET.asOfEventTime(), LABEL);
    assertTrue(plan.isAsOfEventTime());
    assertEquals(
        """
        label delay: n reads landings, the label's source, as of event time, so features can see the label
            cure: compare with what is made of it, and train on the set as known""",
        plan.warnings(java.util.Set.of()).get(0).toString());
    DefinitionException thrown =
        assertThrows(DefinitionException.class, () -> plan.requireAsKnown("a stream"));
    assertEquals(
        """
        feature set s has 1 error
          feature set s: it is as of event time, which a stream can't compute: no event is there before it is known
            cure: drop asOfEventTime(), which is for comparing training sets""",
        thrown.getMessage());
    FeaturePlan.of(SET, LABEL).requireAsKnown("a stream");
    assertTrue(plan.explain().contains(", as of event time: for comparison only\n"));
  }
}
