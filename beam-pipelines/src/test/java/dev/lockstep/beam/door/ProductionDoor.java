package dev.lockstep.beam.door;

import dev.lockstep.beam.naive.Cause;
import dev.lockstep.beam.naive.NaiveSource;
import dev.lockstep.beam.read.HistoryFileException;
import dev.lockstep.intake.RowIntake;
import dev.lockstep.kernel.DataException;
import dev.lockstep.plan.ColumnPlan;
import dev.lockstep.plan.CopyOrder;
import dev.lockstep.plan.RecordReading;
import dev.lockstep.plan.RecordSchema;
import dev.lockstep.plan.SourcePlan;
import dev.lockstep.plan.TimeRules;
import dev.lockstep.plan.TopicPromises;
import dev.lockstep.time.InstantReading;
import dev.lockstep.value.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One of our paths to a plan, with the plan of a drawn record made by hand. */
abstract class ProductionDoor implements Door {
  private final String name;

  ProductionDoor(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  /** What a definition's compiler would make of a source of which some components are read. */
  static SourcePlan plan(NaiveSource source, Set<String> needed) {
    RecordSchema schema = RecordSchema.of(source.record().type());
    List<ColumnPlan> columns = new ArrayList<>();
    for (int i = 0; i < schema.components().size(); i++) {
      RecordSchema.Component c = schema.components().get(i);
      if (needed.contains(c.name())) {
        columns.add(new ColumnPlan(c.name(), c.type(), i, null, List.of(), c.width()));
      }
    }
    InstantReading instants = new InstantReading(source.unit().toChronoUnit(), source.zone());
    return new SourcePlan(
        0,
        "drawn",
        "drawn",
        false,
        new RecordReading(schema, instants),
        columns,
        -1,
        -1,
        -1,
        -1,
        -1,
        TimeRules.NONE,
        TopicPromises.NONE,
        false,
        new CopyOrder(List.of(), 0));
  }

  /** A door for rows that no view asks for. */
  static RowIntake intake(SourcePlan plan) {
    return new RowIntake(plan, null);
  }

  /** What became of one row. */
  static Outcome outcome(RowIntake intake, Supplier<Values> row) {
    try {
      Values values = row.get();
      return outcome(intake.source(), values, (int) intake.takeNotFinite());
    } catch (DataException e) {
      intake.takeNotFinite();
      return refused(e);
    }
  }

  /** A row of values. */
  static Outcome outcome(SourcePlan plan, Values values, int notFinite) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int c = 0; c < plan.columns().size(); c++) {
      Object value = values.get(c);
      named.put(
          plan.columns().get(c).name(), value instanceof BigDecimal d ? d.setScale(6) : value);
    }
    return new Outcome(named, notFinite, null);
  }

  static Outcome refused(DataException reason) {
    return new Outcome(Map.of(), 0, String.valueOf(reason.getMessage()));
  }

  @Override
  public final boolean says(String reason, Cause cause, String column) {
    if (!column.isEmpty() && !reason.startsWith("[" + column + "]")) {
      return false;
    }
    String rest = column.isEmpty() ? reason : reason.substring(column.length() + 2);
    return rest.matches("(?s).*(" + words(cause, column.isEmpty()) + ").*");
  }

  private static String words(Cause cause, boolean whole) {
    return switch (cause) {
      case NULL -> "is null or missing";
      case WIDTH ->
          "can't hold|doesn't fit|more than 6 digits|can't become a decimal"
              + "|is the number \\S+ where a value of type (byte|short|int|long|decimal) ";
      case TEXT -> "half a surrogate|no UTF-8";
      case INSTANT ->
          "no ISO 8601|beyond the instants|has a fraction"
              + "|is the number \\S+ where a value of type instant";
      case UNIT -> "is not within 1990 to 2100";
      case KIND -> "where a value of type .* is expected";
      case DOCUMENT ->
          whole
              ? "empty message|a message of \\d+ bytes|no JSON at byte|something behind|no Avro of"
                  + "|within its header|beyond what is read|looks like"
              : "is there twice";
      case FRAMING -> "looks like|isn't known";
      case CODE -> "can't be made of it";
    };
  }

  @Override
  public final boolean refuses(Exception thrown, Arrivals arrivals, String column) {
    String told = String.valueOf(thrown.getMessage());
    return thrown instanceof HistoryFileException
        && arrivals instanceof Arrivals.OfFile of
        && told.contains(of.file().getFileName().toString())
        && told.contains(column);
  }
}
