package dev.lockstep.kernel;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NaiveOracle;
import dev.lockstep.testing.OracleVector;
import dev.lockstep.testing.RecordedEvent;
import dev.lockstep.value.FeatureVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Views asked in roles, with values worked out by hand (C3, C7). */
class RolesTest {
  record Payment(
      String id, @Nullable String sender, @Nullable String receiver, long cents, Instant at) {}

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final EventSource<Payment> PAYMENTS =
      EventSource.of(Payment.class).named("payments").id(Payment::id).eventTime(Payment::at);
  private static final FeatureView<Payment> SENT =
      FeatureView.named("sent")
          .over(PAYMENTS)
          .by(Entity.string("account"), Payment::sender)
          .feature("n", count().over(last(hours(1))))
          .feature("before", sum(Payment::cents).over(last(hours(1))).excludingRequest());
  private static final FeatureSet<Payment> SET =
      FeatureSet.named("payments_v1")
          .forEach(PAYMENTS)
          .with(SENT.askedBy(Payment::sender, "sender").askedBy(Payment::receiver, "receiver"));

  private static Payment payment(
      int minute, @Nullable String sender, @Nullable String receiver, long cents) {
    return new Payment("p" + minute, sender, receiver, cents, NOON.plusSeconds(60L * minute));
  }

  private static List<FeatureVector> vectors(Payment... payments) {
    FeaturePlan plan = FeaturePlan.of(SET);
    NaiveOracle oracle = new NaiveOracle(plan);
    List<SourceRow> rows = new ArrayList<>();
    for (Payment payment : payments) {
      rows.add(
          oracle
              .admitted(new RecordedEvent(0, payment, RecordedEvent.NO_RECORD_TIMESTAMP, 0))
              .orElseThrow());
    }
    KernelRun run = new KernelRun(plan, rows);
    run.run(run.inKnowledgeOrder());
    List<FeatureVector> vectors = List.copyOf(run.vectors.values());
    assertEquals(
        oracle.vectors(rows).stream().map(OracleVector::values).toList(),
        vectors.stream().map(FeatureVector::values).toList());
    return vectors;
  }

  @Test
  void eachRoleIsAnsweredByItsKey() {
    List<FeatureVector> vectors =
        vectors(payment(0, "a", "b", 5), payment(1, "b", "a", 7), payment(2, "a", "b", 9));
    // The request's own event is of its sender alone.
    assertEquals("[1, null, 0, null]", vectors.get(0).values().toString());
    assertEquals("[1, null, 1, 5]", vectors.get(1).values().toString());
    assertEquals("[2, 5, 1, 7]", vectors.get(2).values().toString());
    assertEquals(Map.of("sender", "a", "receiver", "b"), vectors.get(2).entities());
  }

  @Test
  void rolesOfOneKeyGetOneAnswer() {
    List<FeatureVector> vectors = vectors(payment(0, "a", "a", 5), payment(1, "a", "a", 7));
    assertEquals("[1, null, 1, null]", vectors.get(0).values().toString());
    assertEquals("[2, 5, 2, 5]", vectors.get(1).values().toString());
  }

  @Test
  void aRoleWithoutKeyIsEmpty() {
    List<FeatureVector> vectors = vectors(payment(0, "a", null, 5), payment(1, null, "a", 7));
    assertEquals("[1, null, 0, null]", vectors.get(0).values().toString());
    assertEquals("[0, null, 1, 5]", vectors.get(1).values().toString());
    assertEquals(Map.of("sender", "a"), vectors.get(0).entities());
    assertEquals(Map.of("receiver", "a"), vectors.get(1).entities());
  }
}
