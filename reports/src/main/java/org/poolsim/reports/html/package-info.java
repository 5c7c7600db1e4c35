// SPDX-License-Identifier: Apache-2.0
/**
 * The report page: one HTML file that opens from disk without a network.
 *
 * <p>{@link org.poolsim.reports.html.ReportPage} puts it together: the page's frame, one {@code
 * Section} per heading, each section's data in an inert script element of its own, and the scripts
 * and style sheet from the class path. To add a section, write one class that implements {@code
 * Section} and name it in {@code ReportPage}. Verdict, objectives, saturation, host table and run
 * facts are plain HTML; everything else is drawn by the page's script when it comes near the view.
 *
 * <p>The page holds no wall clock, path or machine name and no compressed stream, so the same run
 * gives the same bytes on any JDK. A content security policy forbids every connection and every
 * script but the page's own.
 */
package org.poolsim.reports.html;
