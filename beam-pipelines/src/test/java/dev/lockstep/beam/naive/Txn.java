package dev.lockstep.beam.naive;

import dev.lockstep.define.FieldName;
import dev.lockstep.define.RecordCode;
import java.time.Instant;
import java.util.Locale;

/** The record that the fixtures are read as. */
public record Txn(String id, String card, double amount, int qty, float price, Instant at) {

  /** The same as a file in snake case calls it. */
  public record Named(
      @FieldName("txn_id") String id,
      @FieldName("card_number") String card,
      @FieldName("amount_paid") double amount,
      int qty,
      @FieldName("unit_price") float price,
      @FieldName("happened_at") Instant at) {}

  /** The same with code of its own: it refuses negative amounts, and writes cards in lower case. */
  @RecordCode(version = 1)
  public record Strict(String id, String card, double amount, int qty, float price, Instant at) {
    public Strict {
      if (amount < 0) {
        throw new IllegalArgumentException("a negative amount");
      }
      card = card.strip().toLowerCase(Locale.ROOT);
    }
  }
}
