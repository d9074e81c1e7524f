package dev.lockstep.fuzz;

import static dev.lockstep.define.Aggregations.avg;
import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Aggregations.distinct;
import static dev.lockstep.define.Aggregations.last;
import static dev.lockstep.define.Aggregations.max;
import static dev.lockstep.define.Aggregations.stddev;
import static dev.lockstep.define.Aggregations.sum;
import static dev.lockstep.define.Expressions.field;

import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.define.Table;
import dev.lockstep.define.Window;
import dev.lockstep.fuzz.ByteFormat.Form;
import dev.lockstep.kernel.BlockWrite;
import dev.lockstep.kernel.BlockedStateCodec;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.BranchRowCodec;
import dev.lockstep.kernel.BranchState;
import dev.lockstep.kernel.EntityState;
import dev.lockstep.kernel.EntityStateCodec;
import dev.lockstep.kernel.LabelStateCodec;
import dev.lockstep.kernel.Router;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.kernel.StateMigration;
import dev.lockstep.kernel.TableCell;
import dev.lockstep.kernel.TableState;
import dev.lockstep.kernel.TableStateCodec;
import dev.lockstep.kernel.TableVersion;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.plan.Branch;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.ViewPlan;
import dev.lockstep.store.StateMark;
import dev.lockstep.testing.NastyEvents;
import dev.lockstep.testing.RandomDefinitions;
import dev.lockstep.testing.RandomDefinitions.Account;
import dev.lockstep.testing.RandomDefinitions.Swipe;
import dev.lockstep.value.Values;
import dev.lockstep.wire.ByteReader;
import dev.lockstep.wire.ByteWriter;
import dev.lockstep.wire.WireException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The formats of {@code dev.lockstep.kernel}, of a plan with columns of every type. */
final class KernelFormats {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final FeaturePlan PLAN = plan();
  private static final ViewPlan VIEW = PLAN.views().get(0);
  private static final LookupPlan LOOKUP = PLAN.lookups().get(0);
  private static final SourcePlan TABLE = PLAN.sources().get(LOOKUP.source());
  private static final Branch LABEL = (Branch) PLAN.label().orElseThrow();
  private static final LabelStateCodec LABEL_STATES = new LabelStateCodec(LABEL);
  private static final EntityStateCodec STATES = new EntityStateCodec(VIEW);
  private static final BlockedStateCodec BLOCKED_STATES = new BlockedStateCodec(VIEW, 2);
  private static final TableStateCodec TABLE_STATES = new TableStateCodec(LOOKUP);
  private static final BranchRowCodec ROWS = new BranchRowCodec(VIEW);
  private static final SourceRowCodec SOURCE_ROWS = new SourceRowCodec(PLAN);
  private static final TableVersionsCodec VERSIONS = new TableVersionsCodec(TABLE);

  private KernelFormats() {}

  private static FeaturePlan plan() {
    EventSource<Swipe> swipes =
        EventSource.of(Swipe.class)
            .named("swipes")
            .id(Swipe::id)
            .eventTime(Swipe::at)
            .availableAt(Swipe::known);
    Table<Account> accounts =
        Table.of(Account.class)
            .named("accounts")
            .by(RandomDefinitions.CARD, Account::card)
            .effectiveFrom(Account::since)
            .availableAt(Account::stamped);
    Window minute = Window.last(Duration.ofMinutes(1));
    Window hour = Window.last(HOUR);
    return FeaturePlan.of(
        FeatureSet.named("fuzzed")
            .forEach(swipes)
            .entity(RandomDefinitions.CARD, Swipe::card)
            .with(
                FeatureView.named("v_card")
                    .over(swipes)
                    .by(RandomDefinitions.CARD, Swipe::card)
                    .feature("swipes", count().over(minute))
                    .feature("others", count().over(hour).excludingRequest())
                    .feature("amount", sum(Swipe::amount).over(hour))
                    .feature("tip", avg(Swipe::tip).over(hour))
                    .feature("spread", stddev(Swipe::amount).over(minute))
                    .feature("points", stddev(Swipe::points).over(hour))
                    .feature("known", max(Swipe::known).over(hour))
                    .feature("online", last(Swipe::online).over(hour))
                    .feature("notes", distinct(Swipe::note).over(hour))
                    .feature("hopped", avg(Swipe::tip).over(Window.last(DAY).hop(HOUR)))
                    .feature("daily", stddev(Swipe::amount).over(Window.tumbling(DAY)))
                    .feature("newest", sum(Swipe::points).over(Window.lastEvents(3)))
                    .feature("visit", count().over(Window.session(HOUR, DAY)))
                    .feature("today", count().over(Window.dayToDate(ZoneId.of("America/New_York"))))
                    .feature("ever", max(Swipe::amount).over(Window.lifetime())))
            .lookup(accounts, "limit")
            .lookup(accounts, "tier"),
        Label.from(swipes).on(Swipe::id).within(DAY).is("later", field(Swipe::amount)));
  }

  static ByteFormat<SourceRow> sourceRow() {
    return format(
        SourceRowCodec.class,
        Form.CANONICAL,
        SOURCE_ROWS::fromBytes,
        SOURCE_ROWS::toBytes,
        random -> rows(random, 1).get(0),
        row -> row);
  }

  static ByteFormat<BranchRow> branchRow() {
    return format(
        BranchRowCodec.class,
        Form.CANONICAL_NEXT,
        bytes -> ROWS.read(new ByteReader(bytes)),
        ROWS::toBytes,
        random -> branchRows(random, 1).get(0),
        row -> row);
  }

  static ByteFormat<EntityState> entityState() {
    return format(
        EntityStateCodec.class,
        Form.CANONICAL,
        STATES::fromBytes,
        STATES::toBytes,
        KernelFormats::state,
        KernelFormats::answers);
  }

  /** The header, then each block's id and bytes: as if kept in one value. */
  static ByteFormat<EntityState> blockedState() {
    return format(
        BlockedStateCodec.class,
        Form.WHOLE,
        bytes -> {
          ByteReader in = new ByteReader(bytes);
          byte[] header = in.readBlob();
          Map<Long, byte[]> blocks = new HashMap<>();
          while (in.remaining() > 0) {
            blocks.put(in.readVarint(), in.readBlob());
          }
          return BLOCKED_STATES.read(header, blocks::get);
        },
        state -> {
          // Written from nothing: a state that was read is written as the next revision of itself.
          EntityState copy = STATES.fromBytes(STATES.toBytes(state));
          BlockWrite write = BLOCKED_STATES.write(copy);
          ByteWriter out = new ByteWriter();
          out.writeBlob(write.header());
          new TreeMap<>(write.put())
              .forEach(
                  (id, block) -> {
                    out.writeVarint(id);
                    out.writeBlob(block);
                  });
          return out.toByteArray();
        },
        KernelFormats::state,
        KernelFormats::answers);
  }

  static ByteFormat<StateMark> stateMark() {
    return format(
        EntityStateCodec.class,
        Form.NEXT,
        bytes -> EntityStateCodec.markOf(bytes, 3),
        mark -> {
          ByteWriter out = new ByteWriter();
          byte[] empty = STATES.toBytes(new EntityState(VIEW));
          // Without the position, the count of what was applied, and that of rows.
          out.writeBytes(java.util.Arrays.copyOf(empty, empty.length - 18));
          out.writeFixed64(mark.availableAtMicros());
          out.writeFixed64(mark.sequence());
          out.writeVarint(mark.applied());
          return out.toByteArray();
        },
        random -> EntityStateCodec.markOf(STATES.toBytes(state(random)), 3),
        mark -> mark);
  }

  /** To the same definition: bytes become those of the same state. */
  static ByteFormat<byte[]> stateMigration() {
    return format(
        StateMigration.class,
        Form.CANONICAL,
        StateMigration.of(PLAN, PLAN, VIEW.name())::migrate,
        bytes -> bytes,
        random -> STATES.toBytes(state(random)),
        bytes -> HexFormat.of().formatHex(bytes));
  }

  /** What later events say; a window's state is that of its view. */
  static ByteFormat<BranchState> labelState() {
    return format(
        LabelStateCodec.class,
        Form.CANONICAL,
        LABEL_STATES::fromBytes,
        LABEL_STATES::toBytes,
        KernelFormats::label,
        state -> HexFormat.of().formatHex(LABEL_STATES.toBytes(state)));
  }

  private static BranchState label(SplittableRandom random) {
    BranchState state = BranchState.of(LABEL);
    Router router = new Router(PLAN, List.of(LABEL));
    for (SourceRow row : rows(random, 1 + random.nextInt(9))) {
      router.route(
          row,
          false,
          null,
          0,
          false,
          (branch, key, routed) -> {
            if (routed.isEvent()) {
              state.add(routed);
            }
          });
    }
    return state;
  }

  static ByteFormat<TableCell> tableVersions() {
    return format(
        TableVersionsCodec.class,
        Form.CANONICAL,
        bytes -> {
          TableCell cell = VERSIONS.readCell(bytes);
          if (cell == null) {
            throw new WireException("of another record or format");
          }
          return cell;
        },
        VERSIONS::toBytes,
        KernelFormats::cell,
        cell -> cell);
  }

  static ByteFormat<TableState> tableState() {
    return format(
        TableStateCodec.class,
        Form.CANONICAL,
        TABLE_STATES::fromBytes,
        TABLE_STATES::toBytes,
        KernelFormats::table,
        TableState::versions);
  }

  private static <T> ByteFormat<T> format(
      Class<?> owner,
      Form form,
      Function<byte[], T> decode,
      Function<T, byte[]> encode,
      Function<SplittableRandom, T> example,
      Function<T, Object> content) {
    return new ByteFormat<>(owner, WireException.class, form, decode, encode, example, content);
  }

  private static List<SourceRow> rows(SplittableRandom random, int count) {
    NastyEvents events = NastyEvents.onKafka(PLAN, random.nextLong());
    List<SourceRow> rows = new ArrayList<>();
    while (rows.size() < count) {
      rows.addAll(events.rows(count - rows.size()));
    }
    return rows;
  }

  /** Rows of the view, as a router gives them. */
  private static List<BranchRow> branchRows(SplittableRandom random, int count) {
    Router router = new Router(PLAN, List.of(VIEW));
    List<BranchRow> routed = new ArrayList<>();
    while (routed.size() < count) {
      String requestId = random.nextBoolean() ? WireFormats.text(random) : null;
      int requestRow = random.nextInt(3) << random.nextInt(20);
      router.route(
          rows(random, 1).get(0),
          random.nextBoolean(),
          requestId,
          requestRow,
          false,
          (branch, key, row) -> routed.add(row));
    }
    return routed;
  }

  /** A state of some events, some of them known by a request and some not. */
  private static EntityState state(SplittableRandom random) {
    EntityState state = new EntityState(VIEW);
    Values out = new Values(VIEW.resultTypes());
    for (BranchRow row : branchRows(random, 1 + random.nextInt(12))) {
      if (row.isRequest()) {
        state.answer(row, out);
      } else if (row.isEvent()) {
        state.add(row);
      }
    }
    return state;
  }

  /** What requests at several times are answered: whatever was read can be asked. */
  private static List<Object> answers(EntityState state) {
    long newest = state.greatestPosition().availableAtMicros();
    List<Object> answers = new ArrayList<>();
    answers.add(state.size());
    answers.add(state.greatestPosition());
    answers.add(state.applied());
    for (long time : new long[] {Long.MIN_VALUE, 0, newest, newest + 1, Long.MAX_VALUE}) {
      for (long available : new long[] {newest, Long.MAX_VALUE}) {
        Values out = new Values(VIEW.resultTypes());
        state.answer(
            new BranchRow(false, true, time, available, Long.MAX_VALUE, null, null, 0), out);
        answers.add(out);
      }
    }
    return answers;
  }

  private static TableState table(SplittableRandom random) {
    TableState state = new TableState(LOOKUP);
    for (int n = random.nextInt(6); n > 0; n--) {
      Values values = new Values(LOOKUP.columnTypes());
      values.set(0, random.nextBoolean() ? random.nextInt() / 7.0 : null);
      values.set(1, random.nextBoolean() ? WireFormats.text(random) : null);
      state.add(version(random, values));
    }
    if (random.nextBoolean()) {
      state.prune(random.nextInt(5));
    }
    return state;
  }

  private static TableVersion version(SplittableRandom random, Values values) {
    return new TableVersion(
        random.nextInt(4),
        random.nextLong() >> random.nextInt(64),
        random.nextInt(3),
        random.nextLong() >> random.nextInt(64),
        random.nextInt(4) == 0 ? null : values);
  }

  /** The same, with some fields that couldn't be read. */
  private static TableVersion unreadable(SplittableRandom random, TableVersion of) {
    List<Integer> fields =
        VERSIONS.allFields().stream().filter(f -> random.nextInt(3) == 0).toList();
    return new TableVersion(
        of.effectiveFromMicros(),
        of.availableAtMicros(),
        of.load(),
        of.position(),
        of.values(),
        random.nextBoolean() ? List.of() : fields);
  }

  /** Of all fields of the record, or of those that the lookup reads. */
  private static TableCell cell(SplittableRandom random) {
    TreeSet<Integer> fields = VERSIONS.allFields();
    if (random.nextBoolean()) {
      fields.clear();
      LOOKUP.columns().forEach(c -> fields.add(TABLE.columns().get(c).component()));
    }
    List<TableVersion> versions = new ArrayList<>();
    for (int n = random.nextInt(6); n > 0; n--) {
      Values values = new Values(VERSIONS.fieldTypes());
      for (int field : fields) {
        switch (values.type(field)) {
          case BOOLEAN -> values.setBoolean(field, random.nextBoolean());
          case DOUBLE -> values.setDouble(field, random.nextInt() / 7.0);
          case STRING -> values.setString(field, WireFormats.text(random));
          default -> values.setLong(field, random.nextInt());
        }
      }
      versions.add(unreadable(random, version(random, values)));
    }
    TableCell cell = TableCell.of(fields, versions);
    return random.nextBoolean() ? cell : cell.prunedTo(random.nextInt(5));
  }
}
