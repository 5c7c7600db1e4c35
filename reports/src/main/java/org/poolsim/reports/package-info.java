// SPDX-License-Identifier: Apache-2.0
/** poolsim reports. */
package org.poolsim.reports;
