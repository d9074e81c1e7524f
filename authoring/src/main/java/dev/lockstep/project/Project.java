package dev.lockstep.project;

import dev.lockstep.define.FeatureSet;
import dev.lockstep.define.Label;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A project is what the command line runs: a feature set, and what some of its commands need
 * beside.
 *
 * <p>It is found by {@link java.util.ServiceLoader}: its class is named in {@code
 * META-INF/services/dev.lockstep.project.Project}, is public, and has a public constructor without
 * parameters. A command that needs what a project doesn't give says so, and which method gives it.
 */
public interface Project {

  /** The name on the command line, as in {@code lockstep plan flights}. */
  String name();

  /** One line for people. */
  String description();

  /** The features, and the events that ask for them. */
  FeatureSet<?> featureSet();

  /**
   * What a model learns to predict: {@code train} and {@code leak} need it.
   *
   * @return null, the default, for features alone
   */
  default @Nullable Label<?> label() {
    return null;
  }

  /**
   * What is done where a score reaches the model's threshold, such as {@code block_transaction}:
   * {@code act} and {@code serve} need it.
   *
   * @return null, the default, for nothing
   */
  default @Nullable String action() {
    return null;
  }

  /**
   * The Parquet files of the past, made if the project makes its own: {@code backfill}, {@code
   * replay} and whatever reads tables from files need them.
   *
   * @param directory a folder for files that the project makes; itself made if missing
   * @return null, the default, for none
   * @throws IOException if the history can't be read or written; the message names the file
   */
  default @Nullable History history(Path directory) throws IOException {
    return null;
  }
}
