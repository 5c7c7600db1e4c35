// SPDX-License-Identifier: Apache-2.0
/**
 * What a run says in words: the sentences and figures that the page and the terminal share, the
 * terminal summary of 80 columns, and {@code summary.json} with full precision.
 */
package org.poolsim.reports.summary;
