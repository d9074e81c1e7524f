package dev.lockstep.beam.naive;

import java.time.Instant;
import java.util.Locale;

/** The record that the fixtures are read as. */
public record Txn(String id, String card, double amount, int qty, float price, Instant at) {

  /** The same with code of its own: it refuses negative amounts, and writes cards in lower case. */
  public record Strict(String id, String card, double amount, int qty, float price, Instant at) {
    public Strict {
      if (amount < 0) {
        throw new IllegalArgumentException("a negative amount");
      }
      card = card.strip().toLowerCase(Locale.ROOT);
    }
  }
}
