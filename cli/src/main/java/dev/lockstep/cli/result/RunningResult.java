package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command tells that runs until it is stopped: a line when it is ready, one at its end. */
@JsonClassDescription("A line when the command is ready, and one at its end.")
public record RunningResult(
    Event event,
    @JsonPropertyDescription("What it works on.") String what,
    @JsonPropertyDescription("The bootstrap servers, if it uses Kafka.") @Nullable String kafka,
    @JsonPropertyDescription("The address, if it uses Redis.") @Nullable String redis,
    @JsonPropertyDescription("The address of the cluster's REST interface, if it runs on one.")
        @Nullable String flinkMaster,
    @JsonPropertyDescription("What it says beside, such as where it goes on from.")
        List<String> notes,
    @JsonPropertyDescription("At the end: how long it ran since it was ready.")
        @Nullable Double seconds,
    @JsonPropertyDescription("At the end: whether a signal ended it.") @Nullable Boolean stopped) {

  /** Which of the two lines it is. */
  public enum Event {
    READY,
    ENDED
  }

  /** Of a command that is ready. */
  public static RunningResult ready(
      String what, @Nullable String kafka, @Nullable String redis, List<String> notes) {
    return new RunningResult(Event.READY, what, kafka, redis, null, notes, null, null);
  }

  /** The same, on a Flink cluster. */
  public RunningResult on(@Nullable String cluster) {
    return new RunningResult(event, what, kafka, redis, cluster, notes, seconds, stopped);
  }

  /** The same command at its end, with the seconds that it ran. */
  public RunningResult ended(double after, boolean bySignal) {
    return new RunningResult(
        Event.ENDED, what, kafka, redis, flinkMaster, List.of(), after, bySignal);
  }
}
