package dev.lockstep.examples.flights;

import dev.lockstep.define.EventSource;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import dev.lockstep.project.History;
import dev.lockstep.project.Project;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The flights' project as a system that knows event time only would compute it: a landing counts
 * from its scheduled departure on, hours before anybody could know its delay. It leaks on purpose;
 * docs/leak.md measures how much better the model looks for it.
 */
public final class EventTimeFlightsProject implements Project {
  private static final FlightsProject AS_KNOWN = new FlightsProject();

  // region leak
  private static final EventSource<Landing> LANDINGS = FlightFeatures.landings(Landing::date);

  private static final FeatureSet<Flight> FLIGHT_DELAYS =
      FlightFeatures.flightDelays("flight_delays_event_time", LANDINGS);

  // endregion

  @Override
  public String name() {
    return "flights-event-time";
  }

  @Override
  public String description() {
    return "Leaks on purpose: flights with landings known at their scheduled departure.";
  }

  @Override
  public FeatureSet<?> featureSet() {
    return FLIGHT_DELAYS;
  }

  @Override
  public Label<?> label() {
    return FlightFeatures.delayedFlight(LANDINGS);
  }

  @Override
  public String action() {
    return AS_KNOWN.action();
  }

  /** The same files as without the leak: only the definition differs. */
  @Override
  public History history(Path directory) throws IOException {
    return AS_KNOWN.history(directory);
  }
}
