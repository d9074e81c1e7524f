package dev.lockstep.cli.result;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@code leak} tells. */
@JsonClassDescription(
    "How much better a model looks with event-time joins than it is: AUCs on the same requests.")
public record LeakResult(
    String project,
    int features,
    int trainedRows,
    int testRows,
    Instant testFrom,
    @JsonPropertyDescription("The share of label 1 among the test rows.") double testRate,
    @JsonPropertyDescription("Of the request's own fields; absent if there are none.")
        @Nullable Double aucRequestOnly,
    double aucAsKnown,
    @JsonPropertyDescription("What event-time joins promise.") double aucEventTime,
    @JsonPropertyDescription("That same model on what was known.") double aucEventTimeOnKnown) {}
