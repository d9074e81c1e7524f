package dev.lockstep.cli.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How words of the command line are read, and what is said of those that can't be. */
public final class Converters {
  private Converters() {}

  /** Lets a command line and all its commands read instants and days. */
  public static CommandLine register(CommandLine line) {
    return line.registerConverter(Instant.class, Converters::instant)
        .registerConverter(LocalDate.class, Converters::day);
  }

  private static Instant instant(String word) {
    try {
      return word.contains("T")
          ? Instant.parse(word)
          : LocalDate.parse(word).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "["
              + word
              + "] is no instant: write it as in 2001-01-15T06:30:00Z, or 2001-01-15 for the day's"
              + " midnight in UTC");
    }
  }

  private static LocalDate day(String word) {
    try {
      return LocalDate.parse(word);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("[" + word + "] is no day: write it as in 2001-01-15");
    }
  }

  /** A whole number from 1 on. */
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return atLeast(1, word);
    }
  }

  /** A whole number from 0 on. */
  static final class NotNegative implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String word) {
      return atLeast(0, word);
    }
  }

  /** A rate above 0. */
  static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String word) {
      return number(word, Double.MIN_VALUE, "more than 0");
    }
  }

  /** A rate above 0, or 0 for as fast as it goes. */
  static final class RateOrAll implements ITypeConverter<Double> {
    @Override
    public Double convert(String word) {
      return number(word, 0, "0 or more");
    }
  }

  private static int atLeast(int least, String word) {
    try {
      int number = Integer.parseInt(word);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("[" + word + "] is no whole number from " + least + " on");
  }

  private static double number(String word, double least, String range) {
    try {
      double number = Double.parseDouble(word);
      if (number >= least && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("[" + word + "] is no number of " + range);
  }
}
