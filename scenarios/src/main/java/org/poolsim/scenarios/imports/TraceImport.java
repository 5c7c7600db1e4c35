// SPDX-License-Identifier: Apache-2.0
package org.poolsim.scenarios.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.poolsim.pool.spec.TimeSeries;
import org.poolsim.scenarios.trace.Format;
import org.poolsim.scenarios.trace.TraceOptions;
import org.poolsim.scenarios.trace.TraceReader;
import org.poolsim.scenarios.yaml.Mistakes;
import org.poolsim.scenarios.yaml.Position;

/** A recorded trace as a scenario: a VM for each column of demand, on one host that holds them. */
public final class TraceImport {
  private static final long NANOS = 1_000_000_000L;
  private static final long GIB = 1L << 30;
  private static final double KIB = 1024;
  private static final String CORES = "CPU cores";
  private static final String CAPACITY = "CPU capacity provisioned [MHZ]";
  private static final String MEMORY = "Memory capacity provisioned [KB]";

  private TraceImport() {}

  /**
   * What a column holds, in its own unit, for a look beside the source.
   *
   * @param column its name; empty if it has none
   * @param samples how many numbers it holds
   * @param mean their mean, each counted once
   * @param max the largest
   * @param holes steps of more than one and a half times the usual one
   * @param stepSeconds the usual (median) step, in seconds
   * @param endNanos the last sample's time since the first row
   */
  public record Facts(
      String column,
      int samples,
      double mean,
      double max,
      int holes,
      double stepSeconds,
      long endNanos) {

    static Facts of(String column, TimeSeries series) {
      int size = series.size();
      long[] steps = new long[Math.max(0, size - 1)];
      double sum = series.value(0);
      double max = series.value(0);
      for (int i = 1; i < size; i++) {
        steps[i - 1] = series.timeNanos(i) - series.timeNanos(i - 1);
        sum += series.value(i);
        max = Math.max(max, series.value(i));
      }
      long[] sorted = steps.clone();
      Arrays.sort(sorted);
      long usual = sorted.length == 0 ? 300 * NANOS : sorted[sorted.length / 2];
      int holes = 0;
      for (long step : steps) {
        holes += step > usual + usual / 2 ? 1 : 0;
      }
      return new Facts(
          column == null ? "" : column,
          size,
          sum / size,
          max,
          holes,
          usual * 1e-9,
          series.timeNanos(size - 1));
    }
  }

  /**
   * A trace and the scenario made of it.
   *
   * @param scenario the scenario, with what was assumed
   * @param facts one for each column of numbers
   */
  public record Result(ImportedPool scenario, List<Facts> facts) {}

  /**
   * Reads a trace.
   *
   * @param name what the scenario says that it was made from
   * @param reference how the scenario names the file: relative to where the scenario will lie
   * @return {@code null} after a mistake
   */
  public static Result read(
      Path file, String name, String reference, Format format, Mistakes mistakes) {
    TraceOptions raw = new TraceOptions(format, null, NANOS, 1, 0);
    String place = file.toString();
    List<String> columns = TraceReader.columns(file, place, raw, mistakes);
    if (columns.isEmpty()) {
      return null;
    }
    List<TimeSeries> series =
        TraceReader.read(file, place, raw, columns, Position.of(place), mistakes);
    if (series.isEmpty()) {
      return null;
    }
    List<Facts> facts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      facts.add(Facts.of(columns.get(i), series.get(i)));
    }
    boolean bitbrains = columns.contains(TraceReader.BITBRAINS_CPU) && columns.contains(CORES);
    return new Result(scenario(name, reference, facts, bitbrains), List.copyOf(facts));
  }

  private static ImportedPool scenario(
      String name, String reference, List<Facts> facts, boolean bitbrains) {
    ImportNotes notes = new ImportNotes();
    Names names = new Names();
    List<Object> vms = new ArrayList<>();
    long memory = GIB;
    int vcpus = 1;
    double mhz = 2_500;
    if (bitbrains) {
      vcpus = (int) Math.max(1, Math.min(4096, max(facts, CORES)));
      double capacity = max(facts, CAPACITY) / vcpus;
      mhz = capacity >= 1 && capacity <= 100_000 ? capacity : mhz;
      double bytes = max(facts, MEMORY) * KIB;
      memory = bytes >= 1 << 20 && bytes <= 1L << 43 ? (long) bytes : memory;
    } else {
      notes.assume("1 vCPU and 1 GiB a VM, a clock of 2.5 GHz: a trace does not say", name);
    }
    for (Facts one : facts) {
      if (!bitbrains || one.column.equals(TraceReader.BITBRAINS_CPU)) {
        String vm = one.column.isEmpty() || bitbrains ? "vm" : one.column;
        vms.add(vm(names.of(vm, vm), vcpus, memory, reference, one, notes));
      }
    }
    long pcpus = (long) vcpus * vms.size();
    int sockets = pcpus > 1 ? 2 : 1;
    while ((pcpus + sockets - 1) / sockets > 512 && sockets < 64) {
      sockets *= 2;
    }
    int cores = (int) Math.min(512, (pcpus + sockets - 1) / sockets);
    long needed = (memory + memory / 50 + (64L << 20)) * vms.size();
    long total = Math.min(64L << 40, (needed + needed / 50 + 10 * GIB) / GIB * GIB);
    notes.assume("a host with a pCPU for each vCPU, and memory for all VMs", "host");
    Map<String, Object> cpu = new LinkedHashMap<>();
    cpu.put("sockets", sockets);
    cpu.put("cores", cores);
    cpu.put("clock", Math.round(mhz * 1000) + "kHz");
    Map<String, Object> host = new LinkedHashMap<>();
    host.put("name", "host");
    host.put("cpu", cpu);
    host.put("memory", total + "B");
    double end = facts.stream().mapToDouble(one -> one.endNanos * 1e-9).max().orElse(0);
    double step = facts.stream().mapToDouble(Facts::stepSeconds).min().orElse(1);
    double seconds = end + step;
    Map<String, Object> scenario = new LinkedHashMap<>();
    scenario.put("poolsim", 1);
    scenario.put("name", Names.plain(name.replaceFirst("\\.[A-Za-z]{1,4}$", "")));
    scenario.put("about", "Recorded demand of " + Names.plain(name));
    scenario.put(
        "duration", (long) Math.max(1, Math.min(3660.0 * 86_400, Math.ceil(seconds))) + "s");
    scenario.put("pool", new LinkedHashMap<>(Map.of("hosts", List.of(host))));
    scenario.put("vms", vms);
    return new ImportedPool(scenario, notes.assumed(), notes.leftOut());
  }

  private static double max(List<Facts> facts, String column) {
    return facts.stream()
        .filter(one -> one.column.equals(column))
        .mapToDouble(Facts::max)
        .findFirst()
        .orElse(0);
  }

  private static Map<String, Object> vm(
      String name, int vcpus, long memory, String reference, Facts facts, ImportNotes notes) {
    Map<String, Object> workload = new LinkedHashMap<>();
    workload.put("trace", reference);
    if (!facts.column.isEmpty()) {
      workload.put("column", facts.column);
    }
    if (facts.max > 100) {
      workload.put("full", String.format(Locale.ROOT, "%.6f", facts.max));
      notes.assume("the largest value keeps all vCPUs busy: values exceed 100", facts.column);
    }
    Map<String, Object> vm = new LinkedHashMap<>();
    vm.put("name", name);
    vm.put("vcpus", vcpus);
    vm.put("memory", memory + "B");
    vm.put("workload", workload);
    return vm;
  }
}
