// The last row of docs/leak.md: the model of flights-event-time, on the vectors that a stream can really have.
// The command line refuses this on purpose: the fingerprints differ.

import dev.lockstep.define.Project;
import dev.lockstep.examples.flights.EventTimeFlightsProject;
import dev.lockstep.examples.flights.FlightsProject;
import dev.lockstep.plan.FeaturePlan;
import dev.lockstep.time.Micros;
import dev.lockstep.training.TrainingRows;
import dev.lockstep.training.TrainingSet;
import dev.lockstep.training.evaluate.Evaluation;
import dev.lockstep.training.train.TrainedModel;
import dev.lockstep.training.train.Trainer;
import java.nio.file.Path;
import java.util.stream.IntStream;

TrainingRows rows(Project project) {
  Path folder = Path.of(System.getProperty("data", ".lockstep"), project.name(), "training");
  return TrainingSet.load(folder, FeaturePlan.of(project.featureSet(), project.label())).rows();
}

TrainingRows claimed = rows(new EventTimeFlightsProject());
TrainingRows live = rows(new FlightsProject());
TrainedModel model = new Trainer().train(claimed, claimed.numericFeatureNames());

double auc(TrainingRows rows) {
  long from = Micros.of(model.report().boundary());
  float[] all = model.predict(rows);
  int[] validation = IntStream.range(0, all.length).filter(i -> rows.eventTimeMicros(i) >= from).toArray();
  float[] scores = new float[validation.length];
  float[] labels = new float[validation.length];
  for (int i = 0; i < validation.length; i++) {
    scores[i] = all[validation[i]];
    labels[i] = rows.label(validation[i]);
  }
  return Evaluation.auc(labels, scores);
}

System.out.printf("AUC on its own features %.4f, on those known at departure %.4f%n", auc(claimed), auc(live));
/exit
