// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.RecordedObject;
import org.poolsim.reports.export.SampleRecording;

/** Requests without sense, and too many or too large ones. */
class FuzzedServiceTest {
  private static final long SEED = 20_260_101;
  private static final int REQUESTS = 10_000;
  private static final int WARM_UP = 2_000;

  /** Nothing but a request that never ends waits so long, on a machine however slow. */
  private static final int STALL_MILLIS = 300_000;

  /** Connections are closed by the answer or not at all: idleness does not hide a stall. */
  private static final HostService.Limits PATIENT =
      new HostService.Limits(24, 256, 2L * STALL_MILLIS);

  private static final long HEAP_GROWTH_MAX = 24L << 20;
  private static final long STALL_NANOS = STALL_MILLIS * 1_000_000L;
  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("root:secret".getBytes(StandardCharsets.UTF_8));
  private static final ServeOptions OPTIONS = ServeOptions.loopback(0, "root", "secret");

  private static final String[] PATHS = {
    "/rrd_updates",
    "/rrd_updatesX",
    "/vm_rrd",
    "/sr_rrd",
    "/rrd",
    "/jsonrpc",
    "/",
    "/metrics",
    "/objects.json",
    "/state.json",
    "/series.json",
    "/report.html",
    "/rrd_unarchive",
    "/%00",
    "/%",
    "/\u00ff",
    "*",
    "/a/../b",
    "/RPC2",
    "/vm_rrds",
    "/host_rrd/../../../etc/passwd",
    "/..%2f..%2f"
  };
  private static final String[] KEYS = {
    "start",
    "interval",
    "cf",
    "host",
    "vm_uuid",
    "sr_uuid",
    "json",
    "uuid",
    "session_id",
    "%zz",
    "&",
    "host_uuid"
  };
  private static final String[] VALUES = {
    "0",
    "-1",
    "1767230000",
    "99999999999999999999",
    "AVERAGE",
    "MIN",
    "LAST",
    "true",
    "all",
    "none",
    SampleRecording.VM.uuid(),
    SampleRecording.HOST.uuid(),
    "%",
    "%ff%fe",
    "<a>",
    "-999999999999999",
    "999999999999999",
    "5",
    "1000000",
    "",
    "NaN",
    "../../etc/passwd"
  };
  private static final String[] METHODS = {
    "GET", "GET", "GET", "GET", "POST", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "FOO", "get"
  };
  private static final String[] ACCEPTS = {
    "*/*", "text/xml", "application/json;q=x", ";;,,", "a/b;q=", "application/*;q=0.1", "\t"
  };

  private final List<String> calls = new ArrayList<>();
  private final Random random = new Random(SEED);

  /** A run that stands still; who looks at it sees it in one piece. */
  private static LiveRun run(LiveRun.View view) {
    return new LiveRun() {
      @Override
      public <T> T read(Function<View, T> reader) {
        return reader.apply(view);
      }
    };
  }

  @Test
  void requestsWithoutSenseGetAnAnswerAndLeaveNothingBehind() throws Exception {
    LiveRun.View view = LiveRun.View.of(new SampleRecording().recorder(), 9_000_000_000_000L);
    try (HostService service = new HostService(run(view), OPTIONS, PATIENT)) {
      service.start();
      learnCalls(login(service));
      long heap = 0;
      int threads = 0;
      for (int i = 0; i < REQUESTS; i++) {
        if (i == WARM_UP) {
          heap = usedHeap();
          threads = serviceThreads();
        }
        one(service, i);
      }
      assertThat(usedHeap() - heap).as("bytes more than before").isLessThan(HEAP_GROWTH_MAX);
      assertThat(serviceThreads()).isLessThanOrEqualTo(Math.max(threads, 24));
      connectionsEnd(service);
      assertThat(exchange(service, authorized("/host_rrd").getBytes(StandardCharsets.UTF_8), false))
          .startsWith("HTTP/1.1 200");
    }
  }

  private void one(HostService service, int number) throws IOException {
    int sort = random.nextInt(10);
    byte[] request;
    boolean halfClosed = false;
    if (sort < 6) {
      request = structured(calls.get(random.nextInt(calls.size())));
    } else if (sort < 8) {
      request = structured(mutated(calls.get(random.nextInt(calls.size()))));
    } else {
      request = noise();
      halfClosed = true; // whatever the noise promised, nothing more comes
    }
    String answer = exchange(service, request, halfClosed);
    String told = "seed " + SEED + ", request " + number + ":\n" + text(request) + "\n" + answer;
    if (answer.isEmpty()) {
      assertThat(halfClosed).as(told).isTrue();
      return;
    }
    assertThat(answer).as(told).startsWith("HTTP/1.").doesNotContain("root:x:", "Exception");
    int status = Integer.parseInt(answer.substring(9, 12));
    String line = text(request).lines().findFirst().orElse("");
    // As on a real host: no archive answers, or there is no such SR.
    boolean documented =
        status == 500
            && (line.contains("/rrd_updates") || line.contains("/sr_rrd"))
            && (line.startsWith("HEAD") || answer.contains("Internal error: "));
    assertThat(status < 500 || documented || status == 505 || status == 501).as(told).isTrue();
  }

  private void learnCalls(String session) {
    for (String method :
        List.of(
            "host.get_all_records",
            "VM.get_all",
            "SR.get_record",
            "event.from",
            "message.get",
            "session.logout",
            "VM.get_data_sources",
            "host.get_servertime",
            "PBD.get_",
            ".",
            "x")) {
      calls.add(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
              + method
              + "\",\"params\":[\""
              + (method.equals("session.logout") ? "1" : session)
              + "\",\"OpaqueRef:"
              + SampleRecording.VM.uuid()
              + "\",\"\",0.001]}");
      calls.add(
          "<?xml version='1.0'?><methodCall><methodName>"
              + method
              + "</methodName><params><param><value><string>"
              + (method.equals("session.logout") ? "1" : session)
              + "</string></value></param><param><value><array><data><value>*</value></data></array>"
              + "</value></param></params></methodCall>");
    }
    calls.add("");
    calls.add("[".repeat(5000));
    calls.add("<a>".repeat(5000));
    calls.add("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><methodCall>&a;</methodCall>");
    calls.add("\u0000\u0001");
    calls.add("{\"method\":\".\",\"params\":{\"a\":[]}}");
  }

  private byte[] structured(String body) {
    StringBuilder target = new StringBuilder(pick(PATHS));
    int parameters = random.nextInt(6);
    for (int i = 0; i < parameters; i++) {
      target.append(i == 0 ? '?' : '&').append(pick(KEYS));
      if (random.nextInt(5) > 0) {
        target.append('=').append(pick(VALUES));
      }
    }
    StringBuilder request = new StringBuilder(pick(METHODS)).append(' ').append(target);
    request.append(random.nextInt(40) == 0 ? " HTTP/9.9" : " HTTP/1.1").append("\r\nHost: ");
    request.append(random.nextInt(9) == 0 ? "host-1.localhost" : "127.0.0.1");
    if (random.nextInt(4) > 0) {
      request.append("\r\nAuthorization: ").append(random.nextInt(8) == 0 ? "Basic !!!" : BASIC);
    }
    if (random.nextBoolean()) {
      request.append("\r\nAccept: ").append(pick(ACCEPTS));
    }
    if (random.nextInt(8) == 0) {
      request.append("\r\nCookie: session_id=").append(pick(VALUES));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    request.append("\r\nConnection: close\r\nContent-Length: ").append(bytes.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(request.append("\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    all.writeBytes(bytes);
    return all.toByteArray();
  }

  /** A call with some characters changed, doubled or gone. */
  private String mutated(String call) {
    StringBuilder text = new StringBuilder(call);
    for (int i = random.nextInt(6); i >= 0 && text.length() > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, (char) random.nextInt(0x250));
        case 2 -> text.setCharAt(at, (char) random.nextInt(128));
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 20)));
      }
    }
    return text.toString();
  }

  /** Bytes that are hardly HTTP. */
  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(600)];
    random.nextBytes(bytes);
    String[] beginnings = {
      "", "GET /", "POST / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "PRI * "
    };
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(pick(beginnings).getBytes(StandardCharsets.UTF_8));
    all.writeBytes(bytes);
    all.writeBytes("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    return all.toByteArray();
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private static String text(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1);
  }

  private static String authorized(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: a\r\nAuthorization: "
        + BASIC
        + "\r\nConnection: close\r\n\r\n";
  }

  private static String login(HostService service) throws IOException {
    String body = "{\"method\":\"session.login_with_password\",\"params\":[\"root\",\"secret\"]}";
    String answer =
        exchange(
            service,
            ("POST /jsonrpc HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.UTF_8),
            false);
    int at = answer.indexOf("OpaqueRef:");
    return answer.substring(at, answer.indexOf('"', at));
  }

  /** Closing takes a moment after the client's end. */
  private static void connectionsEnd(HostService service) {
    long begin = System.nanoTime();
    while (service.connections() > 0) {
      assertThat(System.nanoTime() - begin).as("a connection stays open").isLessThan(STALL_NANOS);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What the service says until it closes, or nothing if noise was cut off before an answer. */
  private static String exchange(HostService service, byte[] request, boolean halfClosed)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(STALL_MILLIS);
      try {
        socket.getOutputStream().write(request);
        if (halfClosed) {
          socket.shutdownOutput();
        }
        socket.getInputStream().transferTo(answer);
      } catch (SocketTimeoutException stalled) {
        throw new AssertionError("no answer to\n" + text(request), stalled);
      } catch (IOException reset) {
        // The service closed while bytes of something that is no request were still on their way.
        if (!halfClosed && !isWhole(answer)) {
          throw reset;
        }
      }
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  /** Whether all is there that its header promises. */
  private static boolean isWhole(ByteArrayOutputStream answer) {
    String text = answer.toString(StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    Matcher length = CONTENT_LENGTH.matcher(text);
    return body > 4 && length.find() && text.length() - body >= Integer.parseInt(length.group(1));
  }

  private static long usedHeap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return used;
  }

  private static int serviceThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("serve"))
            .count();
  }

  @Test
  void silentConnectionsAreClosedAndMoreThanTheMostWait() throws Exception {
    LiveRun.View view = LiveRun.View.of(new SampleRecording().recorder(), 9_000_000_000_000L);
    HostService.Limits few = new HostService.Limits(8, 3, 700);
    try (HostService service = new HostService(run(view), OPTIONS, few)) {
      service.start();
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.UTF_8));
        silent.add(socket);
      }
      // Served as soon as the silent ones have been closed.
      assertThat(exchange(service, authorized("/host_rrd").getBytes(StandardCharsets.UTF_8), false))
          .startsWith("HTTP/1.1 200");
      for (Socket socket : silent) {
        socket.setSoTimeout(STALL_MILLIS);
        assertThat(isClosedByTheOtherSide(socket)).isTrue();
        socket.close();
      }
    }
  }

  /** Either way that a connection ends: after a last word, or at once where bytes were unread. */
  private static boolean isClosedByTheOtherSide(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void anAnswerOfTooManyValuesIsRefused() throws Exception {
    LiveRun.View few = LiveRun.View.of(new SampleRecording().recorder(), 9_000_000_000_000L);
    LiveRun.ServedObject vm = few.objects().get(1);
    List<LiveRun.ServedObject> many = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      Owner owner = new Owner(Owner.Kind.VM, "vm-" + i, "vm-" + i);
      many.add(
          new LiveRun.ServedObject(
              new RecordedObject(owner, vm.object().rrd()), vm.texts(), true, ""));
    }
    LiveRun.View view =
        new LiveRun.View(few.nowSeconds(), many, PoolFacts.UNKNOWN, List.of(), true);
    try (HostService service = new HostService(run(view), OPTIONS)) {
      service.start();
      String day = "/rrd_updates?interval=86400&start=0";
      assertThat(exchange(service, authorized(day).getBytes(StandardCharsets.UTF_8), false))
          .startsWith("HTTP/1.1 413");
      assertThat(
              exchange(
                  service,
                  authorized(day + "&vm_uuid=vm-7").getBytes(StandardCharsets.UTF_8),
                  false))
          .startsWith("HTTP/1.1 200");
    }
  }
}
