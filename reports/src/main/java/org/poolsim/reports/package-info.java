// SPDX-License-Identifier: Apache-2.0
/**
 * What a run leaves behind: records of its outcome, round-robin databases, exports, pages and the
 * service.
 */
package org.poolsim.reports;
