package dev.lockstep.beam.parity;

import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request of which stream and batch don't say the same.
 *
 * @param requestId the request's
 * @param position where the vector is, {@code topic-partition@offset}; null where none was
 *     published
 * @param problem what is wrong, in words
 * @param features those that differ, at most ten of them
 */
public record Difference(
    String requestId, @Nullable String position, String problem, List<Feature> features) {
  private static final int MOST_FEATURES = 10;
  private static final String HIDDEN = "(sensitive)";

  /**
   * A feature's two values as text, null for a null; and their bits, which tell apart what text
   * doesn't: 16 hexadecimal digits, null for text and for a null.
   */
  public record Feature(
      String name,
      @Nullable String batch,
      @Nullable String batchBits,
      @Nullable String stream,
      @Nullable String streamBits) {}

  public Difference {
    features = List.copyOf(features);
  }

  /** Whether two vectors of one request are the same to the bit, but for the wall clock's times. */
  static boolean same(FeatureVector batch, FeatureVector stream) {
    return sameRequest(batch, stream) && batch.values().equals(stream.values());
  }

  private static boolean sameRequest(FeatureVector batch, FeatureVector stream) {
    return batch.eventTimeMicros() == stream.eventTimeMicros()
        && batch.availableAtMicros() == stream.availableAtMicros()
        && batch.featureSet().equals(stream.featureSet())
        && batch.entities().equals(stream.entities());
  }

  /** The places of the features that differ. */
  static List<Integer> differing(Values batch, Values stream) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      boolean null1 = batch.isNull(i);
      if (null1 != stream.isNull(i)
          || (!null1
              && (batch.bits(i) != stream.bits(i)
                  || !Objects.equals(batch.get(i), stream.get(i))))) {
        places.add(i);
      }
    }
    return places;
  }

  static Difference of(
      FeaturePlan plan, FeatureVector batch, FeatureVector stream, String position) {
    List<Integer> places = differing(batch.values(), stream.values());
    String problem = places.size() == 1 ? "1 feature differs" : places.size() + " features differ";
    if (!sameRequest(batch, stream)) {
      problem += "; batch says " + head(batch) + ", the vector " + head(stream);
    }
    return new Difference(
        stream.requestId(),
        position,
        problem,
        places.stream()
            .limit(MOST_FEATURES)
            .map(i -> feature(plan, batch.values(), stream.values(), i))
            .toList());
  }

  private static Feature feature(FeaturePlan plan, Values batch, Values stream, int place) {
    String name = plan.features().get(place).name();
    if (plan.about().ofFeature(name).isSensitive()) {
      return new Feature(name, HIDDEN, null, HIDDEN, null);
    }
    return new Feature(
        name, text(batch, place), bits(batch, place), text(stream, place), bits(stream, place));
  }

  private static @Nullable String text(Values values, int place) {
    return values.isNull(place) ? null : String.valueOf(values.get(place));
  }

  private static @Nullable String bits(Values values, int place) {
    return values.isNull(place) || values.get(place) instanceof String
        ? null
        : String.format("%016x", values.bits(place));
  }

  private static String head(FeatureVector vector) {
    return "happened "
        + Micros.toInstant(vector.eventTimeMicros())
        + ", available "
        + Micros.toInstant(vector.availableAtMicros())
        + ", of "
        + vector.entities();
  }

  /** In one line for people. */
  public String text() {
    StringBuilder line = new StringBuilder("request ").append(requestId);
    if (position != null) {
      line.append(" at ").append(position);
    }
    line.append(": ").append(problem);
    for (Feature feature : features) {
      line.append("\n    ")
          .append(feature.name)
          .append(": batch ")
          .append(feature.batch)
          .append(inBits(feature.batchBits))
          .append(", stream ")
          .append(feature.stream)
          .append(inBits(feature.streamBits));
    }
    return line.toString();
  }

  private static String inBits(@Nullable String bits) {
    return bits == null ? "" : " (" + bits + ")";
  }
}
