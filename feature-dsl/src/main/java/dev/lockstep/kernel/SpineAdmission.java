package dev.lockstep.kernel;

import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.SpinePlan;
import dev.lockstep.value.Values;

/** The rules of time of a spine's rows (C15): requests that are no events. */
public final class SpineAdmission {
  /** Before every event's: of its own instant a row knows nothing. */
  public static final long NO_SEQUENCE = Long.MIN_VALUE;

  private final SpinePlan spine;
  private final Admission ofRequests;

  public SpineAdmission(SpinePlan spine) {
    this.spine = spine;
    this.ofRequests = new Admission(spine.requests());
  }

  /**
   * Places a row in time.
   *
   * @param values of the layout of the requests' source, null in what the spine lacks
   * @throws DataException if the row has no event time, no availability where the spine has such a
   *     column, or a time too far ahead
   */
  public SourceRow admit(Values values) {
    SourcePlan requests = spine.requests();
    long eventTime = ofRequests.required(values, requests.eventTimeColumn(), "event time");
    long availableAt =
        spine.hasAvailableAt()
            ? ofRequests.required(values, requests.availableAtColumn(), "available at")
            : eventTime;
    ofRequests.checkSkew(eventTime, availableAt, "its availability ");
    boolean named = spine.hasId() && !values.isNull(requests.idColumn());
    return new SourceRow(
        requests.index(),
        eventTime,
        availableAt,
        NO_SEQUENCE,
        named ? Admission.idText(values, requests.idColumn()) : null,
        values,
        0);
  }

  /** Whether an admitted row goes to the late output (C4). */
  public boolean isLate(SourceRow row) {
    return ofRequests.isLate(row);
  }
}
