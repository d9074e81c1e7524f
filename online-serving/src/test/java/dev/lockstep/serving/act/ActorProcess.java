package dev.lockstep.serving.act;

import dev.lockstep.serving.kafka.KafkaConnection;
import java.nio.file.Path;
import java.time.InstantSource;

/** An actor in a process of its own, to be killed; it prints what it has done. */
final class ActorProcess {
  private ActorProcess() {}

  public static void main(String[] args) {
    DecisionDatabase database = DecisionDatabase.open(Path.of(args[2]));
    ActorSettings settings = new ActorSettings(new KafkaConnection(args[0]), args[1], "block");
    Actor actor = new Actor(settings, database, InstantSource.system());
    Thread reporter =
        new Thread(
            () -> {
              for (long last = -1; ; ) {
                ActorCounts counts = actor.counts();
                long now = counts.consumed();
                if (now != last) {
                  System.out.println(now + " " + counts.acted());
                  last = now;
                }
                Thread.onSpinWait();
              }
            });
    reporter.setDaemon(true);
    reporter.start();
    actor.run();
  }
}
