package dev.lockstep.cli.command;

import dev.lockstep.cli.process.Cleanup;
import dev.lockstep.cli.result.ErrorResult;
import dev.lockstep.cli.result.ResultJson;
import dev.lockstep.cli.result.RunningResult;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * How a command gives its result: in words, or as one JSON document on standard output, with
 * nothing else there.
 */
final class ResultOutput {
  private static final String NAME = "--output";

  /** What is on standard output. */
  enum Form {
    TEXT,
    JSON
  }

  /** Reads a form's name. */
  static final class FormConverter implements ITypeConverter<Form> {
    @Override
    public Form convert(String value) {
      return switch (value) {
        case "text" -> Form.TEXT;
        case "json" -> Form.JSON;
        default -> throw new TypeConversionException("write text or json, not " + value);
      };
    }
  }

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec command;

  @Option(
      names = NAME,
      paramLabel = "text|json",
      converter = FormConverter.class,
      defaultValue = "text",
      description = "The result in words, or as JSON by docs/schemas; default ${DEFAULT-VALUE}.")
  Form form = Form.TEXT;

  boolean isJson() {
    return form == Form.JSON;
  }

  /** Takes what is said of the result in words: goes nowhere where JSON was asked for. */
  PrintWriter text() {
    return isJson() ? new PrintWriter(Writer.nullWriter()) : out();
  }

  /** Takes what people must know meanwhile, beside the result. */
  PrintWriter note() {
    return isJson() ? command.commandLine().getErr() : out();
  }

  /** Gives the result where JSON was asked for. */
  void result(Record result) {
    if (isJson()) {
      out().println(ResultJson.document(result));
    }
    out().flush();
  }

  /**
   * Tells that a command is ready which runs until it is stopped. Its end is told when the cleanup
   * begins, unless it failed.
   *
   * @param words for people, on standard output
   * @return to be told of an orderly end
   */
  Running ready(RunningResult ready, String words, Cleanup cleanup) {
    if (isJson()) {
      out().println(ResultJson.line(ready));
    } else {
      out().println(words);
    }
    out().flush();
    return cleanup.add(new Running(ready));
  }

  /** A command that is ready. */
  final class Running implements AutoCloseable {
    private final RunningResult ready;
    private final long start = System.nanoTime();
    private volatile boolean ended;
    private volatile boolean stopped;

    Running(RunningResult ready) {
      this.ready = ready;
    }

    /** It ended by itself. */
    void ended() {
      ended(false);
    }

    /**
     * It came to an orderly end.
     *
     * @param bySignal whether it was told to
     */
    void ended(boolean bySignal) {
      stopped = bySignal;
      ended = true;
    }

    @Override
    public void close() {
      if (isJson() && (ended || Cleanup.isStopping())) {
        double seconds = (System.nanoTime() - start) / 1e9;
        out().println(ResultJson.line(ready.ended(seconds, stopped || Cleanup.isStopping())));
        out().flush();
      }
    }
  }

  /** Gives a failure in place of the result, where JSON was asked for. */
  static void failed(CommandLine command, ErrorResult error, String... arguments) {
    if (asksForJson(command, arguments)) {
      command.getOut().println(ResultJson.line(error));
      command.getOut().flush();
    }
  }

  /** Told from the words too: of a line that can't be read, no option has its value. */
  private static boolean asksForJson(CommandLine command, String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(NAME) && i + 1 < arguments.length) {
        return arguments[i + 1].equals("json");
      }
      if (arguments[i].startsWith(NAME + "=")) {
        return arguments[i].equals(NAME + "=json");
      }
    }
    OptionSpec option = command.getCommandSpec().findOption(NAME);
    IDefaultValueProvider configured = command.getDefaultValueProvider();
    try {
      return option != null
          && (option.getValue() == Form.JSON
              || (configured != null && "json".equals(configured.defaultValue(option))));
    } catch (Exception e) {
      return false; // what the file of settings says can't be told
    }
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
