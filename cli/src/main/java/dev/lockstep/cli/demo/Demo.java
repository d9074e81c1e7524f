package dev.lockstep.cli.demo;

import dev.lockstep.cli.history.LeftOut;
import dev.lockstep.cli.kafka.Topics;
import dev.lockstep.cli.process.ChildJvm;
import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.process.EmbeddedServers;
import dev.lockstep.cli.process.EmbeddedServers.Addresses;
import dev.lockstep.cli.process.TemporaryFolder;
import dev.lockstep.cli.project.CommandException;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.cli.project.FailureKind;
import dev.lockstep.cli.result.DemoResult;
import dev.lockstep.cli.run.BackfillRun;
import dev.lockstep.cli.run.ReplayRun;
import dev.lockstep.cli.run.StreamRun;
import dev.lockstep.cli.run.TrainRun;
import dev.lockstep.cli.view.Steps;
import dev.lockstep.define.Emission;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.project.History;
import dev.lockstep.serving.kafka.KafkaConnection;
import dev.lockstep.time.Micros;
import dev.lockstep.training.train.TrainedModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Everything at once, embedded: learn from the past in batch, replay the days after it as a stream,
 * score, act, and prove that stream and batch gave the same bits.
 *
 * <p>Scorer and stream are processes of their own, as are the servers; batch and training run in
 * this one, before and after the replay, so that two cores suffice.
 */
public final class Demo {
  private static final Duration CHILD_START = Duration.ofSeconds(120);
  private static final int BATCH_PARALLELISM = 2;

  private final DemoSettings settings;
  private final Definition definition;
  private final FeaturePlan plan;
  private final PrintStream out;
  private final Steps steps;

  /**
   * A demo, not yet running.
   *
   * @param out for people
   * @throws CommandException if the project's requests declare no id, by which vectors are compared
   */
  public Demo(DemoSettings settings, PrintStream out) {
    this.settings = settings;
    this.definition = settings.definition();
    this.plan = definition.labelledPlan();
    this.out = out;
    this.steps = new Steps(out);
    if (plan.requestSource().idColumn() < 0) {
      throw new CommandException(
          FailureKind.DEFINITION,
          "the source " + plan.requestSource().name() + " declares no id",
          "declare it with .id(...): the demo finds a request's vector in batch by it");
    }
  }

  /**
   * Runs the demo; everything it started has ended when this returns or throws.
   *
   * @return what it proved, and whether all that must hold does
   */
  public DemoResult run() throws IOException, InterruptedException {
    try (Cleanup cleanup = new Cleanup()) {
      DemoFolder folder = cleanup.add(DemoFolder.take(settings.workspace().demo()));
      Path work = workFolder(cleanup);
      DemoReport report = run(cleanup, folder, work);
      Summary.of(report, folder, definition.action()).forEach(out::println);
      if (settings.json() != null) {
        report.write(settings.json());
      }
      return report.result();
    }
  }

  private Path workFolder(Cleanup cleanup) throws IOException {
    String prefix = definition.project().name() + "-";
    // Of a demo that was killed, or kept until now: no other can be running.
    TemporaryFolder.deleteAll(settings.workspace().runs(), prefix);
    TemporaryFolder made = TemporaryFolder.in(settings.workspace().runs(), prefix);
    return settings.keep() ? made.keep() : cleanup.add(made).path();
  }

  private DemoReport run(Cleanup cleanup, DemoFolder folder, Path work)
      throws IOException, InterruptedException {
    steps.say(
        "preparing the history of %s, and starting Kafka and Redis", definition.project().name());
    EmbeddedServers servers =
        EmbeddedServers.start(work.resolve("servers"), folder.logs(), cleanup);
    Addresses addresses = servers.addresses();
    History history = definition.history(settings.workspace().history());
    StreamRun.makeTopics(definition, addresses.kafka(), settings.parallelism(), false);
    Children children = new Children(settings, addresses, folder.logs(), cleanup);
    ChildJvm stream = children.stream(work.resolve("stream"));
    Models models = learn(folder, work, history);
    stream.checkAlive();
    ChildJvm serve = children.serve(folder.model(), folder.decisions());
    ReplayRun replay = new ReplayRun(definition, history, addresses, work.resolve("replay"));
    LeftOut unusableVersions = new LeftOut();
    replay
        .loadTables(false, unusableVersions)
        .forEach(load -> load.lines().forEach(line -> steps.say("%s", line)));
    unusableVersions.lines().forEach(line -> steps.say("%s", line));
    stream.awaitReady(CHILD_START);
    serve.awaitReady(CHILD_START);
    Outcomes outcomes = new Outcomes(Micros.of(history.replayFrom()));
    OutcomeReader reader =
        cleanup.add(
            new OutcomeReader(
                new KafkaConnection(addresses.kafka()),
                definition.vectorsTopic(),
                definition.scoresTopic(),
                plan.featureTypes(),
                outcomes));
    reader.start();
    DemoReplay demoReplay =
        new DemoReplay(
            settings,
            replay,
            history,
            outcomes,
            () -> {
              servers.checkAlive();
              stream.checkAlive();
              serve.checkAlive();
              reader.checkAlive();
            },
            steps,
            out);
    LeftOut unusable = new LeftOut();
    KnownLabels labels = KnownLabels.read(plan, history, Micros.of(history.replayFrom()), unusable);
    if (unusable.count() > 0) {
      steps.say("%,d rows of the labels' source can't be used", unusable.count());
    }
    DemoReplay.Sent sent = demoReplay.run(labels);
    Map<String, Long> letters =
        new Topics(addresses.kafka()).recordCounts(StreamRun.letterTopics(plan));
    // The cores are needed for batch now, and the actor's database must be closed to be read.
    stream.close();
    serve.close();
    reader.close();
    servers.close();
    return judge(folder, work, history, outcomes, sent, letters, models);
  }

  /** What was learned from the past. */
  private record Models(TrainedModel withFeatures, TrainedModel requestOnly, long rows) {}

  private Models learn(DemoFolder folder, Path work, History history) throws IOException {
    steps.say(
        "computing the features of all requests known before %s, in batch", history.trainUntil());
    var summary =
        new BackfillRun(definition, history, work.resolve("batch"), BATCH_PARALLELISM)
            .run(BackfillRun.Runner.FLINK, folder.training(), history.trainUntil(), false);
    steps.say(
        "%,d rows of %d features in %.0f s; training",
        summary.rows(), plan.features().size(), summary.seconds());
    TrainRun training = new TrainRun(definition, folder.training());
    TrainedModel withFeatures = training.train((round, rounds, auc) -> {});
    training.write(withFeatures, folder.model(), false);
    TrainedModel requestOnly = training.trainRequestOnly((round, rounds, auc) -> {});
    steps.say(
        "trained: AUC of the test part %.3f with features, %.3f with the request's fields alone",
        withFeatures.evaluation().test().quality().auc(),
        requestOnly.evaluation().test().quality().auc());
    return new Models(withFeatures, requestOnly, summary.rows());
  }

  private DemoReport judge(
      DemoFolder folder,
      Path work,
      History history,
      Outcomes outcomes,
      DemoReplay.Sent sent,
      Map<String, Long> letters,
      Models models)
      throws IOException {
    steps.say("computing the same vectors in batch, over the whole history, to compare every bit");
    Path whole = work.resolve("whole");
    new BackfillRun(definition, history, work.resolve("batch"), BATCH_PARALLELISM)
        .run(BackfillRun.Runner.FLINK, whole, Judgement.until(plan, history), false);
    Judgement judgement = Judgement.of(plan, whole, history, outcomes, models.requestOnly());
    long actions = Judgement.actions(folder.decisions(), history);
    return new DemoReport(
        definition.project().name(),
        definition.set().name(),
        plan.fingerprint(),
        definition.set().emission() == Emission.ORDERED ? "ordered" : "onArrival",
        settings.parallelism(),
        sent.warmUpEvents(),
        sent.events(),
        judgement.parity().compared() + judgement.parity().onlyInBatch(),
        outcomes.vectors().size(),
        outcomes.scores().size(),
        actions,
        judgement.parity(),
        outcomes.repeatedVectors(),
        outcomes.repeatedScores(),
        StreamRun.late(plan, letters),
        StreamRun.deadLetters(plan, letters),
        outcomes.latency(),
        sent.eventsPerSecond(),
        judgement.aucWithFeatures(),
        judgement.aucRequestFieldsOnly(),
        models.rows(),
        steps.seconds());
  }
}
