package dev.lockstep.beam.kafka;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The options of a job by which its {@link TopicSource} knows what to read. */
public interface KafkaInputOptions extends PipelineOptions {
  /** {@link KafkaInputs} as JSON; holds no credentials, for options are shown by runners. */
  @Description("What the stream reads of Kafka, as JSON.")
  @Default.String("")
  String getKafkaInputs();

  void setKafkaInputs(String json);
}
