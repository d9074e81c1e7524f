package dev.lockstep.beam.simulation;

import dev.lockstep.beam.kafka.RecordHeaders;
import dev.lockstep.value.FeatureVector;
import dev.lockstep.value.ValueType;
import dev.lockstep.wire.FeatureVectorCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a job has written to its topics. */
final class Published {
  private final SimulatedSet set;
  private final List<ValueType> types;

  /** All vectors of a request's copy, the first one first, by {@link SimulatedCase#key}. */
  final Map<String, List<String>> vectors = new TreeMap<>();

  final Set<String> dead = new TreeSet<>();
  final Set<String> late = new TreeSet<>();
  final Set<String> unknown = new HashSet<>();

  Published(SimulatedSet set) {
    this.set = set;
    this.types = set.plan().featureTypes();
  }

  void add(ProducerRecord<byte[], byte[]> record) {
    if (record.topic().equals(set.topics().vectors())) {
      FeatureVector vector = FeatureVectorCodec.fromBytes(record.value(), types);
      vectors
          .computeIfAbsent(
              SimulatedCase.key(vector.requestId(), vector.availableAtMicros()),
              key -> new ArrayList<>())
          .add(VectorText.of(vector.entities(), vector.values()));
    } else if (record.topic().equals(set.topics().deadLetters())) {
      dead.add(positionOf(record));
    } else if (record.topic().equals(set.topics().late())) {
      late.add(positionOf(record));
    } else {
      unknown.add(record.topic());
    }
  }

  private static String positionOf(ProducerRecord<byte[], byte[]> letter) {
    return new String(
        letter.headers().lastHeader(RecordHeaders.POSITION).value(), StandardCharsets.UTF_8);
  }
}
