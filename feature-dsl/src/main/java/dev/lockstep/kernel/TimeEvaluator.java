package dev.lockstep.kernel;

import dev.lockstep.expression.Node;
import dev.lockstep.time.Micros;
import dev.lockstep.value.Values;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** Computes what is asked of instants: local times, days on a calendar, instants moved. */
final class TimeEvaluator {
  private static final int FRIDAY = 5;

  private TimeEvaluator() {}

  static void compute(Node e, List<ExpressionEvaluator> operands, Values out) {
    for (ExpressionEvaluator operand : operands) {
      if (operand.isNull()) {
        out.setNull(0);
        return;
      }
    }
    long micros = operands.get(0).value().getLong(0);
    if (e instanceof Node.LocalTime time) {
      localTime(time, Micros.toInstant(micros).atZone(time.zone()), out);
    } else if (e instanceof Node.CalendarDays days) {
      long earlier = operands.get(1).value().getLong(0);
      out.setLong(0, dayOf(micros, days.zone()) - dayOf(earlier, days.zone()));
    } else {
      shift(micros, Micros.of(((Node.Shift) e).by()), out);
    }
  }

  private static void localTime(Node.LocalTime time, ZonedDateTime local, Values out) {
    switch (time.part()) {
      case HOUR_OF_DAY -> out.setLong(0, local.getHour());
      case DAY_OF_WEEK -> out.setLong(0, local.getDayOfWeek().getValue());
      case DAY_OF_MONTH -> out.setLong(0, local.getDayOfMonth());
      case MONTH -> out.setLong(0, local.getMonthValue());
      case WEEKEND -> out.setBoolean(0, local.getDayOfWeek().getValue() > FRIDAY);
      case TIME_OF_DAY_SINE -> out.setDouble(0, StrictMath.sin(dayAngle(local)));
      case TIME_OF_DAY_COSINE -> out.setDouble(0, StrictMath.cos(dayAngle(local)));
      case TIME_OF_WEEK_SINE -> out.setDouble(0, StrictMath.sin(weekAngle(local)));
      case TIME_OF_WEEK_COSINE -> out.setDouble(0, StrictMath.cos(weekAngle(local)));
    }
  }

  /** By the clock on the wall, so that a day on which it is put forward makes a leap. */
  private static double dayAngle(ZonedDateTime local) {
    return 2 * Math.PI * ((double) microsOfDay(local) / Micros.PER_DAY);
  }

  private static double weekAngle(ZonedDateTime local) {
    long micros = (local.getDayOfWeek().getValue() - 1) * Micros.PER_DAY + microsOfDay(local);
    return 2 * Math.PI * ((double) micros / (7 * Micros.PER_DAY));
  }

  private static long microsOfDay(ZonedDateTime local) {
    return local.toLocalTime().toNanoOfDay() / 1_000;
  }

  private static long dayOf(long micros, ZoneId zone) {
    return LocalDate.ofInstant(Micros.toInstant(micros), zone).toEpochDay();
  }

  private static void shift(long micros, long by, Values out) {
    long moved = micros + by;
    if (((micros ^ moved) & (by ^ moved)) < 0) {
      out.setNull(0); // C6: what doesn't fit its type is null
    } else {
      out.setLong(0, moved);
    }
  }
}
