package dev.lockstep.testing;

import dev.lockstep.kernel.SourceRow;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.EntityKeyPlan;
import dev.lockstep.plan.FeatureColumn;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LabelPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.ValueType;
import dev.lockstep.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The definition of every feature value as a double loop: for each request, over all events. Never
 * optimised, and independent of the kernel: what every path is compared with, to the bit.
 *
 * <p>Quadratic: for some thousand events, not for a history.
 */
public final class NaiveOracle {
  private final FeaturePlan plan;
  private final NaiveAdmission admission;
  private final NaiveAnswers answers;
  private final NaiveLabel label;

  public NaiveOracle(FeaturePlan plan) {
    this.plan = plan;
    this.admission = new NaiveAdmission(plan);
    this.answers = new NaiveAnswers(plan);
    this.label = new NaiveLabel(plan);
  }

  /** The event of a record with its place in time (C1); empty where it is a data error (C13). */
  public Optional<SourceRow> admitted(RecordedEvent event) {
    return admission.admitted(event);
  }

  /** The events of records; those that are data errors are left out (C13). */
  public List<SourceRow> admitted(List<RecordedEvent> events) {
    return events.stream().map(admission::admitted).flatMap(Optional::stream).toList();
  }

  /** Whether an event or request goes to the late output (C4). */
  public boolean isLate(SourceRow row) {
    return admission.isLate(row);
  }

  /**
   * Whether a row has a key for nothing that it could be asked about or counted in: a data error
   * (C13). A label is not counted as such a thing.
   */
  public boolean isKeyless(SourceRow row) {
    boolean any = false;
    for (Branch branch : plan.branches()) {
      if (branch instanceof LabelPlan) {
        continue;
      }
      boolean asEvent = branch.source() == row.source();
      boolean asRequest = row.source() == plan.requestSource().index();
      if ((asEvent && NaiveAnswers.key(row, branch.eventKey()) != null)
          || (asRequest && isAsked(branch, row))) {
        return false;
      }
      any |= asEvent || asRequest;
    }
    return any;
  }

  /** Whether a request has a key for a branch, in any role. */
  private boolean isAsked(Branch branch, SourceRow request) {
    boolean asked = false;
    for (Ask ask : plan.asks()) {
      asked |=
          ask.branch() == branch.index()
              && ask.level() == 0
              && NaiveAnswers.key(request, ask.columns()) != null;
    }
    return asked;
  }

  /** For each row, whether it is a copy that changes nothing (C9); late and keyless rows aren't. */
  public boolean[] duplicates(List<SourceRow> rows) {
    boolean[] duplicate = new boolean[rows.size()];
    Map<List<Object>, List<Integer>> byId = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      SourceRow row = rows.get(i);
      if (row.id() != null && isUsable(row)) {
        byId.computeIfAbsent(List.of(row.source(), row.id()), k -> new ArrayList<>()).add(i);
      }
    }
    for (List<Integer> copies : byId.values()) {
      SourcePlan source = plan.sources().get(rows.get(copies.get(0)).source());
      var order = NaiveOrder.knowledge(source);
      copies.sort((a, b) -> order.compare(rows.get(a), rows.get(b)));
      long lateness = source.latenessMicros();
      BigInteger heldUntil = null;
      for (int copy : copies) {
        BigInteger available = BigInteger.valueOf(rows.get(copy).availableAtMicros());
        if (heldUntil != null && available.compareTo(heldUntil) <= 0) {
          duplicate[copy] = true;
        } else {
          heldUntil = available.add(BigInteger.valueOf(lateness));
        }
      }
    }
    return duplicate;
  }

  private boolean isUsable(SourceRow row) {
    return !isLate(row) && !isKeyless(row);
  }

  /**
   * The vectors of all answerable requests, in the list's order: what {@code ordered()} and batch
   * publish (C2, C3, C5).
   *
   * @param rows all events, requests and table versions, in any order
   */
  public List<OracleVector> vectors(List<SourceRow> rows) {
    boolean[] duplicate = duplicates(rows);
    List<SourceRow> usable = kept(rows, duplicate, rows.size());
    List<OracleVector> vectors = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (isRequest(rows.get(i)) && !duplicate[i]) {
        vectors.add(vector(rows.get(i), i, usable, usable));
      }
    }
    return vectors;
  }

  /** The vector of one of the rows, a request that is neither late nor unusable nor a copy. */
  OracleVector vector(List<SourceRow> rows, int place) {
    List<SourceRow> usable = kept(rows, duplicates(rows), rows.size());
    return vector(rows.get(place), place, usable, usable);
  }

  /**
   * A row of a spine (C15); empty where it is a data error.
   *
   * @param row as a record of the requests' type
   * @param columns the components that the spine has; the others count as null
   */
  public Optional<SourceRow> asked(Record row, Set<String> columns) {
    return admission.asked(row, columns);
  }

  /**
   * The vectors of a spine's rows, in their order (C15); a late row, and one without any key, has
   * none.
   *
   * @param rows all events and table versions, in any order
   * @param spine rows that are requests and no events
   */
  public List<OracleVector> vectors(List<SourceRow> rows, List<SourceRow> spine) {
    List<SourceRow> usable = kept(rows, duplicates(rows), rows.size());
    List<OracleVector> vectors = new ArrayList<>();
    for (int i = 0; i < spine.size(); i++) {
      SourceRow asks = spine.get(i);
      boolean any = false;
      boolean keyed = false;
      for (Branch branch : plan.branches()) {
        any |= !(branch instanceof LabelPlan);
        keyed |= !(branch instanceof LabelPlan) && isAsked(branch, asks);
      }
      if (!isLate(asks) && (keyed || !any)) {
        vectors.add(vector(asks, i, usable, usable));
      }
    }
    return vectors;
  }

  /**
   * The vectors that {@code onArrival()} publishes when rows are processed in the list's order
   * (C5): each from what was processed before it and is known by it, and its own event. A copy of a
   * request gets no second vector, whichever copy was processed first. Labels are of all rows.
   */
  public List<OracleVector> vectorsInProcessingOrder(List<SourceRow> recorded) {
    List<SourceRow> usable = kept(recorded, duplicates(recorded), recorded.size());
    List<OracleVector> vectors = new ArrayList<>();
    for (int i = 0; i < recorded.size(); i++) {
      List<SourceRow> processed = recorded.subList(0, i + 1);
      boolean[] duplicate = duplicates(processed);
      if (isRequest(recorded.get(i)) && !isSecondCopy(processed, duplicate)) {
        vectors.add(vector(recorded.get(i), i, kept(recorded, duplicate, i + 1), usable));
      }
    }
    return vectors;
  }

  /** Whether the last row shares its event with a copy processed before it. */
  private boolean isSecondCopy(List<SourceRow> processed, boolean[] duplicate) {
    int last = processed.size() - 1;
    if (duplicate[last]) {
      return true;
    }
    // It is the event itself: then it is a second copy if, without it, more copies were events.
    boolean[] without = duplicates(processed.subList(0, last));
    for (int i = 0; i < last; i++) {
      if (duplicate[i] && !without[i]) {
        return true;
      }
    }
    return false;
  }

  private boolean isRequest(SourceRow row) {
    return row.source() == plan.requestSource().index() && isUsable(row);
  }

  private List<SourceRow> kept(List<SourceRow> rows, boolean[] duplicate, int count) {
    List<SourceRow> kept = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!duplicate[i] && isUsable(rows.get(i))) {
        kept.add(rows.get(i));
      }
    }
    return kept;
  }

  private OracleVector vector(
      SourceRow request, int place, List<SourceRow> events, List<SourceRow> all) {
    // Behind the vector what only expressions read.
    List<FeatureColumn> columns = new ArrayList<>(plan.features());
    columns.addAll(plan.unseen());
    Values row = new Values(columns.stream().map(FeatureColumn::type).toList());
    for (int i = 0; i < row.size(); i++) {
      FeatureColumn feature = columns.get(i);
      if (!feature.isDerived()) {
        Ask ask = plan.asks().get(feature.ask());
        row.set(i, answers.answer(ask, feature.slot(), request, events));
      }
    }
    for (int slot : plan.derivedOrder()) {
      for (int i = 0; i < row.size(); i++) {
        FeatureColumn feature = columns.get(i);
        if (feature.isDerived() && feature.slot() == slot) {
          row.set(i, NaiveExpressions.value(plan.derived().get(slot), request.values(), row));
        }
      }
    }
    Values values = new Values(plan.features().stream().map(FeatureColumn::type).toList());
    for (int i = 0; i < values.size(); i++) {
      values.set(i, row.get(i));
    }
    return new OracleVector(request, place, entities(request), values, label.value(request, all));
  }

  private Map<String, String> entities(SourceRow request) {
    Map<String, String> entities = new HashMap<>();
    for (EntityKeyPlan entity : plan.entities()) {
      List<Object> parts = NaiveAnswers.key(request, entity.columns());
      if (parts != null) {
        List<String> escaped = new ArrayList<>();
        for (Object part : parts) {
          String text = part.toString();
          escaped.add(parts.size() == 1 ? text : text.replace("\\", "\\\\").replace("|", "\\|"));
        }
        entities.put(entity.entity(), String.join("|", escaped));
      }
    }
    return entities;
  }

  /** The type of the label, where the plan has one. */
  public Optional<ValueType> labelType() {
    return plan.label().map(LabelPlan::type);
  }

  /**
   * Up to where a history is whole, as far as its label can tell (L5): the greatest availability of
   * an event of the label's source. Empty where there is none, or no source to wait for.
   *
   * @param rows all rows that are no data errors, late ones and copies included
   */
  public OptionalLong horizonMicros(List<SourceRow> rows) {
    return label.horizonMicros(rows);
  }

  /** Whether nothing can still come that counts for a request's label (L5). */
  public boolean isMature(SourceRow request, long horizonMicros) {
    return label.isMature(request, horizonMicros);
  }
}
