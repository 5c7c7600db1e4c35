// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.poolsim.reports.export.RrdDump;
import org.poolsim.reports.export.SampleRecording;
import org.poolsim.reports.export.SeriesFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HostServiceTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("root:secret".getBytes(StandardCharsets.UTF_8));

  private static final String CONFIG =
      "<config><variable><name value='cpu_usage'/></variable></config>";
  private static final PoolFacts FACTS =
      new PoolFacts(
          "11112222-3333-4444-5555-666677778888",
          "pool-1",
          "sample",
          1_767_225_600,
          1_767_225_600 + 9000,
          List.of(new PoolFacts.Host(SampleRecording.HOST.uuid(), "host-1", 4, true, "d0", CONFIG)),
          List.of(
              new PoolFacts.Vm(
                  SampleRecording.VM.uuid(),
                  SampleRecording.VM.name(),
                  SampleRecording.HOST.uuid(),
                  true,
                  2,
                  4L << 30,
                  ""),
              new PoolFacts.Vm("never-started", "spare", "", false, 1, 1L << 30, "")),
          List.of(
              new PoolFacts.Sr(
                  SampleRecording.SR.uuid(),
                  "golden",
                  "nfs",
                  true,
                  1L << 40,
                  3L << 40,
                  List.of(SampleRecording.HOST.uuid()),
                  "")));
  private static final String EVENTS =
      """
      {"at_nanos":600000000000,"kind":"vm_running","entity":"desktop \\"1\\"","text":"it runs"}
      {"at_nanos":901500000000,"kind":"alarm","entity":"host-1","text":"cpu_usage of host-1 is 1",\
      "name":"ALARM","priority":2,"cls":"Host","obj_uuid":"%s","body":"value: 1.000000\\nconfig:\\n"}
      """
          .formatted(SampleRecording.HOST.uuid());

  @TempDir static Path folder;
  private static SampleRecording recording;
  private static HostService service;
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void serveAFinishedRun() throws IOException {
    recording = new SampleRecording();
    SeriesFiles.write(recording.recorder(), folder);
    FACTS.write(folder);
    Files.writeString(folder.resolve("events.jsonl"), EVENTS);
    // The client keeps connections for the next request: none ends while a slow machine is at work.
    service =
        new HostService(
            FinishedRun.read(folder),
            ServeOptions.loopback(0, "root", "secret"),
            new HostService.Limits(24, 256, 600_000));
    service.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + service.port() + path);
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode call(String method, Object... parameters) throws Exception {
    String body =
        JSON.writeValueAsString(
            java.util.Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", parameters));
    return JSON.readTree(post("/jsonrpc", body).body());
  }

  private static String login() throws Exception {
    return call("session.login_with_password", "root", "secret").get("result").asString();
  }

  @Test
  void credentialsAreAskedFor() throws Exception {
    assertThat(get("/rrd_updates?start=0").statusCode()).isEqualTo(401);
    assertThat(get("/", "Authorization", "Basic cm9vdDp3cm9uZw==").statusCode()).isEqualTo(401);
    assertThat(get("/?session_id=OpaqueRef:1").statusCode()).isEqualTo(401);
    assertThat(get("/", "Authorization", BASIC).statusCode()).isEqualTo(200);
    String session = login();
    assertThat(get("/host_rrd", "Cookie", "session_id=" + session).statusCode()).isEqualTo(200);
    call("session.logout", session);
    assertThat(get("/host_rrd?session_id=" + session).statusCode()).isEqualTo(401);
    assertThat(
            call("session.login_with_password", "root", "wrong")
                .get("error")
                .get("message")
                .asString())
        .isEqualTo("SESSION_AUTHENTICATION_FAILED");
  }

  @Test
  void withoutAPasswordOnlyLoopbackIsServed() {
    assertThatThrownBy(() -> new ServeOptions("0.0.0.0", 80, "root", "", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dumpsAreThoseOfTheRun() throws Exception {
    HttpResponse<String> host = get("/host_rrds", "Authorization", BASIC);
    assertThat(host.body()).isEqualTo(RrdDump.xml(recording.host()));
    assertThat(host.headers().firstValue("content-type")).hasValue("text/xml");
    assertThat(host.headers().firstValue("access-control-allow-origin")).hasValue("*");
    assertThat(host.headers().firstValue("cache-control")).hasValue("no-cache, no-store");
    assertThat(host.headers().firstValue("date")).isEmpty();
    JsonNode vm =
        JSON.readTree(
            get("/vm_rrd?json&uuid=" + SampleRecording.VM.uuid(), "Authorization", BASIC).body());
    assertThat(vm.get("rra").size()).isEqualTo(4);
    assertThat(get("/vm_rrd", "Authorization", BASIC).statusCode()).isEqualTo(400);
    assertThat(get("/vm_rrd?uuid=none", "Authorization", BASIC).statusCode()).isEqualTo(404);
    assertThat(get("/sr_rrd?uuid=none", "Authorization", BASIC).statusCode()).isEqualTo(500);
    assertThat(get("/nothing", "Authorization", BASIC).statusCode()).isEqualTo(404);
  }

  @Test
  void updatesAnswerAsAHostDoes() throws Exception {
    String base = "/rrd_updates?start=-60&cf=AVERAGE&host=true";
    assertThat(get("/rrd_updates", "Authorization", BASIC).statusCode()).isEqualTo(400);
    assertThat(get(base, "Authorization", BASIC).body()).startsWith("<?xml");
    assertThat(get(base + "&json=true", "Authorization", BASIC).body()).startsWith("{\"meta\"");
    assertThat(get(base, "Authorization", BASIC, "Accept", "*/*").body()).startsWith("{");
    assertThat(
            get(
                    base + "&json",
                    "Authorization",
                    BASIC,
                    "Accept",
                    "text/xml, application/json;q=0.5")
                .body())
        .startsWith("<?xml");
    assertThat(get(base, "Authorization", BASIC, "Accept", "image/png").body()).startsWith("<?xml");
    // No VM or SR has minima: the whole request fails, as on a real host.
    assertThat(get("/rrd_updates?start=-60&cf=MIN&host=true", "Authorization", BASIC).statusCode())
        .isEqualTo(500);
    assertThat(
            get("/rrd_updates?start=-60&cf=MIN&host=true&vm_uuid=none", "Authorization", BASIC)
                .statusCode())
        .isEqualTo(200);
    assertThat(get("/rrd_updates?start=-60&vm_uuid=none", "Authorization", BASIC).statusCode())
        .isEqualTo(500);
    assertThat(get(base + "&sr_uuid=all", "Authorization", BASIC).body()).contains(":sr:");
    assertThat(get(base, "Authorization", BASIC).body()).doesNotContain(":sr:").contains(":vm:");
  }

  /** The requests, checks and scalings of Xen Orchestra's statistics module. */
  @Test
  void aClientLikeXenOrchestrasReadsAllFourGranularities() throws Exception {
    String session = login();
    String time = call("host.get_servertime", session, "OpaqueRef:x").get("result").asString();
    assertThat(time).matches("\\d{8}T\\d{2}:\\d{2}:\\d{2}Z");
    long now =
        java.time.LocalDateTime.parse(
                time, java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd'T'HH:mm:ss'Z'"))
            .toEpochSecond(java.time.ZoneOffset.UTC);
    int[][] granularities = {{5, 120, 119}, {60, 120, 119}, {3600, 168, 167}, {86400, 366, 365}};
    for (int[] granularity : granularities) {
      int step = granularity[0];
      long start = now - (long) step * granularity[1] + step;
      JsonNode answer =
          JSON.readTree(
              get("/rrd_updates?cf=AVERAGE&host=true&sr_uuid=all&json=true&interval="
                      + step
                      + "&start="
                      + start
                      + "&session_id="
                      + URLEncoder.encode(session, StandardCharsets.UTF_8))
                  .body());
      assertThat(Integer.parseInt(answer.get("meta").get("step").asString())).isEqualTo(step);
      List<String> kinds = new ArrayList<>();
      for (JsonNode entry : answer.get("meta").get("legend")) {
        String[] parts = entry.asString().split(":", -1);
        assertThat(parts).hasSize(4);
        assertThat(parts[0]).isEqualTo("AVERAGE");
        kinds.add(parts[1]);
      }
      assertThat(kinds).contains("host", "vm", "sr");
      List<Double> free = new ArrayList<>();
      int column = -1;
      for (int i = 0; i < answer.get("meta").get("legend").size(); i++) {
        if (answer.get("meta").get("legend").get(i).asString().endsWith(":memory_free_kib")) {
          column = i;
        }
      }
      for (JsonNode row : answer.get("data")) {
        free.add(Double.parseDouble(row.get("values").get(column).asString()) * 1024);
      }
      Collections.reverse(free);
      assertThat(free).hasSize(granularity[2]);
      if (step < 3600) {
        assertThat(free.get(free.size() - 1)).isBetween(499 * 1024.0, 1501 * 1024.0);
      }
    }
  }

  @Test
  void theXenApiLeadsToEveryObject() throws Exception {
    String session = login();
    JsonNode hosts = call("host.get_all_records", session).get("result");
    assertThat(hosts.get("OpaqueRef:" + SampleRecording.HOST.uuid()).get("name_label").asString())
        .isEqualTo("host-1");
    assertThat(
            call("pool.get_all_records", session)
                .get("result")
                .iterator()
                .next()
                .get("master")
                .asString())
        .isEqualTo("OpaqueRef:" + SampleRecording.HOST.uuid());
    assertThat(call("VM.get_all", session).get("result")).hasSize(2);
    assertThat(
            call("SR.get_uuid", session, "OpaqueRef:" + SampleRecording.SR.uuid())
                .get("result")
                .asString())
        .isEqualTo(SampleRecording.SR.uuid());
    assertThat(
            call("host.get_data_sources", session, "OpaqueRef:" + SampleRecording.HOST.uuid())
                .get("result")
                .get(0)
                .get("units")
                .asString())
        .isEqualTo("(fraction)");
    assertThat(
            call("VM.get_power_state", session, "OpaqueRef:never-started").get("result").asString())
        .isEqualTo("Halted");
    assertThat(
            call("VM.get_resident_on", session, "OpaqueRef:" + SampleRecording.VM.uuid())
                .get("result")
                .asString())
        .isEqualTo("OpaqueRef:" + SampleRecording.HOST.uuid());
    JsonNode pbd =
        call("SR.get_PBDs", session, "OpaqueRef:" + SampleRecording.SR.uuid()).get("result").get(0);
    assertThat(call("PBD.get_host", session, pbd.asString()).get("result").asString())
        .isEqualTo("OpaqueRef:" + SampleRecording.HOST.uuid());
    assertThat(
            call("host.get_other_config", session, "OpaqueRef:" + SampleRecording.HOST.uuid())
                .get("result")
                .get("perfmon")
                .asString())
        .isEqualTo(CONFIG);
    assertThat(call("VM.start", session, "x").get("error").get("message").asString())
        .isEqualTo("MESSAGE_METHOD_UNKNOWN");
    assertThat(call("VM.get_record", session, "x").get("error").get("message").asString())
        .isEqualTo("HANDLE_INVALID");

    String xml =
        post(
                "/",
                "<?xml"
                    + " version='1.0'?><methodCall><methodName>host.get_all_records</methodName><params>"
                    + "<param><value><string>"
                    + session
                    + "</string></value></param></params></methodCall>")
            .body();
    assertThat(xml).contains("<name>Status</name><value>Success</value>").contains("host-1");
    assertThat(post("/", "<methodCall><methodName>host.get_all</methodName></methodCall>").body())
        .contains("SESSION_INVALID");
  }

  @Test
  void eventsComeOnceAndAlarmsAreMessages() throws Exception {
    String session = login();
    JsonNode first = call("event.from", session, List.of("*"), "", 30).get("result");
    // The pool, a host, an SR, its PBD, two VMs and a message.
    assertThat(first.get("events")).hasSize(7);
    assertThat(first.get("valid_ref_counts").get("vm").asString()).isEqualTo("2");
    JsonNode alarm = first.get("events").get(6);
    assertThat(alarm.get("class").asString()).isEqualTo("message");
    assertThat(alarm.get("snapshot").get("timestamp").asString()).isEqualTo("20260101T00:15:01Z");
    JsonNode later =
        call("event.from", session, List.of("*"), first.get("token").asString(), 0.2).get("result");
    assertThat(later.get("events")).isEmpty();
    assertThat(later.get("token")).isEqualTo(first.get("token"));

    // Who has seen nothing of the two happenings gets the VM's change and the message.
    String before = "00000000000000000000,00000000000000000000";
    JsonNode both = call("event.from", session, List.of("*"), before, 30).get("result");
    assertThat(both.get("events")).hasSize(2);
    assertThat(both.get("events").get(0).get("operation").asString()).isEqualTo("mod");
    assertThat(
            call("event.from", session, List.of("Message"), before, 30).get("result").get("events"))
        .hasSize(1);

    String ref = alarm.get("ref").asString();
    JsonNode record = call("message.get_record", session, ref).get("result");
    assertThat(record.get("name").asString()).isEqualTo("ALARM");
    assertThat(record.get("priority").asString()).isEqualTo("2");
    assertThat(record.get("body").asString()).startsWith("value: 1.000000\nconfig:\n");
    String host = SampleRecording.HOST.uuid();
    assertThat(call("message.get", session, "host", host, "20260101T00:15:00Z").get("result"))
        .hasSize(1);
    assertThat(call("message.get", session, "VM", host, "").get("result")).isEmpty();
    assertThat(call("message.get_since", session, "20260101T00:16:00Z").get("result")).isEmpty();
    String xml =
        post(
                "/",
                "<methodCall><methodName>message.get_all_records</methodName><params><param><value>"
                    + session
                    + "</value></param></params></methodCall>")
            .body();
    assertThat(xml).contains("<dateTime.iso8601>20260101T00:15:01Z</dateTime.iso8601>");
  }

  @Test
  void aRunThatGoesOnIsShownWithoutAFolder() throws IOException {
    LiveRun.View live = LiveRun.View.of(recording.recorder(), 9_000_000_000_000L);
    LiveRun.View finished = FinishedRun.read(folder).read(view -> view);
    assertThat(live.nowSeconds()).isEqualTo(finished.nowSeconds());
    assertThat(live.objects()).hasSameSizeAs(finished.objects());
    for (int i = 0; i < live.objects().size(); i++) {
      assertThat(live.objects().get(i).texts()).isEqualTo(finished.objects().get(i).texts());
      assertThat(RrdDump.xml(live.objects().get(i).object().rrd()))
          .isEqualTo(RrdDump.xml(finished.objects().get(i).object().rrd()));
    }
  }

  @Test
  void noPathLeavesTheService() throws Exception {
    for (String path :
        List.of(
            "/../etc/passwd",
            "/%2e%2e/etc/passwd",
            "/rrd_updates/../../etc/passwd?start=1",
            "/uplot.js/../../x",
            "//etc/passwd",
            "/..;/x",
            "/dashboard.html",
            "/rrd/x.xml")) {
      String answer =
          raw(
              "GET "
                  + path
                  + " HTTP/1.1\r\nHost: a\r\nAuthorization: "
                  + BASIC
                  + "\r\nConnection: close\r\n\r\n");
      assertThat(answer).doesNotContain("root:x:").doesNotContain("<!doctype");
    }
  }

  @Test
  void tooLargeRequestsAreRefused() throws Exception {
    assertThat(post("/", "x".repeat(300_000)).statusCode()).isEqualTo(413);
    assertThat(post("/", "x".repeat(5_000_000)).statusCode()).isEqualTo(413);
    assertThat(get("/" + "a".repeat(20_000)).statusCode()).isEqualTo(414);
  }

  /** Whatever becomes of a request, its body is read first: the client is not cut off mid-way. */
  @Test
  void aBodyThatComesInPiecesDoesNotCostTheAnswer() throws Exception {
    assertThat(inPieces("PUT /rrd")).startsWith("HTTP/1.1 403 ");
    assertThat(inPieces("DELETE /")).startsWith("HTTP/1.1 405 ");
    assertThat(inPieces("POST /nowhere")).startsWith("HTTP/1.1 413 ");
    assertThat(inPieces("GET /host_rrd")).startsWith("HTTP/1.1 401 ");
    assertThat(inPieces("GET /" + "a".repeat(20_000))).startsWith("HTTP/1.1 414 ");
  }

  private static String inPieces(String request) throws IOException {
    byte[] piece = "x".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          (request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 500000\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 100; i++) {
        out.write(piece);
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
