package dev.lockstep.beam.stream;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.kernel.AskKeys;
import dev.lockstep.kernel.BranchRow;
import dev.lockstep.kernel.SourceRow;
import dev.lockstep.kernel.TableVersionsCodec;
import dev.lockstep.kernel.VectorAssembler;
import dev.lockstep.plan.Ask;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.plan.LookupPlan;
import dev.lockstep.store.OnlineStore;
import dev.lockstep.store.StoreKey;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.Values;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request's table fields from the online store, makes the vector, and gives it away in a
 * form that the next step takes.
 *
 * <p>Reads are issued as requests come and awaited together at the end of the bundle: the bundle
 * pays one round trip, however many requests it has; and one more for each level of lookups whose
 * keys others answer.
 *
 * @param <T> the form
 */
final class AssembleFn<T> extends DoFn<byte[], T> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_WAITING = 1_000;

  /** What is made of a vector. */
  interface Form<T> extends Serializable {
    T of(FeatureVector vector);
  }

  /** A request that waits for its tables' versions. */
  private static final class Waiting {
    final SourceRow row;
    final @Nullable Values[] answers;
    final Instant timestamp;

    /** What is being read: for lookups of one level, in their order. */
    PatientReads.Pending versions = PatientReads.nothing();

    List<Ask> reading = List.of();

    Waiting(SourceRow row, @Nullable Values[] answers, Instant timestamp) {
      this.row = row;
      this.answers = answers;
      this.timestamp = timestamp;
    }
  }

  private final FeatureSet<?> set;
  private final @Nullable OnlineStore store;
  private final Form<T> form;

  private transient FeaturePlan plan;
  private transient JoinMessage messages;
  private transient VectorAssembler assembler;
  private transient List<List<Ask>> lookups;
  private transient AskKeys keys;
  private transient Map<Integer, TableVersionsCodec> tables;
  private transient @Nullable PatientReads reads;
  private transient List<Waiting> waiting;

  @SuppressWarnings("NullAway.Init") // @Setup makes the transient parts
  AssembleFn(FeatureSet<?> set, @Nullable OnlineStore store, Form<T> form) {
    this.set = set;
    this.store = store;
    this.form = form;
  }

  @Setup
  public void setup() {
    plan = FeaturePlan.of(set);
    messages = new JoinMessage(plan);
    assembler = new VectorAssembler(plan);
    keys = new AskKeys(plan);
    tables = new HashMap<>();
    for (LookupPlan lookup : plan.lookups()) {
      tables.computeIfAbsent(
          lookup.source(), source -> new TableVersionsCodec(plan.sources().get(source)));
    }
    lookups = new ArrayList<>();
    for (int level = 0; level <= plan.levels(); level++) {
      int of = level;
      lookups.add(
          plan.asks().stream()
              .filter(ask -> ask.level() == of && plan.branchOf(ask) instanceof LookupPlan)
              .toList());
    }
    reads = store == null || plan.lookups().isEmpty() ? null : new PatientReads(store);
    waiting = new ArrayList<>();
  }

  @Teardown
  public void teardown() {
    if (reads != null) {
      reads.close();
    }
  }

  @ProcessElement
  public void process(@Element byte[] joined, @Timestamp Instant timestamp, OutputReceiver<T> out)
      throws InterruptedException {
    @Nullable Values[] answers = new @Nullable Values[plan.asks().size()];
    SourceRow row = null;
    for (byte[] message : JoinFn.split(joined)) {
      if (JoinMessage.kindOf(message) == JoinMessage.REQUEST) {
        row = messages.readRequest(message).row();
      } else {
        messages.readAnswer(message).giveTo(answers);
      }
    }
    SourceRow request = Objects.requireNonNull(row, "answers without their request");
    PatientReads from = reads;
    if (from == null) {
      out.output(assemble(request, answers));
      return;
    }
    Waiting asks = new Waiting(request, answers, timestamp);
    read(from, asks, 0);
    waiting.add(asks);
    if (waiting.size() >= MAX_WAITING) {
      answerAll(from);
      waiting.forEach(w -> out.outputWithTimestamp(assemble(w.row, w.answers), w.timestamp));
      waiting.clear();
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws InterruptedException {
    if (reads != null) {
      answerAll(reads);
    }
    BoundedWindow window = GlobalWindow.INSTANCE;
    waiting.forEach(w -> context.output(assemble(w.row, w.answers), w.timestamp, window));
    waiting.clear();
  }

  /**
   * Answers all lookups of those that wait; a level's reads are all issued before one is awaited.
   */
  private void answerAll(PatientReads from) throws InterruptedException {
    answerWaiting(from);
    for (int level = 1; level < lookups.size(); level++) {
      int of = level;
      waiting.forEach(w -> read(from, w, of));
      answerWaiting(from);
    }
  }

  private void answerWaiting(PatientReads from) throws InterruptedException {
    for (Waiting w : waiting) {
      answer(w, from.await(w.versions));
    }
  }

  private void read(PatientReads from, Waiting w, int level) {
    List<StoreKey> cells = new ArrayList<>();
    List<Ask> reading = new ArrayList<>();
    for (Ask ask : lookups.get(level)) {
      String key = keys.of(ask, w.row.values(), w.answers);
      if (key != null) {
        cells.add(new StoreKey(TableSpace.of(lookup(ask).table()), key));
        reading.add(ask);
      }
    }
    w.reading = reading;
    w.versions = from.begin(cells);
  }

  private LookupPlan lookup(Ask ask) {
    return (LookupPlan) plan.branchOf(ask);
  }

  private void answer(Waiting w, List<byte @Nullable []> versions) {
    BranchRow asking = BranchRow.asking(w.row, null);
    for (int i = 0; i < w.reading.size(); i++) {
      LookupPlan lookup = lookup(w.reading.get(i));
      Values answer = new Values(lookup.resultTypes());
      Objects.requireNonNull(tables.get(lookup.source()))
          .answer(lookup, versions.get(i), asking, answer);
      w.answers[w.reading.get(i).index()] = answer;
    }
  }

  private T assemble(SourceRow request, @Nullable Values[] answers) {
    return form.of(
        assembler.assemble(
            request,
            Objects.requireNonNull(request.id(), "a request without id"),
            answers,
            request.ingestedAtMicros(),
            WallClock.micros()));
  }
}
