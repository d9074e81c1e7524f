package dev.lockstep.cli.view;

import java.time.Instant;

/**
 * A moment of a replay, for people.
 *
 * @param sent events sent of {@code total}
 * @param ratePerSecond events in, over the time since the replay began
 * @param vectors out so far
 * @param scored so far
 * @param p50Millis latency from an event's append to its score's; so p99 and max
 * @param alerts scores that reached the threshold
 * @param alertName what is done about them
 * @param known scores whose label is known by now in the replay
 * @param accuracy the share of them decided rightly; NaN for none
 * @param auc of them; NaN while unknown
 * @param replayTime the instant that the replay has reached
 * @param secondsLeft an estimate
 */
public record Status(
    long sent,
    long total,
    double ratePerSecond,
    long vectors,
    long scored,
    double p50Millis,
    double p99Millis,
    double maxMillis,
    long alerts,
    String alertName,
    long known,
    double accuracy,
    double auc,
    Instant replayTime,
    long secondsLeft) {}
