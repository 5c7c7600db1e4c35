// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.SeriesFiles;

/** A run's folder, read once into memory. */
public final class FinishedRun implements LiveRun {
  private static final long REPORT_BYTES_MAX = 64L << 20;

  private final View view;
  private final String report;

  private FinishedRun(View view, String report) {
    this.view = view;
    this.report = report;
  }

  /**
   * Reads a run's folder.
   *
   * @throws IOException if it is none; the message names the file
   */
  public static FinishedRun read(Path run) throws IOException {
    PoolFacts facts = PoolFacts.read(run);
    Map<String, PoolFacts.Vm> vms = new HashMap<>();
    facts.vms().forEach(vm -> vms.put(vm.uuid(), vm));
    Map<String, PoolFacts.Host> hosts = new HashMap<>();
    for (PoolFacts.Host host : facts.hosts()) {
      hosts.put(host.uuid(), host);
      hosts.put(host.dom0(), host);
    }
    List<ServedObject> objects = new ArrayList<>();
    double now = 0;
    for (SeriesFiles.StoredObject stored : SeriesFiles.read(run)) {
      Owner owner = stored.object().owner();
      PoolFacts.Vm vm = vms.get(owner.uuid());
      PoolFacts.Host host = hosts.get(owner.uuid());
      boolean present = vm != null ? vm.running() : host == null || host.up();
      String on =
          vm != null ? vm.host() : host != null && owner.kind() == Owner.Kind.VM ? host.uuid() : "";
      objects.add(new ServedObject(stored.object(), stored.texts(), present, on));
      now = Math.max(now, stored.object().rrd().lastUpdateSeconds());
    }
    return new FinishedRun(
        new View(
            now + View.AHEAD_SECONDS,
            List.copyOf(objects),
            facts,
            List.copyOf(Happening.read(run)),
            true),
        report(run));
  }

  private static String report(Path run) throws IOException {
    Path file = run.resolve("report.html");
    return Files.isRegularFile(file) && Files.size(file) <= REPORT_BYTES_MAX
        ? Files.readString(file, StandardCharsets.UTF_8)
        : null;
  }

  @Override
  public <T> T read(Function<View, T> reader) {
    return reader.apply(view);
  }

  @Override
  public String report() {
    return report;
  }
}
