package dev.lockstep.beam.parity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.beam.kafka.StreamTopics;
import dev.lockstep.beam.kafka.Stretches;
import dev.lockstep.define.Emission;
import dev.lockstep.define.FeatureSet;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.KnowledgePosition;
import dev.lockstep.time.Micros;
import dev.lockstep.value.FeatureVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Compares all vectors of one request id: of those published the first, with that of the batch. An
 * id of several requests, each a new event (C9), is told apart by their times.
 */
final class JudgeFn extends DoFn<KV<String, Iterable<byte[]>>, KV<String, Long>> {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  /** Differences as JSON, each with its place, packed: the first few of each bundle. */
  static final TupleTag<KV<Long, String>> DIFFERENCES = new TupleTag<>("differences") {};

  /** How many differences are shown. */
  static final int SHOWN = 10;

  /** A difference as JSON, by its place. */
  private record Told(long place, String json) implements Comparable<Told> {
    @Override
    public int compareTo(Told other) {
      int by = Long.compare(place, other.place);
      return by != 0 ? by : json.compareTo(other.json);
    }
  }

  private final FeatureSet<?> set;
  private final LogBeginning beginning;
  private final ArrayList<Long> vectorEnds;
  private final PCollectionView<List<KV<Long, Long>>> overdue;
  private final PCollectionView<Long> newest;
  private transient FeaturePlan plan;
  private transient RequestPlaces ofRequest;
  private transient String topic;
  private transient Map<String, Long> counts;
  private transient TreeSet<Told> differences;
  private transient @Nullable Stretches answeredBefore;
  private transient long newestAnswered;

  /**
   * @param vectorEnds below which, in each partition, vectors answer requests that were read
   * @param overdue from which to which availability requests may have been answered before a row of
   *     theirs was read
   * @param newest the availability of the latest request that was answered
   */
  @SuppressWarnings("NullAway.Init") // @Setup and @StartBundle make the transient parts
  JudgeFn(
      FeatureSet<?> set,
      LogBeginning beginning,
      List<Long> vectorEnds,
      PCollectionView<List<KV<Long, Long>>> overdue,
      PCollectionView<Long> newest) {
    this.set = set;
    this.beginning = beginning;
    this.vectorEnds = new ArrayList<>(vectorEnds);
    this.overdue = overdue;
    this.newest = newest;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    ofRequest = new RequestPlaces(plan);
    topic = StreamTopics.of("", plan).vectors();
  }

  @StartBundle
  public void start() {
    counts = new TreeMap<>();
    differences = new TreeSet<>();
    answeredBefore = null;
  }

  @ProcessElement
  public void process(@Element KV<String, Iterable<byte[]>> request, ProcessContext context) {
    if (answeredBefore == null) {
      Stretches all = new Stretches();
      context.sideInput(overdue).forEach(s -> all.add(s.getKey(), s.getValue()));
      answeredBefore = all;
      newestAnswered = context.sideInput(newest);
    }
    List<FeatureVector> asked = new ArrayList<>();
    List<Published> published = new ArrayList<>();
    for (byte[] bytes : request.getValue()) {
      Published vector = Published.read(bytes, plan.featureTypes());
      if (vector.place() == null) {
        asked.add(vector.vector());
      } else {
        published.add(vector);
      }
    }
    asked.sort(Comparator.comparingLong(FeatureVector::availableAtMicros));
    published.sort(
        Comparator.comparing(p -> Objects.requireNonNull(p.place()), Published.Place.ORDER));
    judge(asked, published);
  }

  private void judge(List<FeatureVector> asked, List<Published> published) {
    @Nullable Published[] first = new @Nullable Published[asked.size()];
    for (Published vector : published) {
      int of = requestOf(asked, vector.vector());
      if (of < 0) {
        unasked(vector);
      } else if (first[of] == null) {
        first[of] = vector;
      } else {
        count(Counts.REPEATS);
        if (!Difference.same(Objects.requireNonNull(first[of]).vector(), vector.vector())) {
          count(Counts.DIFFERING_REPEATS);
        }
      }
    }
    for (int i = 0; i < first.length; i++) {
      judge(asked.get(i), first[i]);
    }
  }

  /** The request that a vector answers; -1 for none. */
  private static int requestOf(List<FeatureVector> asked, FeatureVector vector) {
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i).availableAtMicros() == vector.availableAtMicros()
          && asked.get(i).eventTimeMicros() == vector.eventTimeMicros()) {
        return i;
      }
    }
    return asked.size() == 1 ? 0 : -1;
  }

  private void unasked(Published published) {
    FeatureVector vector = published.vector();
    if (!beginning.reaches(plan, vector.eventTimeMicros())) {
      count(Counts.BEFORE_LOG);
      return;
    }
    Published.Place place = Objects.requireNonNull(published.place());
    if (place.offset() >= vectorEnds.get(place.partition())) {
      count(Counts.LATER);
      return;
    }
    count(Counts.UNASKED);
    String request = "a vector of a request that no topic holds";
    tell(place, new Difference(vector.requestId(), at(published), request, List.of()));
  }

  private void judge(FeatureVector batch, @Nullable Published published) {
    if (!beginning.reaches(plan, batch.eventTimeMicros())) {
      count(Counts.BEFORE_LOG);
    } else if (published == null) {
      unanswered(batch);
    } else if (Difference.same(batch, published.vector())) {
      count(Counts.COMPARED);
      count(Counts.IDENTICAL);
    } else {
      count(Counts.COMPARED);
      differs(batch, published);
    }
  }

  private void unanswered(FeatureVector batch) {
    if (batch.availableAtMicros() > newestAnswered) {
      count(Counts.WAITING);
      return;
    }
    count(Counts.UNANSWERED);
    String problem =
        "the stream published no vector; the request became available at "
            + Micros.toInstant(batch.availableAtMicros())
            + ", and later ones were answered";
    tell(null, new Difference(batch.requestId(), null, problem, List.of()));
  }

  private void differs(FeatureVector batch, Published published) {
    FeatureVector stream = published.vector();
    count(kind(batch, stream));
    for (int place : Difference.differing(batch.values(), stream.values())) {
      count(Counts.FEATURE + plan.features().get(place).name());
    }
    tell(
        published.place(),
        Difference.of(plan, batch, stream, Objects.requireNonNull(at(published))));
  }

  /** C5 says what a vector may miss: events, and, of an id, another copy's place. */
  private String kind(FeatureVector batch, FeatureVector stream) {
    boolean sameTimes =
        batch.eventTimeMicros() == stream.eventTimeMicros()
            && batch.availableAtMicros() == stream.availableAtMicros();
    if (sameTimes
        && (!batch.entities().equals(stream.entities())
            || Difference.differing(batch.values(), stream.values()).stream()
                .anyMatch(ofRequest::contains))) {
      return Counts.DIFFERING;
    }
    if (plan.emission() == Emission.ON_ARRIVAL) {
      return Counts.MISSED;
    }
    return Objects.requireNonNull(answeredBefore).contains(batch.availableAtMicros())
        ? Counts.EXPLAINED
        : Counts.DIFFERING;
  }

  private @Nullable String at(Published published) {
    Published.Place place = published.place();
    return place == null ? null : topic + "-" + place.partition() + "@" + place.offset();
  }

  private void count(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  private void tell(Published.@Nullable Place place, Difference difference) {
    long packed =
        place == null
            ? Long.MAX_VALUE
            : KnowledgePosition.packSequence(place.partition(), place.offset());
    try {
      differences.add(new Told(packed, JSON.writeValueAsString(difference)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // it is text and nulls
    }
    if (differences.size() > SHOWN) {
      differences.pollLast();
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    counts.forEach((name, count) -> output(context, COUNTS, KV.of(name, count)));
    differences.forEach(d -> output(context, DIFFERENCES, KV.of(d.place, d.json)));
  }

  private <T> void output(FinishBundleContext context, TupleTag<T> tag, T value) {
    context.output(tag, value, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
  }
}
