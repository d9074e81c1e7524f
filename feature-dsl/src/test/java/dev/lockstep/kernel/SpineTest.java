package dev.lockstep.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.expression.Node;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.SpinePlan;
import dev.lockstep.plan.TypedExpression;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** C15: vectors and labels of a spine over nasty events, against the definition, to the bit. */
class SpineTest {
  private static final long FIRST_SEED = 20_261_126;
  private static final int DEFINITIONS = 50;
  private static final int EVENTS = 160;

  /** The columns of a random spine: all, but by chance without id, availability or sequence. */
  private static Set<String> columns(FeaturePlan plan, SplittableRandom random) {
    SourcePlan source = plan.requestSource();
    Set<String> columns = new HashSet<>();
    source.schema().components().stream().map(RecordSchema.Component::name).forEach(columns::add);
    boolean needsId = plan.label().orElse(null) instanceof EventLabelPlan;
    for (int optional :
        new int[] {
          needsId ? -1 : source.idColumn(), source.availableAtColumn(), source.sequenceColumn()
        }) {
      boolean isRead = plan.derived().stream().anyMatch(e -> reads(e, optional));
      if (optional >= 0 && !isRead && random.nextBoolean()) {
        columns.remove(source.columns().get(optional).name());
      }
    }
    return columns;
  }

  private static boolean reads(TypedExpression e, int column) {
    return (e.expression() instanceof Node.Field && e.index() == column)
        || e.operands().stream().anyMatch(o -> reads(o, column));
  }

  /** What asks: records of the requests' type, many at the very instants of the events. */
  private static List<Record> asking(FeaturePlan plan, List<RecordedEvent> events, long seed) {
    List<Record> asking = new ArrayList<>();
    for (RecordedEvent record : NastyEvents.inHistory(plan, seed).records(EVENTS)) {
      if (record.source() == plan.requestSource().index()) {
        asking.add(record.value());
      }
    }
    events.stream()
        .filter(e -> e.source() == plan.requestSource().index())
        .limit(EVENTS / 4)
        .forEach(e -> asking.add(e.value()));
    return asking;
  }

  private static Optional<SourceRow> admitted(FeaturePlan plan, SpinePlan spine, Record row) {
    SourcePlan source = plan.requestSource();
    Values read = RowIntake.of(plan, source).values(row);
    Values values = source.newRow();
    for (int i = 0; i < values.size(); i++) {
      if (spine.has(i)) {
        values.copy(i, read, i);
      }
    }
    try {
      return Optional.of(new SpineAdmission(spine).admit(values));
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  @Test
  void spines() {
    int present = 0;
    int compared = 0;
    int labels = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DEFINITIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      FeaturePlan plan = RandomDefinitions.plan(seed);
      NaiveOracle oracle = new NaiveOracle(plan);
      Set<String> columns = columns(plan, random);
      SpinePlan spine = SpinePlan.of(plan, columns);
      List<RecordedEvent> events = NastyEvents.inHistory(plan, seed).records(EVENTS);
      List<SourceRow> asking = new ArrayList<>();
      for (Record row : asking(plan, events, seed + 1_000_000)) {
        Optional<SourceRow> admitted = admitted(plan, spine, row);
        assertEquals(oracle.asked(row, columns), admitted, "seed " + seed);
        admitted.ifPresent(asking::add);
      }
      List<SourceRow> rows = oracle.admitted(events);
      KernelRun run = new KernelRun(plan, rows).runSpine(asking, random);
      List<OracleVector> expected = oracle.vectors(rows, asking);
      assertEquals(
          expected.stream().map(OracleVector::place).toList(),
          List.copyOf(run.vectors.keySet()),
          "seed " + seed);
      for (OracleVector vector : expected) {
        String where = "seed " + seed + ", " + vector;
        Values values = run.vectors.get(vector.place()).values();
        assertEquals(vector.values(), values, where);
        assertEquals(vector.entities(), run.vectors.get(vector.place()).entities(), where);
        assertEquals(vector.label(), run.labels.get(vector.place()), where);
        labels += vector.label() == null ? 0 : 1;
        for (int i = 0; i < values.size(); i++) {
          compared++;
          present += values.isNull(i) ? 0 : 1;
        }
      }
    }
    System.out.printf(
        "spines: %d values, %d not null, %d labels, seeds from %d%n",
        compared, present, labels, FIRST_SEED);
    assertTrue(present > compared / 4 && labels > 300, present + " values, " + labels + " labels");
  }
}
