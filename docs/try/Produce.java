import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes orders as anybody's program would, by Kafka's own client: BROKER FIRST LAST. */
public final class Produce {
  public static void main(String[] arguments) {
    Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0]);
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int i = Integer.parseInt(arguments[1]); i <= Integer.parseInt(arguments[2]); i++) {
        String customer = "c" + i % 7;
        String order =
            "{\"id\":\"live%d\",\"customer\":\"%s\",\"product\":\"p01\",\"amount\":%d.5,\"express\":%b,\"at\":\"%s\"}"
                .formatted(i, customer, 10 + i % 13 * 40, i % 5 == 0, Instant.now());
        producer.send(new ProducerRecord<>("orders", customer, order));
      }
    }
  }
}
