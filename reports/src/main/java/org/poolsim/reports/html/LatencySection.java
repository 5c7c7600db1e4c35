// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.html;

import java.util.List;
import org.poolsim.reports.result.Latency;
import org.poolsim.reports.result.RunResult;
import org.poolsim.reports.result.StorageDetail;

/** Response times: the percentile curve and the heat map of each histogram. */
final class LatencySection implements Section {
  @Override
  public String id() {
    return "latency";
  }

  @Override
  public String title() {
    return "Response times";
  }

  @Override
  public String absence(RunResult run) {
    return shown(run).isEmpty() ? "no request was made" : "";
  }

  private static List<Latency> shown(RunResult run) {
    return run.latencies().stream()
        .filter(l -> !StorageSection.isOfDisks(l) && l.histogram().getTotalCount() > 0)
        .limit(12)
        .toList();
  }

  @Override
  public String sentence(RunResult run) {
    return "Every value counts; percentiles by nearest rank from one histogram (HdrHistogram).";
  }

  @Override
  public void write(RunResult run, Markup page) {
    Island data = new Island();
    LatencyPanels.write(
        id(), shown(run), run.storage().flatMap(StorageDetail::calm), "", page, data);
    data.into(page, id());
  }
}
