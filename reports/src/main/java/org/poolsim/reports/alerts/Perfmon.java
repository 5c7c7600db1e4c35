// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.alerts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.poolsim.engine.Event;
import org.poolsim.engine.Simulator;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.rrd.ArchiveDefinition;
import org.poolsim.reports.rrd.ConsolidationFunction;
import org.poolsim.reports.rrd.ObjectRecord;
import org.poolsim.reports.rrd.Recorder;

/**
 * The perfmon of one host: watches the variables of the host, of the VMs on it and of its SRs on
 * the one-minute rows.
 *
 * <p>The law: a counter starts at the trigger period; each bad row takes 60 s off; at or below zero
 * an alarm is raised, unless the last one is less than the time of inhibition ago, and the counter
 * starts anew, as it does at each good row. An unknown value is never bad, a missing source counts
 * as zero. Rows are read every 300 s and up to 5 % more, oldest first; the time of inhibition
 * counts from the time of reading. A VM that leaves the host is forgotten.
 */
public final class Perfmon {
  private static final double NANOS = 1e9;
  private static final double LOOP_SECONDS = 300;
  private static final double LOOP_SPREAD = 0.05;
  private static final int ROW_SECONDS = 60;

  private final Simulator simulator;
  private final Recorder recorder;
  private final PerfmonSettings settings;
  private final Host host;
  private final DoubleSupplier uniform;
  private final Consumer<Alarm> messages;
  private Map<Owner, List<State>> watched = new LinkedHashMap<>();
  private long nextStartSeconds;
  private final Event loop =
      new Event() {
        @Override
        protected void fire() {
          look();
          scheduleNext();
        }
      };

  /** What {@code rrd_updates} of a host tells of. */
  public interface Host {
    /** Returns the host. */
    Owner owner();

    /** Returns the VMs that run there now. */
    List<Owner> vms();

    /** Returns the SRs that are plugged there. */
    List<Owner> srs();
  }

  private static final class State {
    final Variable variable;
    double remaining;
    double lastAlarmSeconds = Double.NEGATIVE_INFINITY;

    State(Variable variable) {
      this.variable = variable;
      remaining = variable.periodSeconds();
    }
  }

  /**
   * Creates a watch that is not started.
   *
   * @param uniform numbers from 0 to 1, for the spread of the loop; a named stream of its own
   * @param messages where alarms go
   */
  public Perfmon(
      Simulator simulator,
      Recorder recorder,
      PerfmonSettings settings,
      Host host,
      DoubleSupplier uniform,
      Consumer<Alarm> messages) {
    this.simulator = simulator;
    this.recorder = recorder;
    this.settings = settings;
    this.host = host;
    this.uniform = uniform;
    this.messages = messages;
  }

  /**
   * Returns what is wrong with a value of {@code other-config:perfmon}, each with its line and
   * column in front; empty if nothing is.
   */
  public static List<String> mistakes(Owner.Kind kind, String xml) {
    return PerfmonConfig.read(xml, kind).mistakes();
  }

  /** Starts the loop now. */
  public void start() {
    nextStartSeconds = nowSeconds() - (long) LOOP_SECONDS;
    scheduleNext();
  }

  /** Ends the loop. */
  public void stop() {
    simulator.cancel(loop);
  }

  private void scheduleNext() {
    double pause = LOOP_SECONDS * (1 + LOOP_SPREAD * uniform.getAsDouble());
    simulator.scheduleAfter(loop, (long) (pause * NANOS));
  }

  private long nowSeconds() {
    return recorder.options().epochSeconds() + (long) (simulator.nowNanos() / NANOS);
  }

  private void look() {
    Map<Owner, List<State>> present = new LinkedHashMap<>();
    for (Owner vm : host.vms()) {
      look(vm, settings.of(vm), present);
    }
    look(host.owner(), ofHost(), present);
    for (Owner sr : host.srs()) {
      look(sr, ofSr(sr), present);
    }
    watched = present;
    nextStartSeconds = Math.floorDiv(nowSeconds(), ROW_SECONDS) * ROW_SECONDS + 1;
  }

  /** The host's own variables, and those that its SRs put on it unless it has one of that name. */
  private List<Variable> ofHost() {
    List<Variable> own = settings.of(host.owner());
    List<Variable> all = new ArrayList<>(own);
    for (Owner sr : host.srs()) {
      for (Variable variable : settings.of(sr)) {
        if (variable.name().equals(PerfmonConfig.PER_HOST)) {
          Variable here = PerfmonConfig.onHost(variable, sr);
          if (own.stream().noneMatch(each -> each.name().equals(here.name()))) {
            all.add(here);
          }
        }
      }
    }
    return all;
  }

  private List<Variable> ofSr(Owner sr) {
    return settings.of(sr).stream()
        .filter(variable -> !variable.name().equals(PerfmonConfig.PER_HOST))
        .toList();
  }

  private void look(Owner owner, List<Variable> variables, Map<Owner, List<State>> present) {
    if (variables.isEmpty()) {
      return;
    }
    List<State> states = states(owner, variables);
    present.put(owner, states);
    ObjectRecord object = recorder.caughtUp(owner);
    if (object == null || !object.isPresent()) {
      return;
    }
    int archive = minutes(object);
    int rows = object.archives().get(archive).rows();
    long newest = object.newestRowEnd(archive);
    long first = Math.max(nextStartSeconds, newest - (rows - 1L) * ROW_SECONDS);
    long time = Math.floorDiv(first + ROW_SECONDS - 1, ROW_SECONDS) * ROW_SECONDS;
    for (; time <= newest; time += ROW_SECONDS) {
      int row = rows - 1 - (int) ((newest - time) / ROW_SECONDS);
      for (State state : states) {
        judge(object, state, value(object, archive, row, state.variable), time);
      }
    }
  }

  private static int minutes(ObjectRecord object) {
    List<ArchiveDefinition> archives = object.archives();
    for (int i = 0; i < archives.size(); i++) {
      if (archives.get(i).rowSeconds() == ROW_SECONDS
          && archives.get(i).function() == ConsolidationFunction.AVERAGE) {
        return i;
      }
    }
    throw new IllegalStateException("every object has means of a minute");
  }

  private List<State> states(Owner object, List<Variable> variables) {
    List<State> before = watched.getOrDefault(object, List.of());
    List<State> states = new ArrayList<>();
    for (Variable variable : variables) {
      State kept = null;
      for (State state : before) {
        if (state.variable.name().equals(variable.name())
            && state.variable.xml().equals(variable.xml())) {
          kept = state;
        }
      }
      states.add(kept == null ? new State(variable) : kept);
    }
    return states;
  }

  private static double value(ObjectRecord object, int archive, int row, Variable variable) {
    double sum = 0;
    double highest = 0;
    int matched = 0;
    double utilisation = 0;
    double size = 0;
    for (int i = 0; i < object.sources().size(); i++) {
      String name = object.sources().get(i).name();
      if (variable.sources().matcher(name).lookingAt()) {
        double cell = object.cell(archive, row, i);
        sum += cell;
        // As Python's max: an unknown value counts where it comes first.
        highest = matched == 0 || cell > highest ? cell : highest;
        matched++;
        if (name.equals("size")) {
          size = cell;
        } else {
          utilisation = cell;
        }
      }
    }
    return switch (variable.function()) {
      case SUM -> sum;
      case AVERAGE -> matched == 0 ? 0 : sum / matched;
      case MAX -> highest;
      case RATIO -> matched == 2 && size != 0 ? utilisation / size : 0;
    };
  }

  private void judge(ObjectRecord object, State state, double value, long time) {
    Variable variable = state.variable;
    boolean bad = variable.high() ? value > variable.level() : value < variable.level();
    if (!bad) {
      state.remaining = variable.periodSeconds();
      return;
    }
    state.remaining -= ROW_SECONDS;
    if (state.remaining > 0) {
      return;
    }
    state.remaining = variable.periodSeconds();
    double now = simulator.nowNanos() / NANOS;
    if (now - state.lastAlarmSeconds >= variable.inhibitSeconds()) {
      state.lastAlarmSeconds = now;
      messages.accept(
          new Alarm(
              simulator.nowNanos(),
              time,
              object.owner(),
              variable.name(),
              value,
              variable.level(),
              variable.high(),
              variable.priority(),
              String.format(Locale.ROOT, "value: %f%nconfig:%n", value)
                      .replace(System.lineSeparator(), "\n")
                  + variable.xml()));
    }
  }
}
