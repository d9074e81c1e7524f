package dev.lockstep.kernel;

import dev.lockstep.plan.Ask;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.EntityKeyPlan;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a vector of a request and what its branches answered. Not thread-safe. */
public final class VectorAssembler {
  private final FeaturePlan plan;
  private final List<ValueType> types;
  private final List<Values> empty = new ArrayList<>();
  private final List<ExpressionEvaluator> derived;
  private final List<Integer> placeOfSlot = new ArrayList<>();

  /** The vector and what expressions read beside it; null where that is nothing. */
  private final @Nullable Values beside;

  public VectorAssembler(FeaturePlan plan) {
    this.plan = plan;
    this.types = plan.featureTypes();
    for (Ask ask : plan.asks()) {
      Branch branch = plan.branchOf(ask);
      Values results = new Values(branch.resultTypes());
      // A request at no key: the answer of a state that never saw an event (C7).
      BranchState.of(branch).answer(new BranchRow(false, true, 0, 0, 0, null, null, 0), results);
      empty.add(results);
    }
    this.derived = plan.derived().stream().map(ExpressionEvaluator::new).toList();
    List<ValueType> all = new ArrayList<>(types);
    plan.unseen().forEach(column -> all.add(column.type()));
    this.beside = plan.unseen().isEmpty() ? null : new Values(all);
    for (int slot = 0; slot < plan.derived().size(); slot++) {
      placeOfSlot.add(placeOf(slot));
    }
  }

  private int placeOf(int slot) {
    for (int i = 0; i < plan.features().size(); i++) {
      if (plan.features().get(i).isDerived() && plan.features().get(i).slot() == slot) {
        return i;
      }
    }
    throw new IllegalStateException("no feature has the derived slot " + slot);
  }

  /**
   * The vector.
   *
   * @param answers by ask index; null where the request has no key for it
   */
  public FeatureVector assemble(
      SourceRow request,
      String requestId,
      @Nullable Values[] answers,
      long ingestedAtMicros,
      long emittedAtMicros) {
    Values values = new Values(types);
    values(request.values(), answers, values);
    return new FeatureVector(
        plan.name(),
        plan.fingerprint(),
        requestId,
        request.eventTimeMicros(),
        request.availableAtMicros(),
        entities(request),
        values,
        ingestedAtMicros,
        emittedAtMicros);
  }

  /**
   * The features alone.
   *
   * @param request the columns of the request's source
   * @param answers as for {@link #assemble}
   * @param into a row of {@link FeaturePlan#featureTypes}, wholly overwritten
   */
  public void values(Values request, @Nullable Values[] answers, Values into) {
    if (beside == null) {
      fill(request, answers, into);
      return;
    }
    for (int i = 0; i < plan.unseen().size(); i++) {
      FeatureColumn column = plan.unseen().get(i);
      beside.copy(types.size() + i, answerOf(column.ask(), answers), column.slot());
    }
    fill(request, answers, beside);
    for (int i = 0; i < types.size(); i++) {
      into.copy(i, beside, i);
    }
  }

  private void fill(Values request, @Nullable Values[] answers, Values into) {
    for (int i = 0; i < types.size(); i++) {
      FeatureColumn column = plan.features().get(i);
      if (!column.isDerived()) {
        into.copy(i, answerOf(column.ask(), answers), column.slot());
      }
    }
    for (int slot : plan.derivedOrder()) {
      derived.get(slot).evaluate(request, into, into, placeOfSlot.get(slot));
    }
  }

  /** What an ask was answered; that of an empty state where it had no key. */
  public Values answerOf(int ask, @Nullable Values[] answers) {
    Values answer = answers[ask];
    return answer != null ? answer : empty.get(ask);
  }

  private Map<String, String> entities(SourceRow request) {
    Map<String, String> entities = new LinkedHashMap<>();
    for (EntityKeyPlan entity : plan.entities()) {
      String key = EntityKeys.of(request.values(), entity.columns());
      if (key != null) {
        entities.put(entity.entity(), key);
      }
    }
    return entities;
  }
}
