// SPDX-License-Identifier: Apache-2.0
/**
 * Round-robin databases: how samples become the rows of archives, in the arithmetic of xapi's own
 * library (default, with its quirks) or in that of RRDtool 1.7.2.
 *
 * <p>A {@link org.poolsim.reports.rrd.RoundRobinDatabase} is fed samples one by one. A {@link
 * org.poolsim.reports.rrd.Recorder} listens to the data sources of a run instead and fills the same
 * rows when a value changes, not when a sample is due.
 *
 * <p>Source: the RRD library and daemon of xen-api v26.17 and RRDtool 1.7.2; docs/outputs.md states
 * both laws, their differences and the memory that a series takes. Limits: one step of 5 s; all
 * sources of an object are sampled at the same instants, whereas the plugins of a real host differ
 * in phase by up to 1.5 s.
 */
package org.poolsim.reports.rrd;
