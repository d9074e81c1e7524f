package dev.lockstep.examples.flights;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.examples.history.HistoryFolder;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Flight delays: the model learns from January's first weeks, its last four days are replayed. */
public final class FlightsProject implements Project {
  /** Raise the number when what {@link FlightHistory} writes changes. */
  private static final String HISTORY = "history-2";

  private static final Instant REPLAY_FROM = Instant.parse("2001-01-28T00:00:00Z");
  private static final Instant REPLAY_UNTIL = Instant.parse("2001-02-01T00:00:00Z");

  @Override
  public String name() {
    return "flights";
  }

  @Override
  public String description() {
    return "US flights of January 2001: will a flight be delayed by more than 15 minutes?";
  }

  @Override
  public FeatureSet<?> featureSet() {
    return FlightFeatures.FLIGHT_DELAYS;
  }

  @Override
  public Label<?> label() {
    return FlightFeatures.DELAYED_FLIGHT;
  }

  @Override
  public String action() {
    return "delay_alert";
  }

  @Override
  public History history(Path directory) throws IOException {
    Path folder = HistoryFolder.of(directory, HISTORY, FlightHistory::make);
    return new History(
        Map.of(
            "flights", FlightHistory.flights(folder),
            "landings", FlightHistory.landings(folder),
            "airports", List.of(FlightHistory.airports(folder))),
        REPLAY_FROM,
        REPLAY_FROM,
        REPLAY_UNTIL);
  }
}
