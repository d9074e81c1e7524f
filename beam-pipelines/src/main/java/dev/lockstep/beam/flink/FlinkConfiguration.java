package dev.lockstep.beam.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder with Flink's configuration: the given settings, and those without which Flink doesn't
 * start on a newer Java.
 */
public final class FlinkConfiguration {
  /**
   * Parquet brings Hadoop's classes, and Flink, when it sees them, asks Hadoop who is logged in, to
   * renew tokens for HDFS. Hadoop asks Java's security manager, which is gone since Java 24
   * ("getSubject is not supported"). Both places where Flink asks are closed; nothing of ours uses
   * HDFS.
   */
  private static final Map<String, String> WITHOUT_HADOOP_LOGIN =
      Map.of(
          "security.delegation.tokens.enabled",
          "false",
          "security.module.factory.classes",
          "org.apache.flink.runtime.security.modules.JaasModuleFactory");

  private FlinkConfiguration() {}

  /**
   * Writes the configuration.
   *
   * @param folder for {@code flink-conf.yaml}; made if missing
   * @param settings what is more than Flink's defaults; they win over ours
   * @return the folder
   * @throws IOException if it can't be written
   */
  public static Path write(Path folder, Map<String, String> settings) throws IOException {
    Map<String, String> all = new TreeMap<>(WITHOUT_HADOOP_LOGIN);
    all.putAll(settings);
    List<String> lines =
        all.entrySet().stream().map(s -> s.getKey() + ": " + s.getValue()).toList();
    Files.createDirectories(folder);
    Files.write(folder.resolve("flink-conf.yaml"), lines);
    return folder;
  }
}
