package dev.lockstep.testing;

import dev.lockstep.kernel.AskKeys;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.Duplicates;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes what a {@link TestBench} answers to the last record sent, by kernel and by oracle. */
final class BenchAnswers {
  private BenchAnswers() {}

  /**
   * The answer to the last of the records.
   *
   * @throws AssertionError if it is a copy of another, or kernel and oracle differ
   */
  static Answer last(FeaturePlan plan, NaiveOracle oracle, List<BenchRow> sent) {
    List<BenchRow> usable = sent.stream().filter(BenchRow::isUsable).toList();
    int place = usable.size() - 1;
    List<SourceRow> defined = new ArrayList<>();
    List<SourceRow> rows = new ArrayList<>();
    for (BenchRow row : usable) {
      defined.add(Objects.requireNonNull(row.defined()));
      rows.add(Objects.requireNonNull(row.row()));
    }
    boolean[] copies = oracle.duplicates(defined);
    List<SourceRow> events = events(plan, rows);
    SourceRow request = rows.get(place);
    if (copies[place] != !isAmong(events, request)) {
      throw new AssertionError("kernel and definition differ about copies: a bug of Lockstep's");
    }
    if (copies[place]) {
      throw new AssertionError(
          "the request is a copy of id "
              + request.id()
              + ", which was sent before: no vector (C9)");
    }
    OracleVector expected = oracle.vector(defined, place);
    Values answered = answered(plan, events, request);
    compare(plan, expected.values(), answered);
    return new Answer(
        plan, expected, new Explainer(plan, sent, expected.request(), copies, defined));
  }

  private static boolean isAmong(List<SourceRow> rows, SourceRow row) {
    return rows.stream().anyMatch(other -> other == row);
  }

  /** The rows that are events, in knowledge order. */
  private static List<SourceRow> events(FeaturePlan plan, List<SourceRow> rows) {
    Map<List<Object>, List<SourceRow>> byId = new HashMap<>();
    List<SourceRow> events = new ArrayList<>();
    for (SourceRow row : rows) {
      if (row.id() == null) {
        events.add(row);
      } else {
        byId.computeIfAbsent(List.of(row.source(), row.id()), id -> new ArrayList<>()).add(row);
      }
    }
    for (List<SourceRow> copies : byId.values()) {
      SourcePlan source = plan.sources().get(copies.get(0).source());
      copies.sort(Duplicates.order(source));
      events.addAll(Duplicates.events(copies, source.latenessMicros()));
    }
    events.sort(
        Comparator.comparingLong(SourceRow::availableAtMicros)
            .thenComparingLong(SourceRow::sequence));
    return events;
  }

  /** The request's vector, by the parts that batch and stream are made of. */
  private static Values answered(FeaturePlan plan, List<SourceRow> events, SourceRow request) {
    Router router = new Router(plan, plan.branches());
    Map<List<Object>, BranchState> states = new HashMap<>();
    @Nullable Values[] answers = new @Nullable Values[plan.asks().size()];
    for (SourceRow event : events) {
      boolean asks = event == request;
      router.route(
          event,
          asks,
          event.id(),
          0,
          isDeletion(plan, event),
          (branch, key, row) -> {
            BranchState state =
                states.computeIfAbsent(
                    List.of(branch, key), k -> BranchState.of(plan.branches().get(branch)));
            if (plan.branches().get(branch) instanceof LabelPlan) {
              return;
            }
            if (row.isRequest()) {
              Values answer = new Values(plan.branches().get(branch).resultTypes());
              state.answer(row, answer);
              List<Ask> all = plan.asksOf(plan.branches().get(branch));
              for (int i = 0; i < all.size(); i++) {
                if ((row.asks() >> i & 1) != 0) {
                  answers[all.get(i).index()] = answer;
                }
              }
            } else {
              state.add(row);
            }
          });
      if (asks) {
        break;
      }
    }
    askFurther(plan, states, request, answers);
    Values vector = new Values(plan.featureTypes());
    new VectorAssembler(plan).values(request.values(), answers, vector);
    return vector;
  }

  /** Lookups by what others answered. */
  private static void askFurther(
      FeaturePlan plan,
      Map<List<Object>, BranchState> states,
      SourceRow request,
      @Nullable Values[] answers) {
    AskKeys keys = new AskKeys(plan);
    BranchRow asking = BranchRow.asking(request, null);
    for (int level = 1; level <= plan.levels(); level++) {
      for (Ask ask : keys.asks(level)) {
        String key = keys.of(ask, request.values(), answers);
        BranchState state = key == null ? null : states.get(List.of(ask.branch(), key));
        if (state != null) {
          Values answer = new Values(plan.branchOf(ask).resultTypes());
          state.answer(asking, answer);
          answers[ask.index()] = answer;
        }
      }
    }
  }

  private static boolean isDeletion(FeaturePlan plan, SourceRow row) {
    int column = plan.sources().get(row.source()).deletedColumn();
    return column >= 0 && row.values().getBoolean(column);
  }

  private static void compare(FeaturePlan plan, Values expected, Values answered) {
    for (int i = 0; i < expected.size(); i++) {
      if (!Objects.equals(expected.get(i), answered.get(i))
          || expected.bits(i) != answered.bits(i)) {
        throw new AssertionError(
            "the kernel answers ["
                + plan.features().get(i).name()
                + "] with "
                + answered.get(i)
                + ", the definition says "
                + expected.get(i)
                + ": a bug of Lockstep's");
      }
    }
  }
}
