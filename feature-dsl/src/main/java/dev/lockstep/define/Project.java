package dev.lockstep.define;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What the command line runs: a feature set with its history, its label, and what is done about a
 * score. Found by {@link java.util.ServiceLoader}; an implementation has a public constructor
 * without parameters.
 */
public interface Project {

  /** The name on the command line: {@code ./lockstep plan flights}. */
  String name();

  /** One line for people. */
  String description();

  FeatureSet<?> featureSet();

  /** What the model learns to predict. */
  Label<?> label();

  /**
   * What the actor does where the score reaches the model's threshold: {@code block_transaction}.
   */
  String action();

  /**
   * The project's history, made in a directory if it isn't there yet.
   *
   * @param directory a folder of the project's own; made if missing
   * @throws IOException if the history can't be read or written; the message names the file
   */
  History history(Path directory) throws IOException;
}
