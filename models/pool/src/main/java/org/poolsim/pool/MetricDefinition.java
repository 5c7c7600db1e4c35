// SPDX-License-Identifier: Apache-2.0
package org.poolsim.pool;

import java.util.List;

/**
 * An entry of the metrics catalogue.
 *
 * @param name as in an objective
 * @param unit of its values and limits
 * @param entity what each value belongs to
 * @param text what it is
 */
public record MetricDefinition(String name, MetricUnit unit, Entity entity, String text) {
  /** What a value belongs to. */
  public enum Entity {
    VM,
    HOST,
    LINK,
    ARRAY
  }

  static final MetricDefinition BOOT_TIME =
      vm(
          "vm.boot_time",
          MetricUnit.NANOSECONDS,
          "from the request to start a VM to the end of its boot");
  static final MetricDefinition MEMORY_WAIT =
      vm(
          "vm.memory_wait_time",
          MetricUnit.NANOSECONDS,
          "from the first time that a start asks squeezed for memory to the time that it has it");
  static final MetricDefinition CPU_USAGE =
      vm(
          "vm.cpu_usage",
          MetricUnit.FRACTION,
          "time that a VM's vCPUs run, per vCPU, over each window");
  static final MetricDefinition CPU_WAIT =
      vm(
          "vm.cpu_wait",
          MetricUnit.FRACTION,
          "time that a VM's vCPUs want to run and may not (steal), per vCPU, over each window");
  static final MetricDefinition WAKE_TO_RUN =
      vm(
          "vm.wake_to_run",
          MetricUnit.NANOSECONDS,
          "from the wake of a vCPU to its first moment on a pCPU; on hosts whose CPU is detailed");
  static final MetricDefinition SWAP_READS =
      vm(
          "vm.swap_reads",
          MetricUnit.PER_SECOND,
          "reads of a VM's swap for pages of its working set that are not there, over each window");
  static final MetricDefinition RESPONSE_TIME =
      vm(
          "request.response_time",
          MetricUnit.NANOSECONDS,
          "from the first step of a request to the end of its last");
  static final MetricDefinition CPU_TIME =
      vm(
          "request.cpu_time",
          MetricUnit.NANOSECONDS,
          "a cpu step of a request, the wait for vCPU and pCPU included");
  static final MetricDefinition SEND_TIME =
      vm(
          "request.send_time",
          MetricUnit.NANOSECONDS,
          "a send step of a request, up to the last byte's arrival");
  static final MetricDefinition RECEIVE_TIME =
      vm(
          "request.receive_time",
          MetricUnit.NANOSECONDS,
          "a receive step of a request, up to the last byte's arrival");
  static final MetricDefinition READ_LATENCY =
      vm(
          "vbd.read_latency",
          MetricUnit.NANOSECONDS,
          "a read as the guest sees it, the wait for the ring included");
  static final MetricDefinition WRITE_LATENCY =
      vm(
          "vbd.write_latency",
          MetricUnit.NANOSECONDS,
          "a write as the guest sees it, the wait for the ring included");
  static final MetricDefinition HOST_CPU =
      host("host.cpu", "time that a host's pCPUs run anything, over each window");
  static final MetricDefinition GUEST_CPU =
      host(
          "host.guest_cpu",
          "time that a host's pCPUs run guests, of what dom0 leaves, over each window");
  static final MetricDefinition DOM0_CPU =
      host("host.dom0_cpu", "time that dom0's vCPUs run, per vCPU, over each window");
  static final MetricDefinition DOM0_DISK_CPU =
      host(
          "host.dom0_disk_cpu",
          "time that dom0's vCPUs run for the VMs' disks, per vCPU, over each window");
  static final MetricDefinition DOM0_PACKET_CPU =
      host(
          "host.dom0_packet_cpu",
          "time that dom0's vCPUs run for the VMs' packets, per vCPU, over each window");
  static final MetricDefinition MEMORY_USED =
      host("host.memory_used", "memory of a host that is not free, at the end of each window");
  static final MetricDefinition MEMORY_NEEDED =
      host(
          "host.memory_needed",
          "memory of a host that is neither free nor can be given back by balloons, at the end of"
              + " each window");
  static final MetricDefinition MEMORY_COMMITTED =
      host(
          "host.memory_committed",
          "memory of a host that is Xen's, dom0's or promised to its VMs (dynamic_min and overhead"
              + " of each), at the end of each window");
  static final MetricDefinition MEMORY_RECLAIMED =
      host(
          "host.memory_reclaimed",
          "memory that ballooning keeps from the VMs, of their dynamic_max, as a part of the host's,"
              + " at the end of each window");
  static final MetricDefinition LINK_UTILISATION =
      new MetricDefinition(
          "pif.utilisation",
          MetricUnit.FRACTION,
          Entity.LINK,
          "time that a NIC carries frames, in its busier direction, over each window");
  static final MetricDefinition ARRAY_UTILISATION =
      array("array.utilisation", "time that an array's devices are busy, over each window");
  static final MetricDefinition ARRAY_QUEUE_FULL =
      array("array.queue_full", "time that an array's queue is full, over each window");

  static final MetricDefinition ARRAY_REQUESTS =
      array(
          "array.requests",
          MetricUnit.PER_SECOND,
          "requests that an array answers, over each window");
  static final MetricDefinition ARRAY_QUEUE =
      array(
          "array.queue",
          MetricUnit.COUNT,
          "requests at an array, those that wait for its queue among them, mean over each window");

  private static final List<MetricDefinition> CATALOGUE =
      List.of(
          BOOT_TIME,
          MEMORY_WAIT,
          CPU_USAGE,
          CPU_WAIT,
          WAKE_TO_RUN,
          SWAP_READS,
          RESPONSE_TIME,
          CPU_TIME,
          SEND_TIME,
          RECEIVE_TIME,
          READ_LATENCY,
          WRITE_LATENCY,
          HOST_CPU,
          GUEST_CPU,
          DOM0_CPU,
          DOM0_DISK_CPU,
          DOM0_PACKET_CPU,
          MEMORY_USED,
          MEMORY_NEEDED,
          MEMORY_COMMITTED,
          MEMORY_RECLAIMED,
          LINK_UTILISATION,
          ARRAY_UTILISATION,
          ARRAY_QUEUE_FULL,
          ARRAY_REQUESTS,
          ARRAY_QUEUE);

  /**
   * Returns every metric. Besides these, {@code request.response_time.NAME} is the response time of
   * the workloads named NAME alone.
   */
  public static List<MetricDefinition> catalogue() {
    return CATALOGUE;
  }

  /** Returns the same metric for the workloads of one name. */
  MetricDefinition of(String workload) {
    return new MetricDefinition(
        name + "." + workload, unit, entity, text + ", workload " + workload);
  }

  private static MetricDefinition vm(String name, MetricUnit unit, String text) {
    return new MetricDefinition(name, unit, Entity.VM, text);
  }

  private static MetricDefinition host(String name, String text) {
    return new MetricDefinition(name, MetricUnit.FRACTION, Entity.HOST, text);
  }

  private static MetricDefinition array(String name, String text) {
    return array(name, MetricUnit.FRACTION, text);
  }

  private static MetricDefinition array(String name, MetricUnit unit, String text) {
    return new MetricDefinition(name, unit, Entity.ARRAY, text);
  }
}
