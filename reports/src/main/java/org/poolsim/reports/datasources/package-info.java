// SPDX-License-Identifier: Apache-2.0
/**
 * The data sources that real hosts are known to publish, as a table, and which of them a run feeds.
 */
package org.poolsim.reports.datasources;
