// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli.run;

import java.util.Map;

/**
 * What the metrics of the catalogue are called in a report, and what it means to miss an objective
 * on one.
 */
final class MetricWords {
  private record Words(String title, String complaint) {}

  private static final Map<String, Words> WORDS =
      Map.ofEntries(
          Map.entry("vm.boot_time", new Words("Boot time of a VM", "VMs boot too slowly")),
          Map.entry("vm.cpu_usage", new Words("vCPU usage over VMs", "VMs use too much CPU")),
          Map.entry(
              "vm.cpu_wait", new Words("vCPU wait over VMs", "vCPUs wait too long for a pCPU")),
          Map.entry(
              "vm.wake_to_run", new Words("Wake to run", "woken vCPUs wait too long for a pCPU")),
          Map.entry("request.response_time", new Words("Response time", "requests take too long")),
          Map.entry("request.cpu_time", new Words("CPU steps", "CPU steps take too long")),
          Map.entry("request.send_time", new Words("Sending", "sending takes too long")),
          Map.entry("request.receive_time", new Words("Receiving", "receiving takes too long")),
          Map.entry("vbd.read_latency", new Words("Disk read latency", "disk reads take too long")),
          Map.entry(
              "vbd.write_latency", new Words("Disk write latency", "disk writes take too long")),
          Map.entry("host.cpu", new Words("CPU of a host", "hosts are too busy")),
          Map.entry("host.guest_cpu", new Words("Guest CPU of a host", "guests fill their hosts")),
          Map.entry("host.dom0_cpu", new Words("dom0 CPU of a host", "dom0 is too busy")),
          Map.entry(
              "host.dom0_disk_cpu",
              new Words("dom0 CPU spent on disks", "dom0 spends too much on disks")),
          Map.entry(
              "host.dom0_packet_cpu",
              new Words("dom0 CPU spent on packets", "dom0 spends too much on packets")),
          Map.entry("host.memory_used", new Words("Memory of a host", "hosts run out of memory")),
          Map.entry(
              "host.memory_needed",
              new Words(
                  "Memory of a host that balloons cannot give back", "hosts run out of memory")),
          Map.entry(
              "host.memory_committed",
              new Words("Memory of a host that is promised", "hosts promise too much memory")),
          Map.entry(
              "host.memory_reclaimed",
              new Words("Memory taken by ballooning", "ballooning takes too much")),
          Map.entry(
              "vm.memory_wait_time",
              new Words("Wait of a start for memory", "starts wait for memory")),
          Map.entry("vm.swap_reads", new Words("Reads of the swap", "guests page too much")),
          Map.entry("pif.utilisation", new Words("Link utilisation", "links are too full")),
          Map.entry("array.utilisation", new Words("Array utilisation", "arrays are too busy")),
          Map.entry(
              "array.requests", new Words("Requests of an array", "arrays are asked too much")),
          Map.entry("array.queue", new Words("Requests at an array", "arrays are asked too much")),
          Map.entry("array.queue_full", new Words("Array queue full", "array queues are full")));

  private static final String RESPONSE = "request.response_time.";

  private MetricWords() {}

  static String title(String metric) {
    if (metric.startsWith(RESPONSE)) {
      return "Response time, " + metric.substring(RESPONSE.length());
    }
    Words words = WORDS.get(metric);
    return words == null ? metric : words.title;
  }

  /** Returns what a saturation lane of a latency is called: short. */
  static String lane(String metric) {
    if (metric.startsWith(RESPONSE)) {
      return metric.substring(RESPONSE.length());
    }
    return metric.substring(metric.indexOf('.') + 1).replace('_', ' ');
  }

  static String complaint(String metric) {
    if (metric.startsWith(RESPONSE)) {
      return metric.substring(RESPONSE.length()) + " requests take too long";
    }
    Words words = WORDS.get(metric);
    return words == null ? "" : words.complaint;
  }
}
