package dev.lockstep.cli.run;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.project.Definition;
import dev.lockstep.serving.act.Actor;
import dev.lockstep.serving.act.ActorSettings;
import dev.lockstep.serving.act.DecisionDatabase;
import dev.lockstep.serving.kafka.KafkaConnection;
import dev.lockstep.serving.score.Scorer;
import dev.lockstep.serving.score.ScorerSettings;
import dev.lockstep.serving.score.ScoringModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A project's scorer and actor, in one process or in two. */
public final class ServeRun {
  private static final InstantSource CLOCK = InstantSource.system();

  private final Definition definition;
  private final KafkaConnection kafka;
  private final Cleanup cleanup;
  private final List<Runnable> parts = new ArrayList<>();

  /**
   * @param cleanup ends what is added
   */
  public ServeRun(Definition definition, String kafka, Cleanup cleanup) {
    this.definition = definition;
    this.kafka = new KafkaConnection(kafka);
    this.cleanup = cleanup;
  }

  /**
   * Makes the topics of vectors and scores if they aren't there.
   *
   * @throws RuntimeException naming the cure, if Kafka doesn't answer within ten seconds
   */
  public void makeTopics(int partitions) {
    kafka.createMissing(List.of(definition.vectorsTopic(), definition.scoresTopic()), partitions);
  }

  /**
   * Adds a scorer.
   *
   * @param folder the model's
   * @throws IOException if there is no model in the folder
   */
  public void addScorer(Path folder) throws IOException {
    ScoringModel model = cleanup.add(ScoringModel.load(folder));
    ScorerSettings settings =
        new ScorerSettings(
            kafka,
            definition.vectorsTopic(),
            definition.scoresTopic(),
            definition.set().name() + ".scorer");
    Scorer scorer = cleanup.add(new Scorer(settings, definition.plan(), model, CLOCK));
    parts.add(scorer::run);
  }

  /**
   * Adds an actor.
   *
   * @param folder of its database; made if missing
   */
  public void addActor(Path folder) throws IOException {
    Files.createDirectories(folder);
    DecisionDatabase database = cleanup.add(DecisionDatabase.open(databaseFile(folder)));
    ActorSettings settings =
        new ActorSettings(kafka, definition.scoresTopic(), definition.action());
    Actor actor = cleanup.add(new Actor(settings, database, CLOCK));
    parts.add(actor::run);
  }

  /** The decisions' database in a folder, without the ending that the database adds. */
  public static Path databaseFile(Path folder) {
    return folder.resolve("decisions");
  }

  /** Runs what was added, until one part ends; throws what it failed with. */
  public void run() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(parts.size());
    try {
      ExecutorCompletionService<Boolean> ending = new ExecutorCompletionService<>(threads);
      for (Runnable part : parts) {
        var unused = ending.submit(part, true);
      }
      ending.take().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdown();
    }
  }
}
