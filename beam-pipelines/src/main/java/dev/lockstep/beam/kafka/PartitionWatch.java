package dev.lockstep.beam.kafka;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka, again and again, which partitions the inputs have and where these end: what lets live
 * partitions move on (C5), and new ones be read from their beginning.
 *
 * <p>Each round takes the brokers' clock first, then asks for metadata, then for the ends of all
 * partitions that there are: so an answer of that round tells what was so at that clock or later.
 */
final class PartitionWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWatch.class);

  /** Between rounds while some end has moved lately, and while none has. */
  private static final long BUSY_MILLIS = 10;

  private static final long QUIET_MILLIS = 25;
  private static final long LATELY_MILLIS = 1_000;

  /** Between rounds of a replay, which only look for new partitions. */
  private static final long REPLAY_MILLIS = 1_000;

  private static final long AFTER_FAILURE_MILLIS = 500;
  private static final int PATIENCE_MILLIS = 5_000;
  private static final String UNANSWERED = "Kafka doesn't answer: ";

  private final KafkaInputs inputs;
  private final TopicFeed feed;
  private final RecordFetcher fetcher;
  private final InstantSource clock;
  private final long mostVisibleWithinMillis;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final OpenTransactions transactions = new OpenTransactions();
  private long movedAt;
  private volatile long wholeRoundAt = Long.MIN_VALUE;
  private volatile long identified;
  private volatile @Nullable String problem;

  PartitionWatch(KafkaInputs inputs, TopicFeed feed, RecordFetcher fetcher, InstantSource clock) {
    this.inputs = inputs;
    this.feed = feed;
    this.fetcher = fetcher;
    this.clock = clock;
    this.mostVisibleWithinMillis =
        inputs.topics().stream().mapToLong(InputTopic::visibleWithinMillis).max().orElse(0);
  }

  /**
   * Waits until topics have been found to be those that are read, by a question sent from now on,
   * or the feed has ended because one isn't.
   */
  void awaitIdentified() throws InterruptedException {
    long enough = identified + 2; // a question that is under way may be older
    while (identified < enough && !feed.isClosed()) {
      Thread.sleep(QUIET_MILLIS);
    }
  }

  /** A sentence that says why Kafka doesn't answer; null while it does. */
  @Nullable String problem() {
    return problem;
  }

  /** Where a live slot without partitions stands. */
  long emptySlot() {
    long last = wholeRoundAt;
    return last == Long.MIN_VALUE
        ? PartitionProgress.NOTHING_TOLD_MILLIS
        : Math.max(PartitionProgress.NOTHING_TOLD_MILLIS, last - mostVisibleWithinMillis);
  }

  @Override
  public void run() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, inputs.bootstrapServers());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    try (Admin admin = Admin.create(KafkaClients.withEnvironment(settings))) {
      while (!feed.isClosed()) {
        Thread.sleep(round(admin));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      feed.fail("Kafka at " + inputs.bootstrapServers() + " can't be asked: " + e.getMessage());
    }
  }

  /**
   * Asks once.
   *
   * @return how long to wait before it is asked again, in milliseconds
   */
  private long round(Admin admin) throws InterruptedException {
    try {
      long at = feed.earliestBrokerClock();
      Map<String, TopicDescription> topics =
          get(admin.describeTopics(inputs.names()).allTopicNames());
      begin(admin, topics);
      identified++;
      String unanswered = askForEnds(admin, at);
      if (unanswered == null) {
        wholeRoundAt = at;
      }
      problem = unanswered == null ? null : UNANSWERED + unanswered;
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      return failed(e);
    }
    if (!inputs.live()) {
      return REPLAY_MILLIS;
    }
    return clock.millis() - movedAt < LATELY_MILLIS ? BUSY_MILLIS : QUIET_MILLIS;
  }

  private long failed(Throwable reason) {
    if (!(reason instanceof RetriableException
        || reason instanceof UnknownTopicOrPartitionException
        || reason instanceof TimeoutException)) {
      feed.fail("Kafka at " + inputs.bootstrapServers() + " refuses: " + reason.getMessage());
    }
    problem = UNANSWERED + reason.getMessage();
    LOG.info("Kafka is asked again: {}", reason.getMessage());
    return AFTER_FAILURE_MILLIS;
  }

  /** Lets slots begin with their partitions that they don't read yet. */
  private void begin(Admin admin, Map<String, TopicDescription> topics)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, Uuid> ids = new HashMap<>();
    topics.forEach(
        (name, topic) -> {
          for (TopicPartitionInfo partition : topic.partitions()) {
            ids.put(new TopicPartition(name, partition.partition()), topic.topicId());
          }
        });
    for (TopicReader reader : feed.readers()) {
      List<TopicPartition> fresh = ids.keySet().stream().filter(reader::lacks).toList();
      Map<TopicPartition, Long> first = beginnings(admin, fresh);
      for (TopicPartition partition : fresh) {
        begin(reader, partition, id(ids, partition), first);
      }
      reader.partitions().forEach(p -> requireSame(p.partition(), p.topicId(), ids));
      reader.knowsItsPartitions();
      if (!fresh.isEmpty()) {
        fetcher.changed();
      }
    }
  }

  private void begin(
      TopicReader reader, TopicPartition partition, Uuid id, Map<TopicPartition, Long> beginnings) {
    ReadMark.Place place = reader.placeOf(partition);
    InputTopic topic = inputs.topic(partition.topic());
    if (place != null && !place.topicId().equals(id)) {
      feed.fail(madeAnew(partition, place.topicId(), id));
      return;
    }
    long beginning = beginnings.getOrDefault(partition, 0L);
    long position =
        place != null
            ? place.position()
            : topic.firstOffsets().getOrDefault(partition.partition(), beginning);
    long progress = place != null ? place.progressMillis() : PartitionProgress.NOTHING_TOLD_MILLIS;
    reader.begin(
        new ReadPartition(
            reader,
            partition,
            id,
            new PartitionProgress(topic, inputs.live(), position, progress)));
  }

  private void requireSame(TopicPartition partition, Uuid id, Map<TopicPartition, Uuid> ids) {
    Uuid now = ids.get(partition);
    if (now != null && !now.equals(id)) {
      feed.fail(madeAnew(partition, id, now));
    }
  }

  private static String madeAnew(TopicPartition partition, Uuid before, Uuid now) {
    return "topic "
        + partition.topic()
        + " was deleted and made anew (its id was "
        + before
        + " and is "
        + now
        + "), so the places that this stream has read to mean nothing there: start in a new --work"
        + " folder, with the last snapshot if the old events count";
  }

  private static Uuid id(Map<TopicPartition, Uuid> ids, TopicPartition partition) {
    return ids.getOrDefault(partition, Uuid.ZERO_UUID);
  }

  private Map<TopicPartition, Long> beginnings(Admin admin, List<TopicPartition> partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, OffsetSpec.earliest()));
    Map<TopicPartition, Long> first = new HashMap<>();
    get(admin.listOffsets(asked).all()).forEach((partition, o) -> first.put(partition, o.offset()));
    return first;
  }

  /**
   * Tells partitions their ends; one whose leader doesn't answer waits, the others go on.
   *
   * @return which didn't answer; null for none
   */
  private @Nullable String askForEnds(Admin admin, long at) throws InterruptedException {
    List<ReadPartition> all = new ArrayList<>();
    feed.readers().forEach(reader -> reader.partitions().forEach(all::add));
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    all.forEach(read -> asked.put(read.partition(), OffsetSpec.latest()));
    if (asked.isEmpty()) {
      return null;
    }
    String unanswered = null;
    // The high watermark: what an open transaction holds back is there, too, and not yet read.
    ListOffsetsResult result =
        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED));
    for (ReadPartition read : all) {
      try {
        long end = get(result.partitionResult(read.partition())).offset();
        read.progress().asked(at, end);
        Long before = ends.put(read.partition(), end);
        if (before == null || before != end) {
          movedAt = clock.millis();
        }
      } catch (ExecutionException | TimeoutException e) {
        unanswered = read.partition() + " has no leader that answers: " + e.getMessage();
      }
    }
    transactions.look(admin, all, clock.millis());
    return unanswered;
  }

  private static <T> T get(Future<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
