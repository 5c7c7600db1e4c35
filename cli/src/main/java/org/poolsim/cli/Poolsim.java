// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Properties;
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
    for (String unlisted : List.of("help", "generate-completion")) {
      commandLine.getSubcommands().get(unlisted).getCommandSpec().usageMessage().hidden(true);
    }
    return commandLine;
  }

  private static int onWrongArguments(ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println("poolsim: " + wrong.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.WRONG_INPUT;
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
    err.println("poolsim: internal error, please report it with the scenario and the seed:");
    failure.printStackTrace(err);
    return ExitCode.INTERNAL;
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
