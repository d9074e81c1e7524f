package dev.lockstep.kernel;

import static dev.lockstep.define.Durations.minutes;
import static dev.lockstep.define.Expressions.field;
import static dev.lockstep.define.Expressions.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.EventLabelPlan;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.value.Values;
import dev.lockstep.wire.GoldenFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a label holds from one day to the next: pruned, through bytes, it answers alike. */
class LabelStateCodecTest {
  private static final long FIRST_SEED = 20_261_126;
  private static final int DEFINITIONS = 120;

  record Swipe(String id, Instant at) {}

  record Chargeback(String swipe, Long lost, Instant at) {}

  private static final EventSource<Swipe> SWIPES =
      EventSource.of(Swipe.class).named("swipes").id(Swipe::id).eventTime(Swipe::at);
  private static final EventSource<Chargeback> CHARGEBACKS =
      EventSource.of(Chargeback.class).named("chargebacks").eventTime(Chargeback::at);
  private static final FeaturePlan LOST =
      FeaturePlan.of(
          FeatureSet.named("s").forEach(SWIPES).derive("hour", request(Swipe::at).hourOfDay()),
          Label.from(CHARGEBACKS)
              .on(Chargeback::swipe)
              .within(minutes(1))
              .is("lost", field(Chargeback::lost)));

  /** One key: its state, and the requests that ask it. */
  private static final class Key {
    final BranchState state;
    final List<BranchRow> requests = new ArrayList<>();

    Key(Branch label) {
      state = BranchState.of(label);
    }

    List<Object> answers(BranchState of, Branch label, long oldest) {
      List<Object> answers = new ArrayList<>();
      for (BranchRow request : requests) {
        if (request.eventTimeMicros() >= oldest) {
          Values out = new Values(label.resultTypes());
          of.answer(request, out);
          answers.add(out.get(0) == null ? "null" : out.get(0));
        }
      }
      return answers;
    }
  }

  private static Map<String, Key> keys(FeaturePlan plan, Branch label, List<SourceRow> rows) {
    Map<String, Key> keys = new TreeMap<>();
    Router router = new Router(plan, List.of(label));
    for (SourceRow row : rows) {
      router.route(
          row,
          row.source() == plan.requestSource().index(),
          null,
          0,
          false,
          (branch, text, routed) -> {
            Key key = keys.computeIfAbsent(text, k -> new Key(label));
            if (routed.isEvent()) {
              key.state.add(routed);
            }
            if (routed.isRequest()) {
              key.requests.add(routed);
            }
          });
    }
    return keys;
  }

  @Test
  void prunedAndThroughBytesItAnswersWhoIsStillToAskAlike() {
    int answered = 0;
    int smaller = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DEFINITIONS; seed++) {
      FeaturePlan plan = RandomDefinitions.labelled(seed);
      if (!(plan.label().orElseThrow() instanceof Branch label)) {
        continue;
      }
      LabelStateCodec codec = new LabelStateCodec(label);
      List<SourceRow> rows = NastyEvents.inHistory(plan, seed).rows(300);
      long[] times = rows.stream().mapToLong(SourceRow::eventTimeMicros).sorted().toArray();
      long oldest = times[times.length / 2];
      for (Key key : keys(plan, label, rows).values()) {
        List<Object> expected = key.answers(key.state, label, oldest);
        int whole = codec.toBytes(key.state).length;
        key.state.prune(oldest);
        byte[] pruned = codec.toBytes(key.state);
        smaller += pruned.length < whole ? 1 : 0;
        BranchState again = codec.fromBytes(pruned);
        assertEquals(LabelStateCodec.isEmpty(key.state), LabelStateCodec.isEmpty(again));
        assertEquals(expected, key.answers(again, label, oldest), "seed " + seed);
        answered += expected.size();
      }
    }
    assertTrue(answered > 1_000 && smaller > 100, answered + " answered, " + smaller + " smaller");
  }

  @Test
  void aWindowIsOpenAtItsBeginning() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + DEFINITIONS; seed++) {
      FeaturePlan plan = RandomDefinitions.labelled(seed);
      if (!(plan.label().orElseThrow() instanceof Branch label)) {
        continue;
      }
      boolean event = label instanceof EventLabelPlan;
      boolean isBounded = plan.label().orElseThrow().maturityMicros().isPresent();
      BranchState state = BranchState.of(label);
      state.add(event(label, 100));
      state.prune(100);
      // An event of the request's own instant counts by id (L2), and not in a window (L3).
      assertEquals(
          event ? holdsTrue(label) : false, !LabelStateCodec.isEmpty(state), "seed " + seed);
      state.prune(101);
      assertEquals(event && !isBounded, !LabelStateCodec.isEmpty(state), "seed " + seed);
    }
  }

  /** An event without a value says nothing where a condition must be true. */
  private static boolean holdsTrue(Branch label) {
    return label instanceof EventLabelPlan event && !event.happened();
  }

  private static BranchRow event(Branch label, long time) {
    return new BranchRow(true, false, time, time, 0, new Values(label.columnTypes()), null, 0);
  }

  @Test
  void laterEventsAreThoseOfTheGoldenFile() throws IOException {
    EventLabelPlan label = (EventLabelPlan) LOST.label().orElseThrow();
    LabelStateCodec codec = new LabelStateCodec(label);
    EventLabelState state = new EventLabelState(label);
    for (int i = 3; i > 0; i--) {
      BranchRow event = event(label, i * 1_000_000L);
      if (i != 2 && event.values() != null) {
        event.values().setLong(0, 50L * i);
      }
      state.add(event);
    }
    String golden = HexFormat.of().formatHex(GoldenFiles.hex("/dev/lockstep/kernel/label.hex"));
    assertEquals(golden, HexFormat.of().formatHex(codec.toBytes(state)));
    assertEquals(
        golden,
        HexFormat.of().formatHex(codec.toBytes(codec.fromBytes(HexFormat.of().parseHex(golden)))));
  }
}
