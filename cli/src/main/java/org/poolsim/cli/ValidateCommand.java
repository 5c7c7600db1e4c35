// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.poolsim.validation.CaseFormatException;
import org.poolsim.validation.Replay;
import org.poolsim.validation.Replay.CaseResult;
import org.poolsim.validation.Replay.Verdict;
import org.poolsim.validation.ValidationSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code poolsim validate SET PATH...}: recorded cases of the real software through poolsim's
 * models.
 */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Replays recorded cases of the real software and prints the error of each.",
    footer = {
      "",
      "A case file whose recorded outcome has been removed is replayed and not judged.",
      "Exit code 1 when a case is out of tolerance."
    })
final class ValidateCommand implements Callable<Integer> {
  private static final int MOST_JITTER_SETS = 1_000;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "SET",
      description = "Kind of cases: ${COMPLETION-CANDIDATES}",
      completionCandidates = Names.class)
  private String setName;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "Case files, or folders of them.")
  private List<Path> paths;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Write what poolsim computed: one file per case file, of the same name.")
  private Path results;

  @Option(names = "--json", description = "Print the table as JSON.")
  private boolean json;

  @Option(
      names = "--jitter-sets",
      paramLabel = "N",
      description = {
        "Judge the jittered cases of the set cpu over N independent sets of jitter, and print how"
            + " many are within in each. Verdict and exit code are those of the first set."
      },
      defaultValue = "1")
  private int jitterSets;

  @Override
  public Integer call() throws IOException {
    ValidationSet set = set();
    List<Path> files = files(set);
    if (results != null) {
      Files.createDirectories(results);
    }
    List<Row> rows = new ArrayList<>();
    JitterSets repeated = new JitterSets(jitterSets);
    CaseTable table = new CaseTable(spec.commandLine().getOut());
    try (CaseProgress progress =
        new CaseProgress(setName, files.size(), Terminal.showsProgress())) {
      for (Path file : files) {
        progress.reads(file);
        Replay replay = replay(set, file, progress);
        for (CaseResult one : replay.cases()) {
          rows.add(new Row(file.getFileName().toString(), one));
        }
        if (results != null) {
          Files.writeString(results.resolve(file.getFileName().toString()), replay.computed());
        }
        repeated.add(replay.repeated());
        table.add(replay.cases());
        if (progress.hasRead() && !json) {
          table.print();
        }
      }
    }
    if (!json) {
      table.print();
    }
    summarize(rows, repeated);
    boolean failed = rows.stream().anyMatch(row -> row.result.verdict() == Verdict.FAIL);
    return failed ? ExitCode.MISSED : ExitCode.DONE;
  }

  private ValidationSet set() {
    Map<String, ValidationSet> sets = sets();
    ValidationSet set = sets.get(setName);
    if (set == null) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no validation set '"
              + setName
              + "'; there are: "
              + String.join(", ", sets.keySet()));
    }
    if (jitterSets < 1 || jitterSets > MOST_JITTER_SETS) {
      throw new WrongInputException(
          "--jitter-sets " + jitterSets + ": expected 1 to " + MOST_JITTER_SETS);
    }
    if (jitterSets > 1) {
      return set.withJitterSets(jitterSets)
          .orElseThrow(
              () ->
                  new WrongInputException(
                      "--jitter-sets "
                          + jitterSets
                          + ": the cases of the set '"
                          + setName
                          + "' have no jitter; leave the option out"));
    }
    return set;
  }

  private static Map<String, ValidationSet> sets() {
    Map<String, ValidationSet> sets = new LinkedHashMap<>();
    ServiceLoader.load(ValidationSet.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(ValidationSet::name))
        .forEach(set -> sets.put(set.name(), set));
    return sets;
  }

  private List<Path> files(ValidationSet set) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.list(path)) {
          inside.filter(Files::isRegularFile).filter(set::accepts).sorted().forEach(files::add);
        }
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        throw new WrongInputException(
            path + (Files.exists(path) ? ": not a file or folder" : ": no such file or folder"));
      }
    }
    if (files.isEmpty()) {
      throw new WrongInputException(
          paths.stream().map(Path::toString).collect(Collectors.joining(", "))
              + ": no case file of the set '"
              + setName
              + "' there");
    }
    return files;
  }

  private static Replay replay(ValidationSet set, Path file, ValidationSet.Watcher watcher)
      throws IOException {
    try {
      return set.replay(file, watcher);
    } catch (CaseFormatException wrong) {
      throw new WrongInputException(wrong.getMessage());
    } catch (CharacterCodingException wrong) {
      throw new WrongInputException(file + ": not UTF-8 text, expected a case file");
    }
  }

  private void summarize(List<Row> rows, JitterSets repeated) {
    PrintWriter out = spec.commandLine().getOut();
    long passed = count(rows, Verdict.PASS);
    long failed = count(rows, Verdict.FAIL);
    long unjudged = count(rows, Verdict.NOT_JUDGED);
    if (json) {
      JsonMapper mapper = new JsonMapper();
      ObjectNode root = mapper.createObjectNode();
      root.put("set", setName)
          .put("passed", passed)
          .put("failed", failed)
          .put("not_judged", unjudged);
      ArrayNode cases = root.putArray("cases");
      for (Row row : rows) {
        cases
            .addObject()
            .put("file", row.file)
            .put("case", row.result.id())
            .put("verdict", row.result.verdict().name().toLowerCase(java.util.Locale.ROOT))
            .put("deviation", row.result.deviation())
            .put("tolerance", row.result.tolerance());
      }
      repeated.addTo(root);
      out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    } else {
      repeated.print(out);
      out.println(
          setName
              + ": "
              + passed
              + " passed, "
              + failed
              + " failed"
              + (unjudged > 0 ? ", " + unjudged + " not judged" : ""));
    }
    out.flush();
  }

  private static long count(List<Row> rows, Verdict verdict) {
    return rows.stream().filter(row -> row.result.verdict() == verdict).count();
  }

  private record Row(String file, CaseResult result) {}

  /** The names of the sets, for help and completion. */
  static final class Names implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return sets().keySet().iterator();
    }
  }
}
