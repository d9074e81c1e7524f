package dev.lockstep.cli.bench;

import static dev.lockstep.define.Aggregations.count;
import static dev.lockstep.define.Durations.hours;
import static dev.lockstep.define.Window.last;

import dev.lockstep.cli.project.Definition;
import dev.lockstep.define.Emission;
import dev.lockstep.define.Entity;
import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.FeatureView;
import dev.lockstep.define.Label;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A shop whose payments are asked about while its refunds may be silent for days: what a stream on
 * live topics is measured and tested with.
 *
 * @param suffix of the names of its set and topics, so that one broker serves several
 * @param visibleWithin what both sources promise
 */
public record LiveShop(String suffix, Emission emission, Duration visibleWithin)
    implements Project {
  private record Payment(String id, String card, Instant at) {}

  private record Refund(String id, String card, Instant at) {}

  private static final Entity<String> CARD = Entity.string("card");

  /** The topic of the requests: objects of {@code id}, {@code card} and {@code at}. */
  public String payments() {
    return "payments" + suffix;
  }

  /** The topic of the silent ones, alike. */
  public String refunds() {
    return "refunds" + suffix;
  }

  @Override
  public FeatureSet<?> featureSet() {
    EventSource<Payment> payments =
        EventSource.of(Payment.class)
            .named(payments())
            .id(Payment::id)
            .eventTime(Payment::at)
            .visibleWithin(visibleWithin);
    EventSource<Refund> refunds =
        EventSource.of(Refund.class)
            .named(refunds())
            .id(Refund::id)
            .eventTime(Refund::at)
            .visibleWithin(visibleWithin);
    return FeatureSet.named("shop" + suffix)
        .forEach(payments)
        .with(
            FeatureView.named("paid")
                .over(payments)
                .by(CARD, Payment::card)
                .feature("paid_1h", count().over(last(hours(1)))),
            FeatureView.named("returned")
                .over(refunds)
                .by(CARD, Refund::card)
                .feature("returned_1h", count().over(last(hours(1)))))
        .emit(emission);
  }

  @Override
  public String name() {
    return "shop" + suffix;
  }

  @Override
  public String description() {
    return "payments and refunds, live";
  }

  @Override
  public Label<?> label() {
    return Label.column("is_any", Payment::at);
  }

  @Override
  public String action() {
    return "none";
  }

  @Override
  public History history(Path directory) {
    throw new UnsupportedOperationException("it lives");
  }

  /** The project as commands take it. */
  public Definition definition() {
    return Definition.of(this, null);
  }
}
