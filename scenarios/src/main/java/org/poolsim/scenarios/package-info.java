// SPDX-License-Identifier: Apache-2.0
/** poolsim scenarios. */
package org.poolsim.scenarios;
