// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.summary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.poolsim.reports.result.AlarmRate;
import org.poolsim.reports.result.CpuDetail;
import org.poolsim.reports.result.Ending;
import org.poolsim.reports.result.Identity;
import org.poolsim.reports.result.Lane;
import org.poolsim.reports.result.Objective;
import org.poolsim.reports.result.Objective.Verdict;
import org.poolsim.reports.result.RunEvent;
import org.poolsim.reports.result.RunFacts;
import org.poolsim.reports.result.RunResult;

/** The sentences that the page and the terminal share, word for word. */
public final class Wording {
  private Wording() {}

  /** Returns the verdict in one sentence. */
  public static String verdict(RunResult run) {
    List<Objective> objectives = run.objectives();
    if (objectives.isEmpty()) {
      return saturationVerdict(run);
    }
    List<Objective> missed =
        objectives.stream().filter(o -> o.verdict() == Verdict.MISSED).toList();
    long unmeasured = objectives.stream().filter(o -> o.verdict() == Verdict.NOT_MEASURED).count();
    if (!missed.isEmpty()) {
      return ofAll(missed.size(), objectives.size(), "is missed", "are missed")
          + complaints(missed)
          + ".";
    }
    if (unmeasured > 0) {
      return ofAll(
              (int) unmeasured, objectives.size(), "could not be measured", "could not be measured")
          + (unmeasured == objectives.size() ? "." : "; the others are met.");
    }
    if (objectives.size() == 1) {
      return "The objective is met.";
    }
    return objectives.size() == 2
        ? "Both objectives are met."
        : "All " + Figures.word(objectives.size()) + " objectives are met.";
  }

  private static String saturationVerdict(RunResult run) {
    List<Lane> lanes = run.lanesByFirst();
    if (lanes.isEmpty()) {
      return "Nothing was measured against a limit.";
    }
    Lane first = lanes.get(0);
    if (first.saturated()) {
      return capital(first.resource())
          + " saturates first, at "
          + Figures.clock(first.firstNanos())
          + (first.entity().isEmpty() ? "." : " on " + first.entity() + ".");
    }
    return waits(run)
            .map(
                wait ->
                    "Nothing saturates, but "
                        + wait.vm()
                        + " waits for a pCPU "
                        + Figures.percent(wait.share().p95())
                        + " of the time (95th percentile).")
            .orElse("Nothing saturates.")
        + nearest(run).map(n -> " " + nearestWords(n)).orElse("");
  }

  /** Returns the VM that waited longest for a pCPU, if that was more than its threshold. */
  public static Optional<CpuDetail.VmWait> waits(RunResult run) {
    return run.cpu().stream()
        .flatMap(cpu -> cpu.worstWaits().stream())
        .filter(wait -> wait.share().p95() >= wait.share().threshold())
        .findFirst();
  }

  /** Returns what came nearest to its threshold, if nothing reached its own. */
  public static Optional<Lane> nearest(RunResult run) {
    if (run.lanes().stream().anyMatch(Lane::saturated)) {
      return Optional.empty();
    }
    return run.lanes().stream()
        .filter(lane -> !Double.isNaN(lane.spare()))
        .min(Comparator.comparingDouble(Lane::spare));
  }

  /** Returns the nearest resource as a sentence. */
  public static String nearestWords(Lane lane) {
    if (lane.highest() >= lane.threshold()) {
      return capital(lane.resource())
          + " reached "
          + Figures.text(lane.highest(), lane.unit())
          + (lane.highestEntity().isEmpty() ? "" : " on " + lane.highestEntity())
          + ", but not for long enough to count (threshold "
          + lane.thresholdWords()
          + ").";
    }
    return capital(lane.resource())
        + " comes nearest: "
        + Figures.text(lane.highest(), lane.unit())
        + (lane.highestEntity().isEmpty() ? "" : " on " + lane.highestEntity())
        + ", "
        + Figures.percent(Math.max(0, lane.spare()))
        + " below its threshold.";
  }

  private static String ofAll(int some, int all, String verbOne, String verbMany) {
    if (all == 1) {
      return "The objective " + verbOne;
    }
    if (some == all) {
      return (all == 2 ? "Both" : "All " + Figures.word(all)) + " objectives " + verbMany;
    }
    return capital(Figures.word(some))
        + " of "
        + Figures.word(all)
        + " objectives "
        + (some == 1 ? verbOne : verbMany);
  }

  private static String complaints(List<Objective> missed) {
    List<String> words = new ArrayList<>();
    for (Objective objective : missed) {
      words.add(
          objective.complaint().isEmpty()
              ? uncapital(objective.title())
                  + " is "
                  + (objective.direction() == Objective.Direction.BELOW ? "over" : "under")
                  + " its limit"
              : objective.complaint());
    }
    return words.size() > 3 ? "" : ": " + listed(words);
  }

  /** Returns {@code a, b and c}. */
  public static String listed(List<String> words) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    return String.join(", ", words.subList(0, words.size() - 1))
        + " and "
        + words.get(words.size() - 1);
  }

  /**
   * Returns how far an objective is from its limit: {@code missed by 31 %}, {@code met, 27 %
   * spare}.
   */
  public static String distance(Objective objective) {
    double spare = objective.spare();
    return switch (objective.verdict()) {
      case NOT_MEASURED -> "not measured";
      case MET -> Double.isNaN(spare) ? "met" : "met, " + Figures.percent(spare) + " spare";
      case MISSED -> Double.isNaN(spare) ? "missed" : "missed by " + Figures.percent(-spare);
    };
  }

  /** Returns the limit with its side: {@code below 90 s}. */
  public static String limit(Objective objective) {
    return objective.direction().name().toLowerCase(Locale.ROOT)
        + " "
        + Figures.text(objective.limit(), objective.unit());
  }

  /** Returns a statistic in words: {@code 95th percentile} for {@code p95}. */
  public static String statistic(String statistic) {
    if (statistic.matches("p[0-9]+(\\.[0-9]+)?")) {
      String number = statistic.substring(1);
      String ending =
          number.endsWith("1") && !number.endsWith("11")
              ? "st"
              : number.endsWith("2") && !number.endsWith("12")
                  ? "nd"
                  : number.endsWith("3") && !number.endsWith("13") ? "rd" : "th";
      return number + ending + " percentile";
    }
    return switch (statistic) {
      case "max" -> "highest";
      case "min" -> "lowest";
      default -> statistic;
    };
  }

  /** Returns the events whose outcome belongs into the verdict, at most {@code most}. */
  public static List<RunEvent> outcomes(RunResult run, int most) {
    return run.events().stream().filter(event -> !event.outcome().isEmpty()).limit(most).toList();
  }

  /**
   * Returns the scale of the run: {@code 4 hosts, 240 VMs, 2 h simulated, seed 42}, piece by piece.
   */
  public static List<String> scale(Identity identity) {
    List<String> pieces = new ArrayList<>();
    pieces.add(Figures.plural(identity.hosts(), "host"));
    pieces.add(Figures.plural(identity.vms(), "VM"));
    pieces.add(Figures.durationNanos(identity.durationNanos()) + " simulated");
    return pieces;
  }

  /** Returns what must be known of the certainty of all figures. */
  public static String certainty(RunResult run) {
    int replications = run.identity().replications();
    if (replications == 1) {
      return "One replication: no interval.";
    }
    return capital(Figures.word(replications))
        + " replications; series, hosts and VMs are those of the first.";
  }

  /** Returns the fidelity of what is not detailed, one sentence each. */
  public static List<String> fidelity(RunFacts facts) {
    List<String> sentences = new ArrayList<>();
    for (RunFacts.Fidelity each : facts.fidelity()) {
      if (!each.level().equals("detailed")) {
        sentences.add(
            capital(each.resource())
                + " is "
                + each.level()
                + ", "
                + (each.validation().isEmpty() ? "not validated" : each.validation())
                + ".");
      }
    }
    return sentences;
  }

  /** Returns what must be said before everything else; empty for a completed run. */
  public static String banner(Ending ending) {
    return switch (ending.kind()) {
      case COMPLETED -> "";
      case INTERRUPTED ->
          "The run was interrupted at "
              + Figures.clock(ending.atNanos())
              + "; every figure is of the time until then.";
      case AUDIT_FAILED ->
          "The audit failed at " + Figures.clock(ending.atNanos()) + ": " + ending.words();
    };
  }

  /** Returns the text with a capital at its head, unless it begins with a name like dom0. */
  public static String capital(String text) {
    return text.isEmpty()
            || text.startsWith("dom0")
            || text.startsWith("vCPU")
            || text.startsWith("pCPU")
        ? text
        : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  /** Returns the text with a small letter at its head, unless its first word is an abbreviation. */
  public static String uncapital(String text) {
    boolean abbreviation = text.length() > 1 && Character.isUpperCase(text.charAt(1));
    return text.isEmpty() || abbreviation
        ? text
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  /** Returns how many alarms there were over all replications, a clause for each variable. */
  public static String alarms(RunResult run) {
    List<String> clauses = new ArrayList<>();
    for (AlarmRate alarm : run.alarms()) {
      String interval =
          alarm
              .interval()
              .map(
                  each ->
                      " ("
                          + Figures.percent(each.confidence())
                          + " interval "
                          + number(each.low())
                          + " to "
                          + number(each.high())
                          + ")")
              .orElse("");
      clauses.add(
          alarm.variable()
              + " of "
              + (alarm.objectClass().equals("Host") ? "hosts" : alarm.objectClass() + "s")
              + (alarm.high() ? " above " : " below ")
              + number(alarm.level())
              + " in "
              + alarm.replicationsWith()
              + " of them, "
              + number(alarm.mean())
              + " a replication"
              + interval);
    }
    return "Alarms in "
        + run.identity().replications()
        + " replications: "
        + String.join("; ", clauses)
        + ".";
  }

  /** A number without a unit of ours: levels are in the units of data sources. */
  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    String text = String.format(Locale.ROOT, "%.3g", value);
    return text.indexOf('.') < 0 || text.indexOf('e') >= 0
        ? text
        : text.replaceFirst("\\.?0+$", "");
  }
}
