package dev.lockstep.intake;

import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SpineAdmission;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.SpinePlan;
import dev.lockstep.value.Values;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The door of one source, on every path: from the fields of a row to the row's values (C17) and its
 * place in time (C1, C4), or to the reason why it can't be used (C13). Not thread-safe.
 *
 * <p>A reader asks {@link #begin} for the fields, fills them, and calls {@link #admit}; {@link
 * #requireKey} and {@link #lateness} say the rest.
 */
public final class RowIntake {
  private static final int NOT_READ = -1;

  private final SourcePlan source;

  /** What is read: more than the source's plan needs, where rows are passed on whole. */
  private final SourcePlan reading;

  private final Admission admission;
  private final Router router;
  private final @Nullable SpineAdmission spine;
  private final Fields fields;

  /** What the fields fill: the row itself, where its columns are fields as they are. */
  private final Values read;

  private final Values row;
  private final boolean direct;
  private final boolean makesRecords;

  /** The place in {@link #read} of each component of the record. */
  private final int[] places;

  private final RowColumns columns;

  /**
   * The door of a source.
   *
   * @param router that of the path
   */
  public RowIntake(SourcePlan source, Router router) {
    this(source, source, router, null, source.neededComponents());
  }

  /**
   * @param reading the source with the columns that are read beside those it needs
   * @param required the components that a row can't do without
   */
  private RowIntake(
      SourcePlan source,
      SourcePlan reading,
      Router router,
      @Nullable SpinePlan spine,
      List<Integer> required) {
    this.source = source;
    this.reading = reading;
    this.admission = new Admission(source);
    this.router = router;
    this.spine = spine == null ? null : new SpineAdmission(spine);
    this.makesRecords = spine == null ? source.makesRecords() : spine.makesRecords();
    boolean[] present = new boolean[source.columns().size()];
    for (int c = 0; c < present.length; c++) {
      present[c] = spine == null || spine.has(c);
    }
    List<Integer> needed = spine == null ? reading.neededComponents() : spine.neededComponents();
    this.direct =
        reading == source
            && required.size() == needed.size()
            && !makesRecords
            && source.columns().stream().noneMatch(c -> c.computed() != null);
    this.row = source.newRow();
    this.read = direct ? row : new Values(needed.stream().map(i -> component(i).type()).toList());
    this.places = places(needed);
    int[] slots = needed.stream().mapToInt(i -> places[i]).toArray();
    this.columns = new RowColumns(source, present, makesRecords, read, places, row);
    this.fields = new Fields(source, needed, read, slots, required, !direct);
  }

  /** The door of a source of a plan, all of whose branches are routed to. */
  public static RowIntake of(FeaturePlan plan, SourcePlan source) {
    return new RowIntake(source, new Router(plan, plan.branches()));
  }

  /** The door of a spine's rows: requests that are no events (C15). */
  public static RowIntake ofSpine(SpinePlan spine, Router router) {
    SourcePlan requests = spine.requests();
    return new RowIntake(requests, requests, router, spine, spine.neededComponents());
  }

  /**
   * The door of rows that are passed on whole: it reads components beside those that the plan
   * needs, and takes rows in as {@link #of} does. {@link #copyRead} and {@link #copyHeld} give the
   * rest.
   *
   * @param also components that nothing needs
   */
  public static RowIntake ofWhole(FeaturePlan plan, SourcePlan source, List<Integer> also) {
    return ofWhole(source, new Router(plan, plan.branches()), also);
  }

  /** The same with the router of the path. */
  public static RowIntake ofWhole(SourcePlan source, Router router, List<Integer> also) {
    return new RowIntake(source, source.readingAlso(also), router, null, source.neededComponents());
  }

  /**
   * The door of a table's rows for all who share them, whatever they read: a row that has its key
   * and its times is taken in, and a field that can't be read is null. {@link #copyHeld} tells.
   *
   * @param also components that the plan doesn't need
   */
  public static RowIntake ofShared(FeaturePlan plan, SourcePlan table, List<Integer> also) {
    return ofShared(
        table, new Router(plan, plan.branches()), also, SharedRows.required(plan, table));
  }

  /**
   * The same with the router of the path.
   *
   * @param required the components that no row can do without
   */
  public static RowIntake ofShared(
      SourcePlan table, Router router, List<Integer> also, List<Integer> required) {
    return new RowIntake(table, table.readingAlso(also), router, null, required);
  }

  private RecordSchema.Component component(int index) {
    return source.schema().components().get(index);
  }

  private int[] places(List<Integer> needed) {
    int[] found = new int[source.schema().components().size()];
    Arrays.fill(found, NOT_READ);
    for (int i = 0; i < needed.size(); i++) {
      found[needed.get(i)] = direct ? columnOf(needed.get(i)) : i;
    }
    return found;
  }

  private int columnOf(int component) {
    for (int c = 0; c < source.columns().size(); c++) {
      if (source.columns().get(c).component() == component) {
        return c;
      }
    }
    throw new IllegalStateException("no column reads component " + component);
  }

  /** The source with all that is read of it. */
  public SourcePlan source() {
    return reading;
  }

  /** The fields that must be read of each row. */
  public Fields fields() {
    return fields;
  }

  /** Begins the next row: its fields, to be filled. */
  public Fields begin() {
    fields.begin();
    columns.begin();
    return fields;
  }

  /**
   * The row whose fields were given.
   *
   * @param recordTimestampMicros the Kafka record's, or {@link Admission#NO_RECORD_TIMESTAMP}
   * @param position the sequence where the source declares none: a packed (partition, offset), or 0
   * @param ingestedAtMicros see {@link SourceRow#ingestedAtMicros}
   * @return with <b>the same values object each time</b>: what is kept must be copied
   * @throws DataException if it can't be used, with the reason
   */
  public SourceRow admit(long recordTimestampMicros, long position, long ingestedAtMicros) {
    Values values = values();
    router.requireShortKeys(source, values);
    return admission.admit(values, recordTimestampMicros, position, ingestedAtMicros);
  }

  /**
   * The row of a record that somebody made.
   *
   * @return with values of its own
   * @throws DataException if it can't be used, with the reason
   */
  public SourceRow admit(
      Object event, long recordTimestampMicros, long position, long ingestedAtMicros) {
    Values values = values(event);
    router.requireShortKeys(source, values);
    return admission.admit(values.copy(), recordTimestampMicros, position, ingestedAtMicros);
  }

  /**
   * The row of a spine whose fields were given.
   *
   * @return with the same values object each time
   * @throws DataException if it can't be used, with the reason
   */
  public SourceRow ask() {
    if (spine == null) {
      throw new IllegalStateException("a door of events, not of a spine");
    }
    Values values = values();
    router.requireShortKeys(source, values);
    return spine.admit(values);
  }

  /**
   * The columns of the row whose fields were given, whether or not they can be placed in time.
   *
   * @return the same object each time
   * @throws DataException if there are none, with the reason
   */
  public Values values() {
    fields.end();
    return direct ? row : columns.ofRead();
  }

  /**
   * The columns of a record that somebody made.
   *
   * @return the same object each time
   * @throws DataException if there are none, with the reason
   */
  public Values values(Object event) {
    Fields into = begin();
    for (int f = 0; f < into.size(); f++) {
      int component = source.schema().indexOf(into.type(f).component().name());
      try {
        into.object(f, columns.accessed(event, component));
      } catch (DataException e) {
        // Of a record with code of its own all is read, but what it throws counts where it is
        // asked: RowColumns asks again.
        into.passOver(f);
      }
    }
    if (!makesRecords) {
      return values();
    }
    into.end();
    return columns.ofRecord(event);
  }

  /** Whether a row has no key for any view or table, of its own or as a request (C13). */
  public boolean isKeyless(SourceRow admitted) {
    return spine == null ? router.isKeyless(admitted) : router.isKeylessRequest(admitted);
  }

  /**
   * Refuses a row that has no key.
   *
   * @throws DataException for such a row
   */
  public void requireKey(SourceRow admitted) {
    if (isKeyless(admitted)) {
      throw new DataException(Router.KEYLESS);
    }
  }

  /** Why a row goes to the late output (C4), with its figures; null for one that doesn't. */
  public @Nullable String lateness(SourceRow admitted) {
    return admission.lateness(admitted);
  }

  /** Whether the row whose fields were given is as unusable to another reading of its source. */
  public boolean isFaultyTo(SourcePlan other) {
    return fields.isFaulty(other) || (columns.isRefusedByConstructor() && other.makesRecords());
  }

  /**
   * Why the row that was taken in can't be used by those who read some components of it; null where
   * it can.
   */
  public @Nullable DataException faultOf(List<Integer> components) {
    for (int component : components) {
      int field = fields.indexOf(component(component).fieldName());
      DataException fault = field < 0 ? null : fields.fault(field);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /**
   * Copies what was read of the row that was taken in, whatever the record's own code makes of it.
   *
   * @param into of the types of all the record's components; NaN and infinities are kept
   * @return the components that are there: read, and without fault
   */
  public BitSet copyRead(Values into) {
    BitSet there = new BitSet(places.length);
    for (int c = 0; c < places.length; c++) {
      int field = fields.indexOf(component(c).fieldName());
      into.setNull(c);
      if (field >= 0 && fields.fault(field) == null) {
        there.set(c);
        into.copy(c, read, places[c]);
      }
    }
    return there;
  }

  /**
   * Copies what each component of the row that was taken in is to plans that read it: what a
   * record's own accessors give; NaN and infinities are null (C6).
   *
   * @param into of the types of all the record's components
   * @return the components that can't be had: those who read one can't use the row
   */
  public BitSet copyHeld(Values into) {
    BitSet there = copyRead(into);
    Object made = columns.lastMade();
    BitSet faulty = new BitSet(places.length);
    for (int c = 0; c < places.length; c++) {
      if (!there.get(c)) {
        faulty.set(c);
        continue;
      }
      try {
        into.set(c, made != null ? columns.accessed(made, c) : into.get(c));
      } catch (ArithmeticException | IllegalArgumentException | DataException e) {
        into.setNull(c);
        faulty.set(c);
      }
    }
    return faulty;
  }

  /** NaN and infinite numbers that became null since this was asked last (C6). */
  public long takeNotFinite() {
    return columns.takeNotFinite() + fields.takeNotFinite();
  }
}
