// SPDX-License-Identifier: Apache-2.0
package org.poolsim.reports.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.poolsim.engine.data.Owner;
import org.poolsim.reports.export.OpenMetrics;
import org.poolsim.reports.export.RecordedObject;

/** The HTTP service over a run. Safe to start and stop once. */
public final class HostService implements AutoCloseable {
  private static final int TARGET_CHARS_MAX = 16 << 10;
  private static final int HEADER_BYTES_MAX = 64 << 10;
  private static final int BODY_BYTES_MAX = 256 << 10;
  // Closing a connection with bytes unread resets it, and the client may lose the answer: a body
  // that is too large or not asked for is read and dropped up to here.
  private static final int DROPPED_BYTES_MAX = 8 << 20;

  /**
   * What bounds the service at a time.
   *
   * @param threads most threads
   * @param connections most connections; further ones wait to be accepted
   * @param idleMillis how long a connection may be silent
   */
  record Limits(int threads, int connections, long idleMillis) {
    static final Limits DEFAULT = new Limits(24, 256, 15_000);
  }

  private final LiveRun run;
  private final ServeOptions options;
  private final Sessions sessions;
  private final SeriesRequests series;
  private final RpcRequests rpc;
  private final Dashboard dashboard;
  private final Server server;
  private final ServerConnector connector;

  /**
   * Prepares the service.
   *
   * @throws IOException if a part of the page is missing from the installation
   */
  public HostService(LiveRun run, ServeOptions options) throws IOException {
    this(run, options, Limits.DEFAULT);
  }

  HostService(LiveRun run, ServeOptions options, Limits limits) throws IOException {
    this.run = run;
    this.options = options;
    sessions = new Sessions(options);
    series = new SeriesRequests(options.literalAll());
    rpc = new RpcRequests(new XenApi(run, sessions));
    dashboard = new Dashboard();

    QueuedThreadPool threads = new QueuedThreadPool(limits.threads());
    threads.setName("serve");
    threads.setDaemon(true);
    // A request that breaks off can have its buffer given back twice, by two threads (Jetty's issue
    // 12939). From a pool it would then serve two connections at once, one's answer with bytes of
    // the other's request in it. Without a pool nothing but that request sees it.
    server = new Server(threads, null, ByteBufferPool.NON_POOLING);
    HttpConfiguration http = new HttpConfiguration();
    http.setUseInputDirectByteBuffers(false);
    http.setUseOutputDirectByteBuffers(false);
    http.setSendServerVersion(false);
    http.setSendDateHeader(false); // as a real host
    http.setRequestHeaderSize(HEADER_BYTES_MAX);
    http.setIdleTimeout(limits.idleMillis());
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(options.address());
    connector.setPort(options.port());
    connector.setIdleTimeout(limits.idleMillis());
    connector.setAcceptQueueSize(limits.connections());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
    server.setHandler(new Requests());
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the address or the port is not to be had
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException(
          options.address() + ":" + options.port() + ": cannot be bound: " + e.getMessage(), e);
    } catch (Exception e) {
      throw new IllegalStateException("the service did not start", e);
    }
  }

  /** Returns the port that is bound. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Returns how many connections are open. */
  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  /** Waits until the service stops. */
  public void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the service did not stop", e);
    }
  }

  private final class Requests extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Answer answer = answer(request);
      dropBody(request);
      response.setStatus(answer.status());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.mediaType());
      answer.headers().forEach(response.getHeaders()::put);
      if (answer.status() == 401) {
        response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"poolsim\"");
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }

  private Answer answer(Request request) throws IOException {
    String path = Request.getPathInContext(request);
    String method = request.getMethod();
    if (request.getHttpURI().getPathQuery().length() > TARGET_CHARS_MAX) {
      return Answer.error(414, "an address has at most " + TARGET_CHARS_MAX + " characters");
    }
    if (method.equals("POST")) {
      return post(request, path);
    }
    if (method.equals("PUT") && path.startsWith("/rrd")) {
      return Answer.error(403, "a simulation's series cannot be replaced");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Answer.error(405, "the method is " + method + ", expected GET or POST");
    }
    Fields fields;
    try {
      fields = Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      return Answer.error(400, "the query cannot be decoded");
    }
    Parameters query = new Parameters(fields);
    if (!allowed(request, query)) {
      return Answer.error(401, "credentials are due: basic, or session_id");
    }
    Answer page = dashboard.file(path);
    if (page != null) {
      return page;
    }
    boolean json =
        Negotiation.isJson(request.getHeaders().get(HttpHeader.ACCEPT), query.has("json"));
    String host = Request.getServerName(request);
    // As in xapi, a handler takes every path that begins with its own; the longest wins.
    if (path.startsWith("/rrd_updates")) {
      return run.read(view -> series.updates(view, hostUuid(view, host, query), query, json));
    }
    if (path.startsWith("/host_rrd")) {
      return run.read(
          view -> series.dump(view, Owner.Kind.HOST, hostUuid(view, host, query), json));
    }
    if (path.startsWith("/vm_rrd")) {
      return run.read(view -> series.dump(view, Owner.Kind.VM, query.first("uuid"), json));
    }
    if (path.startsWith("/sr_rrd")) {
      return run.read(view -> series.dump(view, Owner.Kind.SR, query.first("uuid"), json));
    }
    if (path.equals("/metrics")) {
      return run.read(HostService::metrics);
    }
    switch (path) {
      case "/state.json" -> {
        boolean report = run.report() != null;
        return run.read(view -> dashboard.state(view, report));
      }
      case "/objects.json" -> {
        return run.read(dashboard::objects);
      }
      case "/series.json" -> {
        return run.read(view -> dashboard.series(view, query));
      }
      case "/report.html" -> {
        return Dashboard.report(run.report());
      }
      default -> {
        // nothing of the page's
      }
    }
    return Answer.error(404, "there is nothing here");
  }

  private static Answer metrics(LiveRun.View view) {
    List<RecordedObject> objects = new ArrayList<>();
    for (LiveRun.ServedObject object : view.objects()) {
      if (object.present()) {
        objects.add(object.object());
      }
    }
    return Answer.of(OpenMetrics.MEDIA_TYPE, OpenMetrics.text(objects));
  }

  private Answer post(Request request, String path) throws IOException {
    boolean waits = request.getHeaders().contains(HttpHeader.EXPECT);
    if (request.getLength() > (waits ? BODY_BYTES_MAX : DROPPED_BYTES_MAX)) {
      return tooLarge(); // before the client has begun to send it, or whatever it makes of it
    }
    byte[] body;
    try (InputStream in = Content.Source.asInputStream(request)) {
      body = in.readNBytes(BODY_BYTES_MAX + 1);
      if (body.length > BODY_BYTES_MAX) {
        drop(in);
      }
    } catch (IOException e) {
      return Answer.error(400, "the body cannot be read");
    }
    if (body.length > BODY_BYTES_MAX) {
      return tooLarge();
    }
    String text = new String(body, StandardCharsets.UTF_8);
    return switch (path) {
      case "/jsonrpc" -> rpc.json(text);
      case "/", "/RPC2" -> rpc.xml(text);
      default -> Answer.error(404, "calls go to / or /jsonrpc");
    };
  }

  private static Answer tooLarge() {
    return Answer.error(413, "a call has at most " + BODY_BYTES_MAX + " bytes");
  }

  /** What came with a request that needs no body. */
  private static void dropBody(Request request) {
    boolean waits = request.getHeaders().contains(HttpHeader.EXPECT);
    if (waits || request.getLength() > DROPPED_BYTES_MAX) {
      return; // the client has not begun to send it, or is refused whatever it makes of it
    }
    try {
      drop(Content.Source.asInputStream(request));
    } catch (IOException unreadable) {
      // The connection ends behind the answer.
    }
  }

  private static void drop(InputStream in) throws IOException {
    byte[] buffer = new byte[16 << 10];
    int dropped = 0;
    int read = 0;
    while (read >= 0 && dropped < DROPPED_BYTES_MAX) {
      read = in.read(buffer);
      dropped += Math.max(0, read);
    }
  }

  private boolean allowed(Request request, Parameters query) {
    if (sessions.everybody()) {
      return true;
    }
    String session = query.first("session_id");
    if (session == null) {
      for (HttpCookie cookie : Request.getCookies(request)) {
        if (cookie.getName().equals("session_id")) {
          session = cookie.getValue();
        }
      }
    }
    return session != null
        ? sessions.isOpen(session)
        : sessions.basic(request.getHeaders().get(HttpHeader.AUTHORIZATION));
  }

  /** The host that the parameter or the name asks for, else the first. */
  private static String hostUuid(LiveRun.View view, String serverName, Parameters query) {
    String first = null;
    String name = serverName == null ? "" : serverName.toLowerCase(Locale.ROOT);
    for (LiveRun.ServedObject object : view.objects()) {
      Owner owner = object.object().owner();
      if (owner.kind() == Owner.Kind.HOST) {
        String own = owner.name().toLowerCase(Locale.ROOT);
        if (owner.uuid().equals(query.first("host_uuid"))
            || (!query.has("host_uuid") && (name.equals(own) || name.startsWith(own + ".")))) {
          return owner.uuid();
        }
        first = first == null ? owner.uuid() : first;
      }
    }
    return first == null ? "" : first;
  }
}
