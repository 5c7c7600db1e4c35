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
 * Watches the variables of hosts, VMs and SRs on the one-minute rows.
 *
 * <p>The law: a counter starts at the trigger period; each bad row takes 60 s off; at or below zero
 * an alarm is raised, unless the last one is less than the time of inhibition ago, and the counter
 * starts anew, as it does at each good row. An unknown value is never bad, a missing source counts
 * as zero. Rows are read every 300 s and up to 5 % more, oldest first; the time of inhibition
 * counts from the time of reading.
 */
public final class Perfmon {
  private static final double NANOS = 1e9;
  private static final double LOOP_SECONDS = 300;
  private static final double LOOP_SPREAD = 0.05;
  private static final int ROW_SECONDS = 60;

  private final Simulator simulator;
  private final Recorder recorder;
  private final DoubleSupplier uniform;
  private final Consumer<Alarm> messages;
  private final Map<Owner, List<State>> watched = new LinkedHashMap<>();
  private final Map<Owner, List<Variable>> configured = new LinkedHashMap<>();
  private long nextStartSeconds;
  private final Event loop =
      new Event() {
        @Override
        protected void fire() {
          look();
          scheduleNext();
        }
      };

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
      Simulator simulator, Recorder recorder, DoubleSupplier uniform, Consumer<Alarm> messages) {
    this.simulator = simulator;
    this.recorder = recorder;
    this.uniform = uniform;
    this.messages = messages;
  }

  /**
   * Sets the variables of an object; one whose XML is unchanged keeps its state.
   *
   * @param xml the text of {@code other-config:perfmon}
   * @throws IllegalArgumentException with all mistakes in the text
   */
  public void configure(Owner object, String xml) {
    configured.put(object, PerfmonConfig.parse(xml, object.kind()));
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
    recorder.catchUp();
    long end = nextStartSeconds - 1;
    for (ObjectRecord object : recorder.objects()) {
      List<State> states = states(object.owner());
      int archive = minutes(object);
      if (archive < 0) {
        continue;
      }
      long newest = object.newestRowEnd(archive);
      end = Math.max(end, newest);
      if (states.isEmpty() || !object.isPresent()) {
        continue;
      }
      int rows = object.archives().get(archive).rows();
      long first = Math.max(nextStartSeconds, newest - (rows - 1L) * ROW_SECONDS);
      long time = Math.floorDiv(first + ROW_SECONDS - 1, ROW_SECONDS) * ROW_SECONDS;
      for (; time <= newest; time += ROW_SECONDS) {
        int row = rows - 1 - (int) ((newest - time) / ROW_SECONDS);
        for (State state : states) {
          judge(object, state, value(object, archive, row, state.variable), time);
        }
      }
    }
    nextStartSeconds = end + 1;
  }

  private static int minutes(ObjectRecord object) {
    List<ArchiveDefinition> archives = object.archives();
    for (int i = 0; i < archives.size(); i++) {
      if (archives.get(i).rowSeconds() == ROW_SECONDS
          && archives.get(i).function() == ConsolidationFunction.AVERAGE) {
        return i;
      }
    }
    return -1;
  }

  private List<State> states(Owner object) {
    List<Variable> variables = new ArrayList<>();
    for (Variable variable : configured.getOrDefault(object, List.of())) {
      if (!variable.name().equals(PerfmonConfig.PER_HOST) || object.kind() != Owner.Kind.SR) {
        variables.add(variable);
      }
    }
    if (object.kind() == Owner.Kind.HOST) {
      configured.forEach(
          (owner, list) -> {
            for (Variable variable : list) {
              if (owner.kind() == Owner.Kind.SR && variable.name().equals(PerfmonConfig.PER_HOST)) {
                Variable here = PerfmonConfig.onHost(variable, owner);
                if (variables.stream().noneMatch(own -> own.name().equals(here.name()))) {
                  variables.add(here);
                }
              }
            }
          });
    }
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
    watched.put(object, states);
    return states;
  }

  private static double value(ObjectRecord object, int archive, int row, Variable variable) {
    double sum = 0;
    int matched = 0;
    double utilisation = 0;
    double size = 0;
    for (int i = 0; i < object.sources().size(); i++) {
      String name = object.sources().get(i).name();
      if (variable.sources().matcher(name).matches()) {
        double cell = object.cell(archive, row, i);
        sum += cell;
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
      case RATIO -> utilisation / size;
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
              variable.priority(),
              String.format(Locale.ROOT, "value: %f%nconfig:%n", value)
                      .replace(System.lineSeparator(), "\n")
                  + variable.xml()));
    }
  }
}
