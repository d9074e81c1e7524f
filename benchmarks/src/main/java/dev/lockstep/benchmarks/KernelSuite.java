package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.load.HotLoad;
import dev.lockstep.benchmarks.load.Scenario;
import dev.lockstep.benchmarks.load.StateSize;
import dev.lockstep.benchmarks.peer.Peer;
import dev.lockstep.benchmarks.report.KernelReport;
import dev.lockstep.benchmarks.report.Measured;
import dev.lockstep.benchmarks.report.Times;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * All measurements of the kernel in one run: what is compared comes one after the other, and the
 * whole is repeated in rounds, each measurement in a JVM of its own, so that neither the machine's
 * moods nor one compilation's luck decide a ratio. A measurement's time is the median of its
 * iterations in all rounds.
 */
final class KernelSuite {
  /**
   * How long it measures.
   *
   * @param rounds how often each is measured
   * @param forks 1 for a JVM of its own; 0 for this one, to try
   * @param warmUps iterations that don't count
   * @param iterations that count, in each round
   * @param iterationMillis of each
   * @param fill how full the longest window is at the start; 1 to measure
   * @param entities how many states are made for each size
   */
  record Settings(
      int rounds,
      int forks,
      int warmUps,
      int iterations,
      long iterationMillis,
      double fill,
      int entities) {
    static final Settings FULL = new Settings(2, 1, 3, 5, 1_000, 1, 100);
    static final Settings QUICK = new Settings(1, 1, 2, 3, 500, 1, 50);

    /** Tries everything and measures nothing. */
    static final Settings SMOKE = new Settings(1, 0, 0, 1, 20, 0.05, 2);
  }

  private record Task(String name, String text, Class<?> benchmark, String parameter) {}

  private final Settings settings;
  private final Progress progress;

  KernelSuite(Settings settings, PrintStream out) {
    this.settings = settings;
    this.progress = new Progress(out);
  }

  private static List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      tasks.add(new Task(scenario.name(), scenario.text(), AnswerBenchmark.class, "scenario"));
    }
    for (HotLoad load : HotLoad.values()) {
      tasks.add(new Task(load.name(), load.text(), HotBenchmark.class, "load"));
    }
    for (Peer peer : Peer.values()) {
      tasks.add(new Task(peer.name(), peer.text(), PeerBenchmark.class, "peer"));
    }
    return tasks;
  }

  /**
   * Runs everything.
   *
   * @throws IllegalStateException if a measurement fails, with what JMH said
   */
  KernelReport run() {
    List<Task> tasks = tasks();
    List<List<Double>> scores = new ArrayList<>();
    tasks.forEach(task -> scores.add(new ArrayList<>()));
    for (int round = 0; round < settings.rounds(); round++) {
      for (int i = 0; i < tasks.size(); i++) {
        Task task = tasks.get(i);
        int number = round * tasks.size() + i + 1;
        progress.begin("%2d of %d  %-42s ", number, settings.rounds() * tasks.size(), task.text());
        List<Double> measured = measure(task);
        progress.end("  %,.0f ns an event", median(measured));
        scores.get(i).addAll(measured);
      }
    }
    progress.begin("the size of states");
    StateSize size = StateSize.measure(settings.entities());
    progress.end("");
    List<Measured> times = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      times.add(new Measured(task.name(), task.text(), median(scores.get(i))));
    }
    return new KernelReport(new Times(times), size);
  }

  private List<Double> measure(Task task) {
    TimeValue time = TimeValue.milliseconds(settings.iterationMillis());
    var options =
        new OptionsBuilder()
            .include("^" + task.benchmark().getName().replace(".", "\\.") + "\\.answer$")
            .param(task.parameter(), task.name())
            .param("fill", Double.toString(settings.fill()))
            .forks(settings.forks())
            .jvmArgs("-Xms1g", "-Xmx2g")
            .warmupIterations(settings.warmUps())
            .warmupTime(time)
            .measurementIterations(settings.iterations())
            .measurementTime(time)
            .shouldFailOnError(true)
            .build();
    try {
      RunResult result = new Runner(options, progress).runSingle();
      List<Double> scores = new ArrayList<>();
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          scores.add(iteration.getPrimaryResult().getScore());
        }
      }
      return scores;
    } catch (RunnerException e) {
      throw new IllegalStateException(
          "the measurement of "
              + task.name()
              + " failed: "
              + e.getMessage()
              + "\n"
              + progress.said(),
          e);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
