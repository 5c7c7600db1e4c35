// SPDX-License-Identifier: Apache-2.0
/**
 * An HTTP service that looks like a host: its time series, enough of the XenAPI for a monitoring
 * client to find its way, and a dashboard for people.
 *
 * <pre>{@code
 * try (HostService service = new HostService(FinishedRun.read(folder), ServeOptions.loopback(8080, "root", secret))) {
 *   service.start();
 *   service.join();
 * }
 * }</pre>
 *
 * <p>It binds to loopback and asks for credentials unless told otherwise. Connections, threads,
 * request sizes and the size of an answer are limited; no part of a request ever becomes a path of
 * the file system. Limits: objects are read only, {@code event.from} waits for some seconds at
 * most, and one address speaks for all hosts (the first, or the one whose name begins the {@code
 * Host} header, as in {@code host-2.localhost}).
 */
package org.poolsim.reports.serve;
