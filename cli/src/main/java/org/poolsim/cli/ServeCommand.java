// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.poolsim.cli.run.RunningSimulation;
import org.poolsim.cli.run.SeriesChoice;
import org.poolsim.reports.serve.FinishedRun;
import org.poolsim.reports.serve.HostService;
import org.poolsim.reports.serve.LiveRun;
import org.poolsim.reports.serve.ServeOptions;
import org.poolsim.scenarios.LoadedScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code poolsim serve DIR|S.yaml}: a host's HTTP service over a run. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Answers over HTTP like a host of the pool, over a finished run or a simulation that goes on.",
      "A page for people is at /; rrd_updates, host_rrd, vm_rrd, sr_rrd and the XenAPI are for tools."
    },
    footer = {
      "",
      "It ends with Ctrl-C. HTTP is not encrypted: bind to loopback or a safe network."
    })
final class ServeCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;
  private static final int PASSWORD_BYTES = 12;

  /** Held, because a logger that nobody holds forgets its level. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR|SCENARIO",
      description = "A run's output folder, or a scenario file to simulate.")
  private Path source;

  @Mixin private ScenarioChanges changes;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port, 0 for any free one; ${DEFAULT-VALUE} unless given.",
      defaultValue = "8080")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "The address to listen on; ${DEFAULT-VALUE} unless given.",
      defaultValue = "127.0.0.1")
  private String address;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "The user name; ${DEFAULT-VALUE} unless given.",
      defaultValue = "root")
  private String user;

  @Option(
      names = "--password",
      paramLabel = "WORD",
      description = "The password; otherwise POOLSIM_PASSWORD, otherwise drawn and printed.")
  private String password;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = {
        "Simulated seconds per second, or max; ${DEFAULT-VALUE} unless given, as a real host.",
      },
      defaultValue = "1")
  private String speed;

  @Option(
      names = "--literal-all",
      description = "Take vm_uuid=all and none for plain uuids, as hosts do since v26.7.")
  private boolean literalAll;

  @Override
  public Integer call() throws Exception {
    JETTY.setLevel(Level.WARNING);
    double pace = pace();
    if (port < 0 || port > PORT_MAX) {
      throw new WrongInputException("--port " + port + ": expected 0 to " + PORT_MAX);
    }
    String word = chosenPassword();
    ServeOptions options =
        new ServeOptions(address, port, user, word.isEmpty() ? drawn() : word, literalAll);
    if (Files.isDirectory(source)) {
      if (!changes.isEmpty()) {
        throw new WrongInputException(
            source + ": is a finished run; --set, --seed and --for are for a scenario");
      }
      LiveRun finished = FinishedRun.read(source);
      return serve(finished, options, word.isEmpty(), () -> {}, () -> null);
    }
    LoadedScenario scenario = changes.load(source);
    RunningSimulation simulation =
        new RunningSimulation(
            scenario.runSpec(),
            SeriesChoice.of(scenario),
            scenario.perfmon(),
            changes.facts(source, scenario),
            Poolsim.Version.number(),
            pace);
    return serve(simulation, options, word.isEmpty(), simulation::stop, () -> advance(simulation));
  }

  private double pace() {
    if (speed.equals("max")) {
      return Double.POSITIVE_INFINITY;
    }
    try {
      double pace = Double.parseDouble(speed);
      if (pace > 0 && pace <= RunningSimulation.MOST_SPEED) {
        return pace;
      }
    } catch (NumberFormatException wrong) {
      // Said below, as for a number out of range.
    }
    throw new WrongInputException(
        "--speed " + speed + ": expected max, or a number above 0 and up to 1e6");
  }

  private String chosenPassword() {
    if (password != null && password.isEmpty()) {
      throw new WrongInputException("--password: is empty, expected at least one character");
    }
    String environment = System.getenv("POOLSIM_PASSWORD");
    return password != null ? password : environment != null ? environment : "";
  }

  private static String drawn() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Runs a simulation in this thread; its end leaves the service there. */
  private Void advance(RunningSimulation simulation) throws InterruptedException {
    simulation.advance();
    if (simulation.isFinished()) {
      say("the simulation has reached its end; the service goes on");
    }
    return null;
  }

  private int serve(
      LiveRun run, ServeOptions options, boolean tellPassword, Runnable stop, Callable<Void> work)
      throws Exception {
    try (HostService service = new HostService(run, options)) {
      service.start();
      Runnable end = service::close;
      Thread hook =
          new Thread(
              () -> {
                stop.run();
                end.run();
              },
              "stopping");
      Runtime.getRuntime().addShutdownHook(hook);
      String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
      say("http://" + host + ":" + service.port() + "/  (Ctrl-C ends it)");
      say("user " + user + (tellPassword ? ", password " + options.password() : ""));
      try {
        work.call();
        service.join();
      } finally {
        try {
          Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
          // Ctrl-C: the hook does what is to be done.
        }
      }
    } catch (IllegalStateException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw failed;
    }
    return ExitCode.DONE;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
