package dev.lockstep.cli.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Flink cluster as its REST interface shows it. */
public final class FlinkRest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(TIMEOUT).version(HttpClient.Version.HTTP_1_1).build();

  /**
   * What a cluster has.
   *
   * @param version Flink's, such as 1.19.1
   */
  public record Overview(String version, int taskManagers, int slots, int freeSlots) {}

  /**
   * @param master {@code host:port}
   */
  public FlinkRest(String master) {
    this.base = "http://" + master;
  }

  /**
   * What the cluster has now.
   *
   * @throws IOException if it doesn't answer, or not as Flink does
   */
  public Overview overview() throws IOException, InterruptedException {
    JsonNode root = get("/overview");
    if (!root.has("flink-version")) {
      throw new IOException(base + " answers, but isn't Flink's REST interface");
    }
    return new Overview(
        root.path("flink-version").asText(),
        root.path("taskmanagers").asInt(),
        root.path("slots-total").asInt(),
        root.path("slots-available").asInt());
  }

  /** A setting of the JobManager; empty if it has none of that name. */
  public String setting(String key) throws IOException, InterruptedException {
    for (JsonNode setting : get("/jobmanager/config")) {
      if (setting.path("key").asText().equals(key)) {
        return setting.path("value").asText();
      }
    }
    return "";
  }

  /**
   * Cancels the jobs of a name that haven't ended.
   *
   * @return how many there were
   */
  public int cancel(String jobName) throws IOException, InterruptedException {
    List<String> ids = running(jobName);
    for (String id : ids) {
      send(
          request("/jobs/" + id + "?mode=cancel")
              .method("PATCH", HttpRequest.BodyPublishers.noBody())
              .build());
    }
    return ids.size();
  }

  /** The ids of the jobs of a name that haven't ended. */
  public List<String> running(String jobName) throws IOException, InterruptedException {
    return jobs(jobName, false);
  }

  /** The same, of those that have begun: others have nothing to tell yet. */
  public List<String> begun(String jobName) throws IOException, InterruptedException {
    return jobs(jobName, true);
  }

  private List<String> jobs(String jobName, boolean begun)
      throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (job.path("name").asText().equals(jobName)
          && job.path("end-time").asLong() < 0
          && !(begun && job.path("state").asText().equals("INITIALIZING"))) {
        ids.add(job.path("jid").asText());
      }
    }
    return ids;
  }

  /** Whether all tasks of a job have set up what they do, and run. */
  public boolean runs(String job) throws IOException, InterruptedException {
    JsonNode vertices = get("/jobs/" + job).path("vertices");
    for (JsonNode vertex : vertices) {
      JsonNode tasks = vertex.path("tasks");
      int up = tasks.path("RUNNING").asInt() + tasks.path("FINISHED").asInt();
      if (up < vertex.path("parallelism").asInt()) {
        return false;
      }
    }
    return !vertices.isEmpty();
  }

  /**
   * Begins to stop a job with a savepoint. Nothing is drained: that would tell all steps that
   * nothing more will ever come, and they would let go of all that waits.
   *
   * @param target the URI of the folder for the savepoint
   * @return what to ask {@link #savepoint} with
   */
  public String stop(String job, String target) throws IOException, InterruptedException {
    String body =
        JSON.createObjectNode()
            .put("targetDirectory", target)
            .put("drain", false)
            .put("formatType", "CANONICAL") // which any backend reads
            .toString();
    JsonNode answer =
        JSON.readTree(
            send(
                request("/jobs/" + job + "/stop")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build()));
    return answer.path("request-id").asText();
  }

  /**
   * How a savepoint is getting on.
   *
   * @param location where it is, once it is whole
   * @param failure why there will be none
   */
  public record Savepoint(@Nullable String location, @Nullable String failure) {
    /** Whether it is neither whole nor given up. */
    public boolean isBeingTaken() {
      return location == null && failure == null;
    }
  }

  /** How the savepoint of a request is getting on. */
  public Savepoint savepoint(String job, String request) throws IOException, InterruptedException {
    JsonNode answer = get("/jobs/" + job + "/savepoints/" + request);
    if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
      return new Savepoint(null, null);
    }
    JsonNode operation = answer.path("operation");
    JsonNode cause = operation.path("failure-cause");
    return cause.isMissingNode()
        ? new Savepoint(operation.path("location").asText(), null)
        : new Savepoint(null, cause.path("stack-trace").asText("no reason"));
  }

  /** Lets a job save its state now, beside the checkpoints that it makes by itself. */
  public void checkpoint(String job) throws IOException, InterruptedException {
    var unused =
        send(
            request("/jobs/" + job + "/checkpoints")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
  }

  /** How long the last checkpoint of a job took that is whole; empty if there is none yet. */
  public Optional<Duration> completedCheckpoint(String job)
      throws IOException, InterruptedException {
    JsonNode completed = get("/jobs/" + job + "/checkpoints").path("latest").path("completed");
    return completed.path("id").isMissingNode()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(completed.path("end_to_end_duration").asLong()));
  }

  /**
   * A checkpoint that wasn't saved.
   *
   * @param number the job's, counted from 1
   */
  public record FailedCheckpoint(long number, String reason) {}

  /** The last checkpoint of a job that wasn't saved. */
  public Optional<FailedCheckpoint> failedCheckpoint(String job)
      throws IOException, InterruptedException {
    JsonNode failed = get("/jobs/" + job + "/checkpoints").path("latest").path("failed");
    return failed.path("id").isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new FailedCheckpoint(
                failed.path("id").asLong(), failed.path("failure_message").asText("no reason")));
  }

  /**
   * A failure after which a job began again, or ended.
   *
   * @param atMillis when, by the JobManager's clock
   * @param trace with all causes
   */
  public record Failure(long atMillis, String trace) {}

  /** The failures of a job that Flink remembers, oldest first. */
  public List<Failure> failures(String job) throws IOException, InterruptedException {
    List<Failure> failures = new ArrayList<>();
    for (JsonNode entry :
        get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries")) {
      failures.add(
          new Failure(entry.path("timestamp").asLong(), entry.path("stacktrace").asText()));
    }
    failures.sort(Comparator.comparingLong(Failure::atMillis));
    return failures;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request(path).build()));
  }

  private HttpRequest.Builder request(String path) throws IOException {
    try {
      return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    } catch (IllegalArgumentException e) {
      throw new IOException(base + " is no address: " + e.getMessage(), e);
    }
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(request.uri() + " answers with status " + response.statusCode());
    }
    return response.body();
  }
}
