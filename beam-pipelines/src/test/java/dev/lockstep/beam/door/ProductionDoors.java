package dev.lockstep.beam.door;

import dev.lockstep.beam.event.RowEncoder;
import dev.lockstep.beam.naive.NaiveSource;
import dev.lockstep.beam.read.HistoryFile;
import dev.lockstep.beam.read.HistoryRange;
import dev.lockstep.beam.read.HistoryRows;
import dev.lockstep.beam.read.WholeRows;
import dev.lockstep.intake.MessageReader;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.Schema;

/** All paths by which rows come to a plan, at their doors. */
final class ProductionDoors {
  private ProductionDoors() {}

  static List<Door> all() {
    return List.of(
        new Files(),
        new Messages("JSON", false),
        new Messages("Avro", true),
        new Replay(),
        new Tables(),
        new Collections());
  }

  /** Of each row of a file what a reader of its fields makes of it. */
  private static List<Door.Outcome> rowsOf(
      RowIntake intake, Arrivals.OfFile of, Function<RowIntake, Door.Outcome> reading) {
    List<Door.Outcome> rows = new ArrayList<>();
    HistoryFile file = HistoryFile.inspect(intake.source(), of.file().toString());
    HistoryRows.read(
        intake,
        file,
        HistoryRange.ALL,
        new HistoryRows.Sink() {
          @Override
          public void row(String path, long row, long recordTimestampMicros, long position) {
            rows.add(reading.apply(intake));
          }

          @Override
          public void unreadable(String path, long row, DataException reason) {
            rows.add(ProductionDoor.refused(reason));
          }
        });
    return rows;
  }

  /** Batch. */
  private static final class Files extends ProductionDoor {
    Files() {
      super("files");
    }

    @Override
    public boolean takes(Arrivals arrivals) {
      return arrivals instanceof Arrivals.OfFile;
    }

    @Override
    public List<Outcome> rows(NaiveSource source, Set<String> needed, Arrivals arrivals) {
      RowIntake intake = intake(plan(source, needed));
      return rowsOf(intake, (Arrivals.OfFile) arrivals, i -> outcome(i, i::values));
    }
  }

  /** A stream. */
  private static final class Messages extends ProductionDoor {
    private final boolean avro;

    Messages(String name, boolean avro) {
      super(name);
      this.avro = avro;
    }

    @Override
    public boolean takes(Arrivals arrivals) {
      return arrivals instanceof Arrivals.OfMessages of && avro != of.writers().isEmpty();
    }

    @Override
    public List<Outcome> rows(NaiveSource source, Set<String> needed, Arrivals arrivals) {
      Arrivals.OfMessages of = (Arrivals.OfMessages) arrivals;
      RowIntake intake = intake(plan(source, needed));
      MessageReader reader =
          new MessageReader(intake, of.writers().stream().map(Schema::toString).toList());
      List<Outcome> rows = new ArrayList<>();
      for (byte[] message : of.messages()) {
        rows.add(read(intake, reader, message));
      }
      return rows;
    }
  }

  private static Door.Outcome read(RowIntake intake, MessageReader reader, byte[] message) {
    return ProductionDoor.outcome(
        intake,
        () -> {
          reader.read(message);
          return intake.values();
        });
  }

  /** A replay of a file, and the stream that reads it: what the replay refuses comes no further. */
  private static final class Replay extends ProductionDoor {
    Replay() {
      super("replay");
    }

    @Override
    public boolean takes(Arrivals arrivals) {
      return arrivals instanceof Arrivals.OfFile;
    }

    @Override
    public List<Outcome> rows(NaiveSource source, Set<String> needed, Arrivals arrivals) {
      SourcePlan plan = plan(source, needed);
      Arrivals.OfFile of = (Arrivals.OfFile) arrivals;
      List<Integer> beside =
          WholeRows.beside(plan, HistoryFile.inspect(plan, of.file().toString()));
      RowIntake whole = RowIntake.ofWhole(plan, null, beside);
      RowEncoder encoder = new RowEncoder(plan.schema());
      Values read =
          new Values(
              plan.schema().components().stream().map(RecordSchema.Component::type).toList());
      RowIntake stream = intake(plan);
      MessageReader reader = new MessageReader(stream, List.of());
      return rowsOf(
          whole,
          of,
          door -> {
            try {
              door.values();
            } catch (DataException e) {
              return refused(e);
            }
            return read(stream, reader, encoder.encode(read, door.copyRead(read)));
          });
    }
  }

  /** A load of tables, whose rows are kept for all who can read what they need of them. */
  private static final class Tables extends ProductionDoor {
    Tables() {
      super("tables");
    }

    @Override
    public boolean takes(Arrivals arrivals) {
      return arrivals instanceof Arrivals.OfFile;
    }

    @Override
    public List<Outcome> rows(NaiveSource source, Set<String> needed, Arrivals arrivals) {
      SourcePlan plan = plan(source, needed);
      Arrivals.OfFile of = (Arrivals.OfFile) arrivals;
      List<Integer> beside =
          WholeRows.beside(plan, HistoryFile.inspect(plan, of.file().toString()));
      // Keys and times there are none; of a record with code of its own all is required.
      List<Integer> required = plan.makesRecords() ? plan.neededComponents() : List.of();
      RowIntake shared = RowIntake.ofShared(plan, null, beside, required);
      Values held =
          new Values(
              plan.schema().components().stream().map(RecordSchema.Component::type).toList());
      return rowsOf(shared, of, door -> held(door, plan, held));
    }

    private static Outcome held(RowIntake door, SourcePlan plan, Values held) {
      try {
        door.values();
        int notFinite = (int) door.takeNotFinite();
        List<Integer> components = plan.columns().stream().map(ColumnPlan::component).toList();
        DataException fault = door.faultOf(components);
        if (fault != null) {
          return refused(fault);
        }
        BitSet faulty = door.copyHeld(held);
        Values row = plan.newRow();
        for (int c = 0; c < components.size(); c++) {
          if (faulty.get(components.get(c))) {
            throw new IllegalStateException("a fault that nobody has told of");
          }
          row.copy(c, held, components.get(c));
        }
        return outcome(plan, row, notFinite);
      } catch (DataException e) {
        door.takeNotFinite();
        return refused(e);
      }
    }
  }

  /** Records that somebody made, in a pipeline of their own. */
  private static final class Collections extends ProductionDoor {
    Collections() {
      super("collections");
    }

    @Override
    public boolean takes(Arrivals arrivals) {
      return arrivals instanceof Arrivals.OfRecords;
    }

    @Override
    public List<Outcome> rows(NaiveSource source, Set<String> needed, Arrivals arrivals) {
      RowIntake intake = intake(plan(source, needed));
      List<Outcome> rows = new ArrayList<>();
      Consumer<Object> each = record -> rows.add(outcome(intake, () -> intake.values(record)));
      ((Arrivals.OfRecords) arrivals).records().forEach(each);
      return rows;
    }
  }
}
