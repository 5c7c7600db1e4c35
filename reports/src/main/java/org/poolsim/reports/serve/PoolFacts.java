// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client learns of a pool besides time series. A run leaves it as {@code pool.json}.
 *
 * @param uuid the pool's uuid
 * @param name its name
 * @param scenario the scenario's name
 * @param startSeconds the date of simulated time 0, in seconds since 1970
 * @param endSeconds the date of the end of the simulated time
 * @param hosts the hosts, the coordinator first
 * @param vms the VMs but the control domains
 * @param srs the SRs
 */
public record PoolFacts(
    String uuid,
    String name,
    String scenario,
    double startSeconds,
    double endSeconds,
    List<Host> hosts,
    List<Vm> vms,
    List<Sr> srs) {
  /** The file beside the series. */
  public static final String FILE = "pool.json";

  /** What is known of a run whose folder has no such file. */
  public static final PoolFacts UNKNOWN =
      new PoolFacts("", "", "", 0, 0, List.of(), List.of(), List.of());

  private static final long FILE_BYTES_MAX = 64L << 20;

  /** Takes null for nothing, as a file may have it. */
  public PoolFacts {
    uuid = uuid == null ? "" : uuid;
    name = name == null ? "" : name;
    scenario = scenario == null ? "" : scenario;
    hosts = hosts == null ? List.of() : List.copyOf(hosts);
    vms = vms == null ? List.of() : List.copyOf(vms);
    srs = srs == null ? List.of() : List.copyOf(srs);
  }

  /**
   * A host.
   *
   * @param uuid its uuid
   * @param name its name
   * @param pcpus its pCPUs
   * @param up whether it is there
   * @param dom0 uuid of its control domain
   * @param perfmon its {@code other-config:perfmon}; empty for none
   */
  public record Host(
      String uuid, String name, int pcpus, boolean up, String dom0, String perfmon) {}

  /**
   * A VM.
   *
   * @param uuid its uuid
   * @param name its name
   * @param host uuid of the host that it is on; empty for none
   * @param running whether it has a domain that runs
   * @param vcpus its vCPUs
   * @param memoryBytes its static maximum
   * @param perfmon its {@code other-config:perfmon}; empty for none
   */
  public record Vm(
      String uuid,
      String name,
      String host,
      boolean running,
      int vcpus,
      long memoryBytes,
      String perfmon) {}

  /**
   * An SR.
   *
   * @param uuid its uuid
   * @param name its name
   * @param type the driver
   * @param shared whether every host sees the same content
   * @param sizeBytes its size; 0 when unknown
   * @param virtualBytes what its images would take if all of them were full
   * @param hosts uuids of the hosts with a PBD of it
   * @param perfmon its {@code other-config:perfmon}; empty for none
   */
  public record Sr(
      String uuid,
      String name,
      String type,
      boolean shared,
      long sizeBytes,
      long virtualBytes,
      List<String> hosts,
      String perfmon) {}

  /** Writes the file into a run's folder. */
  public void write(Path run) throws IOException {
    Files.writeString(
        run.resolve(FILE), JsonMapper.builder().build().writeValueAsString(this) + "\n");
  }

  /**
   * Reads the file of a run's folder; what is not there is unknown.
   *
   * @throws IOException if it is not what {@link #write} wrote; the message names the file
   */
  public static PoolFacts read(Path run) throws IOException {
    Path file = run.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return UNKNOWN;
    }
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new IOException(file + ": is larger than " + FILE_BYTES_MAX + " bytes");
    }
    try {
      return JsonMapper.builder().build().readValue(Files.readString(file), PoolFacts.class);
    } catch (JacksonException wrong) {
      throw new IOException(file + ": is not what a run leaves behind", wrong);
    }
  }
}
