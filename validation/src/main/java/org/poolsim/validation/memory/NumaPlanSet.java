// SPDX-License-Identifier: Apache-2.0
package org.poolsim.validation.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.poolsim.memory.NumaPlanner;
import org.poolsim.memory.NumaTopology;
import org.poolsim.validation.Replay;
import org.poolsim.validation.ValidationSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code numa-plan}: the nodes that xenopsd chose for the VMs of a host, one after the other. */
public final class NumaPlanSet implements ValidationSet {
  private static final long BYTES_PER_MIB = 1L << 20;

  @Override
  public String name() {
    return "numa-plan";
  }

  @Override
  public boolean accepts(Path file) {
    String fileName = file.getFileName().toString();
    return fileName.startsWith("numa-plan") && fileName.endsWith(".json");
  }

  @Override
  public Replay replay(Path file) throws IOException {
    CaseFile caseFile = CaseFile.read(file);
    List<CaseFile.Field> fields = caseFile.cases();
    List<PlannedHost> hosts = new ArrayList<>();
    for (CaseFile.Field field : fields) {
      hosts.add(PlannedHost.read(field));
    }
    caseFile.check();

    List<Replay.CaseResult> results = new ArrayList<>();
    ResultArray computed = new ResultArray();
    for (int i = 0; i < hosts.size(); i++) {
      JsonNode recorded = fields.get(i).json();
      ObjectNode entry = computed(recorded, hosts.get(i));
      computed.add(entry);
      String id = hosts.get(i).id();
      results.add(
          isRecorded(recorded)
              ? ExactComparison.judge(id, recorded.get("requests"), entry.get("requests"))
              : ExactComparison.notJudged(id));
    }
    return new Replay(results, computed.text());
  }

  private static ObjectNode computed(JsonNode recorded, PlannedHost host) {
    ObjectNode entry = (ObjectNode) recorded.deepCopy();
    NumaPlanner planner = new NumaPlanner(host.topology());
    long[] freeMib = host.freeMib().clone();
    ArrayNode requests = (ArrayNode) entry.get("requests");
    for (int i = 0; i < host.requests().size(); i++) {
      Request request = host.requests().get(i);
      long[] freeBytes = new long[freeMib.length];
      Arrays.setAll(freeBytes, node -> freeMib[node] * BYTES_PER_MIB);
      int[] plan =
          planner.plan(
              request.memoryMib() * BYTES_PER_MIB, request.vcpus(), request.cores(), freeBytes);
      take(request.memoryMib(), plan, freeMib);

      ObjectNode result = (ObjectNode) requests.get(i);
      if (plan.length == 0) {
        result.putNull("plan");
      } else {
        ArrayNode nodes = result.putArray("plan");
        Arrays.stream(plan).forEach(nodes::add);
      }
      ArrayNode after = result.putArray("node_free_after_mib");
      Arrays.stream(freeMib).forEach(after::add);
    }
    return entry;
  }

  /** The generator's own rule: one node gives all, otherwise each node its equal part. */
  private static void take(long mib, int[] plan, long[] freeMib) {
    if (plan.length == 1) {
      freeMib[plan[0]] -= mib;
      return;
    }
    long each = mib / freeMib.length;
    for (int node = 0; node < freeMib.length; node++) {
      freeMib[node] = Math.max(0, freeMib[node] - each);
    }
  }

  private static boolean isRecorded(JsonNode host) {
    for (JsonNode request : host.get("requests")) {
      if (request.has("plan") && request.hasNonNull("node_free_after_mib")) {
        return true;
      }
    }
    return false;
  }

  private record Request(long memoryMib, int vcpus, int cores) {}

  private record PlannedHost(
      String id, NumaTopology topology, List<Long> freeMibOfNodes, List<Request> requests) {
    long[] freeMib() {
      return freeMibOfNodes.stream().mapToLong(Long::longValue).toArray();
    }

    static PlannedHost read(CaseFile.Field field) {
      List<CaseFile.Field> rows = field.get("distances").elements();
      int nodes = rows.size();
      int[][] distances = new int[Math.max(1, nodes)][Math.max(1, nodes)];
      for (int from = 0; from < nodes; from++) {
        List<CaseFile.Field> row = rows.get(from).elements();
        if (row.size() != nodes) {
          rows.get(from).wrong("expected " + nodes + " distances, found " + row.size());
          continue;
        }
        for (int to = 0; to < nodes; to++) {
          distances[from][to] = row.get(to).count();
        }
      }
      List<Long> free = new ArrayList<>();
      for (CaseFile.Field node : field.get("node_free_mib").elements()) {
        free.add(node.amount());
      }
      if (free.size() != nodes) {
        field.get("node_free_mib").wrong("expected " + nodes + " nodes, found " + free.size());
      }
      int[] cpus = new int[distances.length];
      int[] cores = new int[distances.length];
      Arrays.fill(cpus, field.count("cpus_per_node"));
      Arrays.fill(cores, field.count("cores_per_node"));
      List<Request> requests = new ArrayList<>();
      for (CaseFile.Field request : field.get("requests").elements()) {
        requests.add(
            new Request(
                request.amount("memory_mib"), request.count("vcpus"), request.count("cores")));
      }
      return new PlannedHost(
          field.text("id"), new NumaTopology(distances, cpus, cores), free, requests);
    }
  }
}
