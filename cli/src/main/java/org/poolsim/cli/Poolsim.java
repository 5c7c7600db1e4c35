// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import org.poolsim.scenarios.yaml.Text;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command and its verbs. */
@Command(
    name = "poolsim",
    description = "A performance simulator of XenServer and XCP-ng resource pools.",
    mixinStandardHelpOptions = true,
    versionProvider = Poolsim.Version.class,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    footer = {
      "",
      "Exit codes: 0 done, 1 an objective or a validation case failed, 2 the input is wrong, 3 internal error.",
      "Completion: source <(poolsim generate-completion)"
    },
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      ImportCommand.class,
      ValidateCommand.class,
      ServeCommand.class,
      DataSourcesCommand.class,
      WarmUpCommand.class,
      CommandLine.HelpCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Poolsim {
  private Poolsim() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(unlessCutOff(commandLine().execute(arguments)));
  }

  /** What a full disk swallows is told; who closes a pipe, such as {@code head}, wants no more. */
  private static int unlessCutOff(int exit) {
    if (!System.out.checkError()) {
      return exit;
    }
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write('\n'); // only a new failure says why the first one was
    } catch (IOException why) {
      if (!"Broken pipe".equals(why.getMessage())) {
        System.err.println("poolsim: standard output: " + why.getMessage());
        return ExitCode.WRONG_INPUT;
      }
    }
    return exit;
  }

  /** Returns the command, ready to execute: errors in one line, no stack traces but for defects. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Poolsim());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(Poolsim::onWrongArguments);
    commandLine.setExecutionExceptionHandler(Poolsim::onFailure);
    commandLine.setExecutionStrategy(Poolsim::unlessError);
    for (String unlisted : List.of("help", "generate-completion")) {
      commandLine.getSubcommands().get(unlisted).getCommandSpec().usageMessage().hidden(true);
    }
    return commandLine;
  }

  private static int onWrongArguments(ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    String verb = unknownVerb(wrong);
    if (verb == null) {
      err.println(
          "poolsim: "
              + wrong
                  .getMessage()
                  .replaceFirst("is not an? (?:long|int)$", "is not a whole number"));
      CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    } else {
      List<String> verbs =
          wrong.getCommandLine().getSubcommands().entrySet().stream()
              .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
              .map(Map.Entry::getKey)
              .toList();
      err.println("poolsim: unknown verb \"" + verb + "\"" + Text.suggest(verb, verbs));
    }
    err.println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.WRONG_INPUT;
  }

  /**
   * Returns the word that stands where a verb is expected; {@code null} if that is not the mistake.
   */
  private static String unknownVerb(ParameterException wrong) {
    if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched
        && !wrong.getCommandLine().getSubcommands().isEmpty()
        && !unmatched.isUnknownOption()) {
      return unmatched.getUnmatched().get(0);
    }
    return null;
  }

  /** Executes what was asked for; errors are not exceptions to picocli, and end the process. */
  private static int unlessError(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error error) {
      return onError(error, parsed.commandSpec().commandLine().getErr());
    }
  }

  private static int onError(Error error, PrintWriter err) {
    if (error instanceof ServiceConfigurationError wrong) {
      err.println("poolsim: a class on POOLSIM_CLASSPATH cannot be used: " + withCause(wrong));
      return ExitCode.WRONG_INPUT;
    }
    if (error instanceof OutOfMemoryError) {
      err.println(
          "poolsim: out of memory, "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB are allowed: give it more with POOLSIM_JAVA_OPTIONS=-Xmx16g, or let it record"
              + " less with record: {sources: [...]}");
      return ExitCode.INTERNAL;
    }
    return internal(error, err);
  }

  private static String withCause(Throwable thrown) {
    return thrown.getMessage() + (thrown.getCause() == null ? "" : ": " + thrown.getCause());
  }

  private static int internal(Throwable failure, PrintWriter err) {
    err.println("poolsim: internal error, please report it with the scenario and the seed:");
    failure.printStackTrace(err);
    return ExitCode.INTERNAL;
  }

  private static int onFailure(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    if (failure instanceof WrongInputException wrong) {
      wrong.messages().forEach(err::println);
      return ExitCode.WRONG_INPUT;
    }
    if (failure instanceof IOException io) {
      err.println("poolsim: " + describe(io));
      return ExitCode.WRONG_INPUT;
    }
    return internal(failure, err);
  }

  /** Returns what went wrong with a file, in words. */
  static String describe(IOException failure) {
    if (failure instanceof java.nio.file.NoSuchFileException missing) {
      return missing.getFile() + ": no such file or folder";
    }
    if (failure instanceof java.nio.file.AccessDeniedException denied) {
      return denied.getFile() + ": access denied";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Reads the version that the build wrote down. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {"poolsim " + number()};
    }

    static String number() throws IOException {
      try (InputStream in = Poolsim.class.getResourceAsStream("version.properties")) {
        Properties properties = new Properties();
        properties.load(in);
        return properties.getProperty("version");
      }
    }
  }
}
