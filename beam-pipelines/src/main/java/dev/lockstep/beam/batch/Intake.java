package dev.lockstep.beam.batch;

import dev.lockstep.beam.read.HistoryReader;
import dev.lockstep.beam.read.Rejected;
import dev.lockstep.beam.snapshot.CarriedRow;
import dev.lockstep.beam.snapshot.SnapshotException;
import dev.lockstep.intake.FirstReading;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.Admission;
import dev.lockstep.kernel.DataException;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.SourceRowCodec;
import dev.lockstep.kernel.TableVersion;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.SpinePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.wire.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the rows of one source: places each in time, rejects what can't take part, and sends the
 * rest to its shards, or first to where its copies meet. Not thread-safe.
 *
 * <pre>
 * a row among copies     range (zigzag varint, relative), row in range (varint), SourceRow
 * </pre>
 */
final class Intake {
  private final SourcePlan source;
  private final RowIntake door;
  private final RowRouter router;
  private final SourceRowCodec codec;
  private final BlockBuffers copies = new BlockBuffers();
  private final Tally tally = new Tally();
  private final int shards;
  private final long untilMicros;
  private final long beforeCutMicros;
  private final boolean carries;

  /** The reading that counts its rows already; null if this is the only one. */
  private final @Nullable FirstReading first;

  private final RowNames names;
  private final ByteWriter carried = new ByteWriter();
  private final String rows;
  private final String notYetKnown;
  private final String late;
  private final String deadLetters;
  private long rowCount;
  private long notYetKnownCount;

  /** The place of the rows' file among those of its source; negative for no file. */
  private int file = -1;

  /** Where rows were on Kafka, if that is to be known. */
  private @Nullable Positions positions;

  /**
   * @param names what rows are called that declare no id
   */
  Intake(Definition definition, BatchLayout layout, int sourceIndex, RowNames names) {
    this(definition, layout, sourceIndex, names, null);
  }

  /**
   * @param spine for the rows of a spine; null for those of a source
   */
  Intake(
      Definition definition,
      BatchLayout layout,
      int sourceIndex,
      RowNames names,
      @Nullable SpinePlan spine) {
    this.source = layout.plan().sources().get(sourceIndex);
    this.router = new RowRouter(layout, definition);
    this.door =
        spine == null
            ? new RowIntake(source, router.router())
            : RowIntake.ofSpine(spine, router.router());
    this.codec = new SourceRowCodec(layout.plan());
    this.shards = definition.shards();
    this.untilMicros = definition.untilMicros();
    StateFolders states = definition.states();
    this.beforeCutMicros = states == null ? Long.MIN_VALUE : states.beforeCutMicros();
    this.carries = states != null;
    this.first = FirstReading.of(layout.plan(), source);
    this.names = names;
    this.rows = Tally.of("rows", source.name());
    this.notYetKnown = Tally.of("notYetKnown", source.name());
    this.late = Tally.of("late", source.name());
    this.deadLetters = Tally.of("deadLetters", source.name());
  }

  /** The door of the source, or of the spine: a reader gives it the fields of a row. */
  RowIntake door() {
    return door;
  }

  /**
   * Takes in the row whose fields the door was given.
   *
   * @param position the packed (partition, offset), or {@link HistoryReader#NO_POSITION}
   * @param range the range it belongs to, and {@code row} its place there
   * @param origin where it is from; with {@code originRow} its position for people
   */
  void accept(
      long recordTimestampMicros,
      long position,
      long range,
      int row,
      String origin,
      long originRow,
      Outlet out) {
    counted(position);
    SourceRow admitted;
    try {
      admitted = door.admit(recordTimestampMicros, sequence(position, originRow), 0);
    } catch (DataException e) {
      if (first == null || !first.refuses(door)) {
        reject(e, origin, originRow, out);
      }
      return;
    }
    accept(admitted, range, row, origin, originRow, out);
  }

  /** Takes in a record of a collection: it has no place of its own on Kafka. */
  void accept(Object event, long range, int row, String origin, long originRow, Outlet out) {
    counted(HistoryReader.NO_POSITION);
    SourceRow admitted;
    try {
      admitted = door.admit(event, Admission.NO_RECORD_TIMESTAMP, 0, 0);
    } catch (DataException e) {
      reject(e, origin, originRow, out);
      return;
    }
    accept(admitted, range, row, origin, originRow, out);
  }

  private void accept(
      SourceRow admitted, long range, int row, String origin, long originRow, Outlet out) {
    if (admitted.availableAtMicros() < beforeCutMicros) {
      throw overdue(admitted, origin, originRow);
    }
    accept(admitted, range, row, null, origin, originRow, out);
  }

  /** The rows to come are of a file, given its place among those of its source. */
  void inFile(int place) {
    file = place;
  }

  /** Without a position all events are the first; versions of tables stand in a file (C10). */
  private long sequence(long position, long originRow) {
    if (position != HistoryReader.NO_POSITION) {
      return position;
    }
    return source.table() && file >= 0 ? TableVersion.positionInFiles(file, originRow) : 0;
  }

  /**
   * Takes in a row that was placed in time before.
   *
   * @param name what it is called by the file it is from; null where its place says it
   */
  void accept(
      SourceRow admitted,
      long range,
      int row,
      @Nullable String name,
      String origin,
      long originRow,
      Outlet out) {
    if (admitted.availableAtMicros() >= untilMicros) {
      notYetKnownCount++;
      if (carries) {
        carry(admitted, name != null ? name : names.name(range, row), out);
      }
    } else if (!isUsable(admitted, origin, originRow, out)) {
      return;
    } else if (admitted.id() != null) {
      long shard = (long) source.index() * shards + Shards.of(0, admitted.id(), shards);
      BlockBuffers.Block block = copies.block(shard);
      block.writeRange(range);
      block.bytes.writeVarint(row);
      codec.write(admitted, block.bytes);
      copies.wrote(shard, block, out::copies);
    } else {
      router.route(admitted, range, row, name, out);
    }
  }

  /**
   * Takes in the row of a spine whose fields the door was given: it asks, and is no event (C15).
   */
  void ask(long range, int row, String origin, long originRow, Outlet out) {
    tally.add(Tally.SPINE_ROWS, 1);
    SourceRow admitted;
    try {
      admitted = door.ask();
    } catch (DataException e) {
      reject(e, origin, originRow, out);
      return;
    }
    if (admitted.availableAtMicros() >= untilMicros) {
      tally.add(Tally.of("notYetKnown", Tally.SPINE), 1);
    } else if (isUsable(admitted, origin, originRow, out)) {
      router.ask(admitted, range, row, out);
    }
  }

  /** Whether a row has a key and isn't late; where not, it is rejected and counted. */
  private boolean isUsable(SourceRow admitted, String origin, long originRow, Outlet out) {
    try {
      door.requireKey(admitted);
    } catch (DataException e) {
      reject(e, origin, originRow, out);
      return false;
    }
    String reason = door.lateness(admitted);
    if (reason != null) {
      tally.add(late, 1);
      out.rejected(rejected(Rejected.Kind.LATE, reason, origin, originRow));
    }
    return reason == null;
  }

  private void carry(SourceRow admitted, String name, Outlet out) {
    carried.clear();
    new CarriedRow(admitted, admitted.id() == null ? name : null).write(codec, carried);
    out.carried(carried.toByteArray());
  }

  private SnapshotException overdue(SourceRow row, String origin, long originRow) {
    return new SnapshotException(
        "row "
            + originRow
            + " of "
            + origin
            + " became available at "
            + Micros.toInstant(row.availableAtMicros())
            + ", before the snapshot's cut at "
            + Micros.toInstant(beforeCutMicros)
            + ": days that are done would have known it\n    cure: backfill again from the day of"
            + " that instant on (--first DAY --replace)",
        null);
  }

  /**
   * Rejects a row that has no place on Kafka, though its file says so: the same to each reading.
   */
  void unreadable(DataException reason, String origin, long originRow, Outlet out) {
    counted(HistoryReader.NO_POSITION);
    if (first == null) {
      reject(reason, origin, originRow, out);
    }
  }

  /** A row was read, whatever becomes of it: a stream goes on behind it. */
  private void counted(long position) {
    rowCount++;
    if (positions != null && position != HistoryReader.NO_POSITION) {
      positions.read(position);
    }
  }

  private void reject(DataException reason, String origin, long originRow, Outlet out) {
    tally.add(deadLetters, 1);
    out.rejected(
        rejected(
            Rejected.Kind.DEAD_LETTER, String.valueOf(reason.getMessage()), origin, originRow));
  }

  private Rejected rejected(Rejected.Kind kind, String reason, String origin, long originRow) {
    return new Rejected(kind, source.name(), reason, origin + ":" + originRow);
  }

  /** The rows to come say where they were on Kafka: a snapshot keeps how far that goes. */
  void archived() {
    if (carries) {
      positions = new Positions(source.name());
    }
  }

  /** Hands on all open blocks and the counts. */
  void flush(Outlet out) {
    copies.flush(out::copies);
    router.flush(out);
    if (positions != null) {
      positions.addTo(tally);
    }
    long notFinite = door.takeNotFinite();
    if (first == null) {
      tally.add(Tally.of("droppedDoubles", source.name()), notFinite);
      tally.add(rows, rowCount);
      tally.add(notYetKnown, notYetKnownCount);
    }
    rowCount = 0;
    notYetKnownCount = 0;
    tally.drain().forEach(out::count);
  }
}
