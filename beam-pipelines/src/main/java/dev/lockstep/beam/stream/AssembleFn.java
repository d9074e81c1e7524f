package dev.lockstep.beam.stream;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.EntityKeys;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.store.OnlineReader;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.StoreKey;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request's table fields from the online store and makes the vector.
 *
 * <p>Reads are issued as requests come and awaited together at the end of the bundle: the bundle
 * pays one round trip, however many requests it has.
 */
final class AssembleFn extends DoFn<byte[], FeatureVector> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_WAITING = 1_000;

  private record Waiting(
      SourceRow row,
      @Nullable Values[] answers,
      CompletableFuture<List<byte @Nullable []>> versions,
      Instant timestamp) {}

  private final FeatureSet<?> set;
  private final @Nullable OnlineStore store;

  private transient FeaturePlan plan;
  private transient JoinMessage messages;
  private transient VectorAssembler assembler;
  private transient List<LookupPlan> lookups;
  private transient List<TableVersionsCodec> tables;
  private transient @Nullable OnlineReader reader;
  private transient List<Waiting> waiting;

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  AssembleFn(FeatureSet<?> set, @Nullable OnlineStore store) {
    this.set = set;
    this.store = store;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    messages = new JoinMessage(plan);
    assembler = new VectorAssembler(plan);
    lookups = store == null ? List.of() : plan.lookups();
    tables =
        lookups.stream().map(l -> new TableVersionsCodec(plan.sources().get(l.source()))).toList();
    reader = store == null || lookups.isEmpty() ? null : store.openReader();
    waiting = new ArrayList<>();
  }

  @Teardown
  public void teardown() {
    if (reader != null) {
      reader.close();
    }
  }

  @ProcessElement
  public void process(
      @Element byte[] joined, @Timestamp Instant timestamp, OutputReceiver<FeatureVector> out) {
    @Nullable Values[] answers = new @Nullable Values[plan.asks().size()];
    SourceRow row = null;
    for (byte[] message : JoinFn.split(joined)) {
      if (JoinMessage.kindOf(message) == JoinMessage.REQUEST) {
        row = messages.readRequest(message).row();
      } else {
        JoinMessage.Answer answer = messages.readAnswer(message);
        for (long left = answer.asks(); left != 0; left &= left - 1) {
          answers[Long.numberOfTrailingZeros(left)] = answer.values();
        }
      }
    }
    SourceRow request = Objects.requireNonNull(row, "answers without their request");
    if (reader == null) {
      out.output(assemble(request, answers));
      return;
    }
    waiting.add(new Waiting(request, answers, read(reader, request), timestamp));
    if (waiting.size() >= MAX_WAITING) {
      waiting.forEach(w -> out.outputWithTimestamp(complete(w), w.timestamp));
      waiting.clear();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    BoundedWindow window = GlobalWindow.INSTANCE;
    waiting.forEach(w -> context.output(complete(w), w.timestamp, window));
    waiting.clear();
  }

  private CompletableFuture<List<byte @Nullable []>> read(OnlineReader from, SourceRow request) {
    List<StoreKey> keys = new ArrayList<>(lookups.size());
    for (LookupPlan lookup : lookups) {
      String key = EntityKeys.of(request.values(), askOf(lookup).columns());
      if (key != null) {
        keys.add(new StoreKey(TableSpace.of(lookup.table()), key));
      }
    }
    return from.read(keys).toCompletableFuture();
  }

  private FeatureVector complete(Waiting w) {
    List<byte @Nullable []> versions = w.versions.join();
    int next = 0;
    for (int i = 0; i < lookups.size(); i++) {
      LookupPlan lookup = lookups.get(i);
      if (EntityKeys.of(w.row.values(), askOf(lookup).columns()) == null) {
        continue;
      }
      Values answer = new Values(lookup.resultTypes());
      tables
          .get(i)
          .answer(
              lookup,
              versions.get(next++),
              new BranchRow(
                  false,
                  true,
                  w.row.eventTimeMicros(),
                  w.row.availableAtMicros(),
                  w.row.sequence(),
                  null,
                  null,
                  0),
              answer);
      w.answers[askOf(lookup).index()] = answer;
    }
    return assemble(w.row, w.answers);
  }

  private Ask askOf(LookupPlan lookup) {
    return plan.asksOf(lookup).get(0);
  }

  private FeatureVector assemble(SourceRow request, @Nullable Values[] answers) {
    return assembler.assemble(
        request,
        Objects.requireNonNull(request.id(), "a request without id"),
        answers,
        request.ingestedAtMicros(),
        WallClock.micros());
  }
}
