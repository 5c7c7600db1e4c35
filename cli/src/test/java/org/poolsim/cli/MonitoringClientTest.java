// SPDX-License-Identifier: Apache-2.0
package org.poolsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.cli.run.RunningSimulation;
import org.poolsim.cli.run.ScenarioFacts;
import org.poolsim.cli.run.SeriesChoice;
import org.poolsim.reports.serve.HostService;
import org.poolsim.reports.serve.ServeOptions;
import org.poolsim.scenarios.LoadedScenario;
import org.poolsim.scenarios.Scenarios;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients written after what is known of Xen Orchestra's statistics module and of the old SDK's
 * parser, on a simulated pool of two hosts.
 */
final class MonitoringClientTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int[][] GRANULARITIES = {
    {5, 120, 119}, {60, 120, 119}, {3600, 168, 167}, {86400, 366, 365}
  };
  private static final String SCENARIO =
      """
      poolsim: 1
      name: watched
      duration: 16min
      pool:
        hosts:
          - name: host-[1..2]
            cpu: {cores: 4, clock: 2.5GHz}
            memory: 32GiB
            pifs: [{name: eth0, speed: 10Gbps, network: lan}]
        arrays: [{name: san, device: ssd-sata, devices: 4}]
        storage: [{name: golden, type: nfs, on: san, via: eth0}]
      vms:
        - name: db-[1..2]
          vcpus: 2
          memory: 4GiB
          host: host-[1..2]
          disks: [{sr: golden, size: 20GiB}]
          vifs: [{network: lan}]
          workload: database
      """;

  @TempDir static Path folder;
  private static HostService service;
  private static String session;

  @BeforeAll
  static void serve() throws Exception {
    LoadedScenario scenario =
        Scenarios.load(Files.writeString(folder.resolve("watched.yaml"), SCENARIO), List.of());
    RunningSimulation simulation =
        new RunningSimulation(
            scenario.runSpec(),
            SeriesChoice.of(scenario),
            List.of(),
            new ScenarioFacts("watched", "", "watched.yaml", "", 1, List.of(), List.of()),
            "test",
            Double.POSITIVE_INFINITY);
    simulation.advance();
    service = new HostService(simulation, ServeOptions.loopback(0, "root", "word"));
    service.start();
    session = call("session.login_with_password", "root", "word").asString();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** A host is reached by its name, as on a real pool by its address. */
  private static String exchange(String host, String request, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      socket
          .getOutputStream()
          .write(
              (request
                      + " HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nConnection: close\r\nContent-Length: "
                      + bytes.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(bytes);
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).as(request).startsWith("HTTP/1.1 200 ");
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  private static JsonNode call(String method, Object... parameters) throws IOException {
    String body =
        JSON.writeValueAsString(
            Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters));
    return JSON.readTree(exchange("localhost", "POST /jsonrpc", body)).get("result");
  }

  /** Series by {@code kind:uuid:name}, oldest first, in the client's units. */
  private static Map<String, List<Double>> statistics(JsonNode host, int step, int count)
      throws IOException {
    String time = call("host.get_servertime", session, "OpaqueRef:any").asString();
    long now =
        LocalDateTime.parse(time, DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss'Z'"))
            .toEpochSecond(ZoneOffset.UTC);
    long start = now - (long) step * count + step;
    JsonNode answer =
        JSON.readTree(
            exchange(
                host.get("address").asString(),
                "GET /rrd_updates?cf=AVERAGE&host=true&json=true&interval="
                    + step
                    + "&start="
                    + start
                    + "&session_id="
                    + URLEncoder.encode(session, StandardCharsets.UTF_8),
                ""));
    assertThat(answer.get("meta").get("step").asString()).isEqualTo(Integer.toString(step));
    Map<String, List<Double>> series = new TreeMap<>();
    for (int column = 0; column < answer.get("meta").get("legend").size(); column++) {
      String entry = answer.get("meta").get("legend").get(column).asString();
      Matcher parts = Pattern.compile("AVERAGE:(host|vm|sr):([^:]+):(.+)").matcher(entry);
      assertThat(parts.matches()).as(entry).isTrue();
      List<Double> values = new ArrayList<>();
      for (JsonNode row : answer.get("data")) {
        values.add(Double.parseDouble(row.get("values").get(column).asString()) * scale(parts));
      }
      Collections.reverse(values);
      series.put(parts.group(1) + ":" + parts.group(2) + ":" + parts.group(3), values);
    }
    return series;
  }

  private static double scale(Matcher parts) {
    String name = parts.group(3);
    if (name.endsWith("_kib") || name.equals("memory_internal_free")) {
      return 1024;
    } else if (name.matches("cpu[0-9]+|cpu_usage|cpu_avg")) {
      return 100;
    } else if (name.startsWith("io_throughput_")) {
      return 1 << 20;
    }
    return name.startsWith("latency_") ? 0.001 : 1;
  }

  private static double last(Map<String, List<Double>> series, String key) {
    assertThat(series).containsKey(key);
    return series.get(key).get(series.get(key).size() - 1);
  }

  @Test
  void xenOrchestraReadsHostsVmsAndSrsAtAllFourGranularities() throws Exception {
    JsonNode hosts = call("host.get_all_records", session);
    JsonNode vms = call("VM.get_all_records", session);
    JsonNode sr = call("SR.get_all_records", session).iterator().next();
    assertThat(hosts).hasSize(2);
    assertThat(sr.get("name_label").asString()).isEqualTo("golden");
    String suffix = sr.get("uuid").asString().substring(0, 8);
    for (int[] granularity : GRANULARITIES) {
      double iops = 0;
      double throughput = 0;
      List<Double> latencies = new ArrayList<>();
      for (JsonNode host : hosts) {
        String own = "host:" + host.get("uuid").asString() + ":";
        Map<String, List<Double>> series = statistics(host, granularity[0], granularity[1]);
        assertThat(series.values())
            .as("step %d", granularity[0])
            .allMatch(values -> values.size() == granularity[2]);
        for (String name :
            List.of(
                "loadavg",
                "memory_free_kib",
                "memory_total_kib",
                "cpu0",
                "cpu3",
                "pif_eth0_rx",
                "pif_eth0_tx",
                "hostload",
                "running_vcpus",
                "pif_aggr_rx",
                "memory_reclaimed",
                "memory_reclaimed_max")) {
          assertThat(series).containsKey(own + name);
        }
        JsonNode vm = guestOn(vms, host);
        for (String name :
            List.of(
                "cpu0",
                "cpu1",
                "cpu_usage",
                "memory",
                "memory_target",
                "vif_0_rx",
                "vif_0_tx",
                "vbd_xvda_read",
                "vbd_xvda_write",
                "vbd_xvda_iops_total",
                "vbd_xvda_latency")) {
          assertThat(series).containsKey("vm:" + vm.get("uuid").asString() + ":" + name);
        }
        iops += last(series, own + "iops_total_" + suffix);
        throughput += last(series, own + "io_throughput_total_" + suffix);
        latencies.add(last(series, own + "latency_" + suffix));
        if (granularity[0] <= 60) {
          assertThat(last(series, own + "memory_total_kib")).isEqualTo((double) (32L << 30));
          assertThat(last(series, own + "cpu0")).isBetween(0.0, 100.0);
        }
      }
      // An SR's statistics are put together from the hosts': sums, and the mean of latencies.
      if (granularity[0] == 60) {
        double latency = latencies.stream().mapToDouble(each -> each).average().orElseThrow();
        assertThat(iops).isPositive();
        assertThat(throughput).isPositive();
        assertThat(latency).isPositive();
      }
    }
  }

  private static JsonNode guestOn(JsonNode vms, JsonNode host) {
    for (JsonNode vm : vms) {
      if (!vm.get("is_control_domain").asBoolean()
          && vm.get("resident_on").asString().equals("OpaqueRef:" + host.get("uuid").asString())) {
        return vm;
      }
    }
    throw new AssertionError("no VM on " + host.get("name_label"));
  }

  /** Children by position alone; whitespace between elements would break it. */
  @Test
  void aStrictPositionalReaderReadsAHostAndItsVms() throws Exception {
    for (int[] granularity : GRANULARITIES) {
      String xml =
          exchange(
              "host-2.localhost",
              "GET /rrd_updates?cf=AVERAGE&host=true&start=1767225600&interval="
                  + granularity[0]
                  + "&session_id="
                  + session,
              "");
      Node xport =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(xml)))
              .getDocumentElement();
      Node meta = xport.getChildNodes().item(0);
      Node data = xport.getChildNodes().item(1);
      assertThat(names(meta)).containsExactly("start", "step", "end", "rows", "columns", "legend");
      int rows = Integer.parseInt(meta.getChildNodes().item(3).getTextContent());
      int columns = Integer.parseInt(meta.getChildNodes().item(4).getTextContent());
      List<String> kinds = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        String[] entry =
            meta.getChildNodes().item(5).getChildNodes().item(i).getTextContent().split(":", -1);
        assertThat(entry).hasSize(4);
        kinds.add(entry[1]);
      }
      assertThat(kinds).containsOnly("host", "vm");
      assertThat(data.getChildNodes().getLength()).isEqualTo(rows);
      for (int r = 0; r < rows; r++) {
        String[] expected = new String[columns + 1];
        Arrays.fill(expected, "v");
        expected[0] = "t";
        assertThat(names(data.getChildNodes().item(r))).containsExactly(expected);
      }
    }
  }

  private static List<String> names(Node parent) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
      names.add(parent.getChildNodes().item(i).getNodeName());
    }
    return names;
  }
}
